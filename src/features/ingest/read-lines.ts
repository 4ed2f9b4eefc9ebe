import { createReadStream } from 'node:fs';
import { AppError, isAppError } from '../../errors.ts';

/** Longer lines are refused, so that a file without line breaks cannot fill the memory. In characters. */
const LONGEST_LINE = 50_000_000;

export type NumberedValue = { line: number; value: unknown };

/** A line that is not JSON, and why. */
export type BadLine = { line: number; problem: string };

/**
 * The values of a file of one JSON value a line (NDJSON), one at a time; blank lines are skipped. Only `\n` ends a line:
 * U+2028 may stand inside a JSON string. Throws `invalid_input` naming file and line.
 */
export async function* readJsonLines(file: string): AsyncGenerator<NumberedValue> {
  for await (const found of readGoodAndBadLines(file)) {
    if ('problem' in found) throw new AppError('invalid_input', found.problem);
    yield found;
  }
}

/** The same, but a line that is not JSON is told in its place and the others go on. */
export async function* readGoodAndBadLines(file: string): AsyncGenerator<NumberedValue | BadLine> {
  let line = 0;
  for await (const text of linesOf(file)) {
    line++;
    if (text.trim() === '') continue;
    yield parseLine(text, file, line);
  }
}

function parseLine(text: string, file: string, line: number): NumberedValue | BadLine {
  try {
    return { line, value: parseJson(text, `${file}:${line}`) };
  } catch (error) {
    if (!isAppError(error, 'invalid_input')) throw error;
    return { line, problem: error.message };
  }
}

/** `JSON.parse` whose error names where the text stood. */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('invalid_input', `${source} is not JSON (${why}): mend or remove it and import again`, {
      cause,
    });
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  let rest: string[] = [];
  let restLength = 0;
  for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
    const pieces = String(chunk).split('\n');
    const last = pieces.pop() ?? '';
    for (const piece of pieces) {
      yield rest.join('') + piece;
      rest = [];
      restLength = 0;
    }
    rest.push(last);
    restLength += last.length;
    if (restLength > LONGEST_LINE)
      throw new AppError('invalid_input', `${file} has a line above 50 MB: write one meeting a line`);
  }
  if (restLength > 0) yield rest.join('');
}
