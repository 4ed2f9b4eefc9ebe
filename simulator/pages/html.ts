import { escapeHtml } from '../accounts/consent-page.ts';

/** Markup that is safe to send: made by `html`, never from the text of a record. */
export type Html = { readonly markup: string };

/** What may stand in a template: text and numbers are escaped, nothing is left out, lists are joined. */
export type Part = Html | string | number | null | undefined | false | readonly Part[];

/** Builds markup; everything that is put in is escaped unless it is `Html` itself. Attributes must be quoted. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let markup = strings[0] ?? '';
  for (const [index, part] of parts.entries()) markup += write(part) + (strings[index + 1] ?? '');
  return { markup };
}

/** An attribute without a value, or nothing: ` checked`. */
export function flag(name: 'checked' | 'selected' | 'autofocus' | 'required' | 'open', isSet: boolean): Html {
  return { markup: isSet ? ` ${name}` : '' };
}

function write(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(write).join('');
}
