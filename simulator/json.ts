/** JSON as it travels; `undefined` members are left out when it is written. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json | undefined };

/** True for a JSON object (not null, not a list). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a JSON list. */
export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

const stringsAndLongIntegers = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/**
 * Parses JSON and keeps integers of 16 digits and more as strings: record ids exceed 2^53 and arrive as numbers too.
 * Throws SyntaxError on anything that is not JSON.
 */
export function parseJson(text: string): Json {
  const isSafe = !/\d{16}/.test(text);
  if (isSafe) return JSON.parse(text) as Json;
  const quoted = text.replace(stringsAndLongIntegers, (token) => (token.startsWith('"') ? token : `"${token}"`));
  return JSON.parse(quoted) as Json;
}

/** An id given as a string or a number, else undefined. */
export function idText(value: unknown): string | undefined {
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return String(value);
  return undefined;
}

/** Orders record ids as numbers, without leaving strings (they exceed 2^53). */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
