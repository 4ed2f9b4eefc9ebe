import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** One file of the project: `path` from the project's folder, with `/`. */
export type SourceFile = { path: string; text: string };

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const ROOMS = ['src', 'simulator', 'web', 'tools', 'test', 'bench'];
const NOT_OURS = ['node_modules', 'dist', 'generated'];

/** Every hand-written source file of the project. */
export function readProject(): SourceFile[] {
  const files: SourceFile[] = [];
  const visit = (path: string): void => {
    for (const entry of readdirSync(join(PROJECT, path), { withFileTypes: true })) {
      const child = `${path}/${entry.name}`;
      if (entry.isDirectory() && !NOT_OURS.includes(entry.name)) visit(child);
      if (entry.isFile() && /\.(tsx?|mjs|sql|css)$/.test(entry.name)) {
        files.push({ path: child, text: readFileSync(join(PROJECT, child), 'utf8') });
      }
    }
  };
  for (const room of ROOMS) if (statSync(join(PROJECT, room), { throwIfNoEntry: false })) visit(room);
  return files;
}

/** One import: a path from the project's folder for its own files, a name for packages. `isTypeOnly`: gone when the program runs. */
export type Import = { target: string; isTypeOnly: boolean };

/** What a file imports, static, dynamic or re-exported. */
export function importsOf(file: SourceFile): Import[] {
  if (!/\.(tsx?|mjs)$/.test(file.path)) return [];
  return nodesOf(file).flatMap((node) => {
    const specifier = specifierOf(node);
    if (specifier === undefined) return [];
    const target = specifier.startsWith('.') ? new URL(specifier, `file:///${file.path}`).pathname.slice(1) : specifier;
    return [{ target, isTypeOnly: isTypeOnly(node) }];
  });
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined;
  const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isDynamic ? textOf(node.arguments[0]) : undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  return ts.isImportDeclaration(node) && node.importClause?.isTypeOnly === true;
}

const parsed = new WeakMap<SourceFile, ts.SourceFile>();

/** All nodes of the syntax tree; comments are not part of it. */
export function nodesOf(file: SourceFile): ts.Node[] {
  const tree = parsed.get(file) ?? ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  parsed.set(file, tree);
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return nodes;
}

/** The line of a node, from 1. */
export function lineOf(node: ts.Node): number {
  return node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
}
