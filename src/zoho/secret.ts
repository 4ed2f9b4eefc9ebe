/** A token or client secret: only `reveal()` gives the text; printing it in any way gives `[secret]`. */
export type Secret = { reveal(): string; toString(): string; toJSON(): string };

const MASK = '[secret]';

/** Wraps a text so that String(), JSON, template literals, util.inspect and loggers print `[secret]`. */
export function toSecret(text: string): Secret {
  return Object.freeze({
    reveal: () => text,
    toString: () => MASK,
    toJSON: () => MASK,
    [Symbol.for('nodejs.util.inspect.custom')]: () => MASK,
  });
}
