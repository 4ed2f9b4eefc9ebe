import ts from 'typescript';
import { importsOf, lineOf, nodesOf, type SourceFile } from './source-file.ts';

/** Looks at one file and says what is wrong in it, one sentence each. */
export type Rule = (file: SourceFile) => string[];

const LIMIT_LINES = 400;

/** Which parts of `src` a part may import besides itself; the longest matching key counts. */
const ALLOWED: Record<string, string[]> = {
  'src/domain/': [],
  'src/zoho/': ['src/errors.ts'],
  'src/crm/': ['src/domain/', 'src/zoho/', 'src/errors.ts'],
  'src/db/': ['src/domain/', 'src/errors.ts'],
  'src/features/': ['src/domain/', 'src/crm/', 'src/db/', 'src/errors.ts'],
  'src/jobs/': ['src/features/', 'src/db/', 'src/domain/', 'src/errors.ts'],
  'src/http/': ['src/features/', 'src/jobs/', 'src/domain/', 'src/errors.ts'],
  'src/errors.ts': [],
  'src/config.ts': ['src/errors.ts'],
  'src/': ['src/'],
  'simulator/': [],
  'web/': [],
  // Tools prove the product from outside; what they share with it is how to run it and how to read meetings from files.
  'tools/': [
    'src/db/',
    'src/features/ingest/read-',
    'src/host/find-free-port.ts',
    'src/config.ts',
    'src/errors.ts',
    'simulator/',
  ],
  // Describes the server by building it.
  'tools/api-types/': ['src/http/', 'src/features/crm-gateway.ts'],
  // The second opinion of the demo: it must be able to contradict everything.
  'tools/demo/naive/': [],
};

/** Which parts may know the shapes of another part, but not call it. */
const ALLOWED_TYPES: Record<string, string[]> = {
  'src/http/': ['src/db/', 'src/crm/'],
};

/** Imports follow the direction of the rooms, and the domain imports no package at all. */
export const importsFollowTheRooms: Rule = (file) => {
  const room = roomOf(file.path);
  if (room === undefined) return [];
  return importsOf(file).flatMap(({ target, isTypeOnly }) => {
    const isOwn = /^(src|simulator|web|tools|test|bench)\//.test(target);
    if (!isOwn) return room === 'src/domain/' ? [`${file.path} imports ${target}, but the domain imports nothing`] : [];
    if (isInside(file.path, room, target)) return [];
    const allowed = [...(ALLOWED[room] ?? []), ...((isTypeOnly && ALLOWED_TYPES[room]) || [])];
    return allowed.some((part) => target.startsWith(part)) ? [] : [`${file.path} may not import ${target}`];
  });
};

function roomOf(path: string): string | undefined {
  const rooms = Object.keys(ALLOWED).filter((room) => path.startsWith(room));
  return rooms.sort((a, b) => b.length - a.length)[0];
}

/** A feature's folder is a room of its own; what lies beside the folders serves them all. */
function isInside(path: string, room: string, target: string): boolean {
  if (!target.startsWith(room)) return false;
  if (room !== 'src/features/') return true;
  const feature = /^src\/features\/([^/]+)\//.exec(path)?.[1];
  const other = /^src\/features\/([^/]+)\//.exec(target)?.[1];
  return other === undefined || other === feature;
}

/** The network is reached through the injected port alone. */
export const networkIsInjected: Rule = (file) => {
  if (!/^src\/(domain|db|features|crm|zoho)\//.test(file.path)) return [];
  const nodes = nodesOf(file);
  const isPassedIn = nodes.some(
    (node) => (ts.isParameter(node) || ts.isBindingElement(node)) && node.name.getText() === 'fetch',
  );
  return report(file, nodes, 'uses the global fetch', (node) => {
    if (ts.isPropertyAccessExpression(node)) return node.getText() === 'globalThis.fetch';
    return ts.isCallExpression(node) && node.expression.getText() === 'fetch' && !isPassedIn;
  });
};

/** The environment is read in one place. */
export const environmentIsConfig: Rule = (file) => {
  if (!file.path.startsWith('src/') || file.path === 'src/config.ts') return [];
  return report(file, nodesOf(file), 'reads process.env', (node) => node.getText() === 'process.env');
};

/** Clock and random ids come from `app.ts`. */
export const clockAndIdsAreInjected: Rule = (file) => {
  if (!/^src\/(domain|features|crm|zoho|jobs)\//.test(file.path)) return [];
  return report(file, nodesOf(file), 'takes the time or randomness from a global', (node) => {
    if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && !node.arguments?.length;
    if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return true;
    if (ts.isPropertyAccessExpression(node)) {
      return /^(Date\.now|Math\.random|performance\.now|(globalThis\.)?crypto\.(random\w+|getRandomValues))$/.test(
        node.getText(),
      );
    }
    return (
      ts.isImportSpecifier(node) && /^random(UUID|Bytes|Int|FillSync)$/.test((node.propertyName ?? node.name).getText())
    );
  });
};

/** Only the jobs know the engine. */
export const engineStaysInJobs: Rule = (file) => {
  if (!file.path.startsWith('src/') || file.path.startsWith('src/jobs/')) return [];
  const isUsed = importsOf(file).some(({ target }) => target.startsWith('graphile-worker'));
  return isUsed ? [`${file.path} imports graphile-worker; only src/jobs may`] : [];
};

export const nothingIsAny: Rule = (file) =>
  report(file, nodesOf(file), 'turns something into any', (node) => {
    const isCast = ts.isAsExpression(node) || ts.isTypeAssertionExpression(node);
    return isCast && node.type.kind === ts.SyntaxKind.AnyKeyword;
  });

export const foldersHaveNames: Rule = (file) => {
  const folder = file.path
    .split('/')
    .slice(0, -1)
    .find((name) => /^(utils?|helpers?|common|shared|misc|lib)$/.test(name));
  return folder ? [`${file.path} lies in a folder named ${folder}, which says nothing`] : [];
};

export const noBarrels: Rule = (file) => {
  if (!/\.tsx?$/.test(file.path)) return [];
  const statements = nodesOf(file).filter((node) => ts.isSourceFile(node.parent ?? node) && !ts.isSourceFile(node));
  const written = statements.filter((node) => node.kind !== ts.SyntaxKind.EndOfFileToken);
  const isBarrel = written.length > 0 && written.every((node) => ts.isExportDeclaration(node) && node.moduleSpecifier);
  return isBarrel ? [`${file.path} only passes on what other files export`] : [];
};

export const longFilesSayWhy: Rule = (file) => {
  const lines = file.text.trimEnd().split('\n');
  const opening = lines
    .slice(0, 5)
    .filter((line) => /^\s*(\/\/|\/?\*|--)/.test(line))
    .join(' ');
  if (lines.length <= LIMIT_LINES || /\blong\b|\blines\b/i.test(opening)) return [];
  return [`${file.path} has ${lines.length} lines; split it, or say in a comment at its top why it is that long`];
};

/** Zoho's words for its fields and modules stay where Zoho is spoken. */
export const wireNamesStayAtTheWire: Rule = (file) => {
  if (!file.path.startsWith('src/') || /^src\/(zoho|crm)\//.test(file.path)) return [];
  const names = /\b(Who_Id|What_Id|Note_Content)\b|\$se_module/;
  if (file.path.endsWith('.sql')) return names.test(file.text) ? [`${file.path} uses a field name of Zoho`] : [];
  return report(file, nodesOf(file), 'uses a field name of Zoho', (node) => {
    const isText = ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
    return isText && names.test(node.getText());
  });
};

function report(file: SourceFile, nodes: ts.Node[], what: string, isWrong: (node: ts.Node) => boolean): string[] {
  if (!/\.(tsx?|mjs)$/.test(file.path)) return [];
  return nodes.filter(isWrong).map((node) => `${file.path}:${lineOf(node)} ${what}`);
}
