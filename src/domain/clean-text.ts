import { BLOCK_END, BLOCK_START } from './description-block.ts';
import { EVENT_LINK } from './sync-plan.ts';

/**
 * Text of people as it may stand in a CRM field: `\n` as the only line end, no control characters or halves of surrogate
 * pairs, and nothing in it that the CRM or we would take for a command (user mentions, our placeholder, our markers).
 */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/gu, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replace(/[\uD800-\uDFFF]/gu, '\uFFFD')
    .replace(/crm\[/giu, (token) => `${token.slice(0, 3)} [`)
    .replaceAll(EVENT_LINK.slice(0, -2), `[ ${EVENT_LINK.slice(1, -2)}`)
    .replaceAll(BLOCK_START, '(Salescaling)')
    .replaceAll(BLOCK_END, '(end of Salescaling)')
    .trim();
}

/** `cleanText` on one line. */
export function cleanLine(text: string): string {
  // Again, because joining lines can make what no single line held.
  return cleanText(cleanText(text).replace(/\s+/gu, ' '));
}
