const EXTENSION = /(?:;|,|#|\bext\b|\bextension\b|\bextn\b|x(?=[\s.:]*\d+\s*$)).*$/iu;
const FEWEST_DIGITS = 7;
const MOST_DIGITS = 15;

/**
 * The canonical form of a phone number: `+` and digits when it names its country (`+34…`, `0034…`), else digits alone, so
 * that a number without a country code equals only the same digits. Extensions are dropped. Null below 7 or above 15
 * digits (E.164) and for what is no number.
 */
export function canonicalPhone(raw: string | null | undefined): string | null {
  if (raw === null || raw === undefined) return null;
  const text = toAsciiDigits(raw.normalize('NFKC')).trim().replace(/^tel:/iu, '').replace(EXTENSION, '');
  if (/\p{L}/u.test(text)) return null;
  const start = text.replace(/^[^\d+]+/u, '');
  const isInternational = start.startsWith('+') || start.startsWith('00');
  // "+44 (0)20 …" shows the zero that is dialled only inside the country.
  const shown = isInternational ? start.replace(/\(\s*0\s*\)/u, '') : start;
  const digits = shown.replace(/\D/gu, '').replace(isInternational ? /^00/u : /^$/u, '');
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) return null;
  return isInternational ? `+${digits}` : digits;
}

/** Arabic-Indic digits are as common on phones as ours; NFKC leaves them alone. */
function toAsciiDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06F0-\u06F9]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}
