/**
 * Text of Zoho's as a database takes it: PostgreSQL refuses NUL and halves of surrogate pairs, and one such text would refuse all
 * that is saved with it. What is a whole text already stays as it is.
 */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').replace(/[\uD800-\uDFFF]/gu, '\uFFFD');
}
