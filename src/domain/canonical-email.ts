/** An address in the one form in which it is stored and compared. `base` is `email` without its `+tag`. */
export type CanonicalEmail = { email: string; base: string; domain: string };

const LONGEST_ADDRESS = 320;
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/gu;
const BLANKS_AROUND = /^[\s\p{Z}\p{Cc}]+|[\s\p{Z}\p{Cc}]+$/gu;
const LOCAL_PART = /^[^\s\p{Z}\p{C}@,;:<>()[\]\\"]+$/u;
const DOMAIN_LABEL = /^[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?$/u;

/**
 * The canonical form of an e-mail address: blanks and invisible characters around it gone, NFC, lower case; a punycode
 * domain stays as it is. Null for what is no address (nothing, several addresses, no domain with a dot).
 */
export function canonicalEmail(raw: string | null | undefined): CanonicalEmail | null {
  if (raw === null || raw === undefined) return null;
  const text = raw.replace(INVISIBLE, '').replace(BLANKS_AROUND, '').normalize('NFC').toLowerCase().normalize('NFC');
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > LONGEST_ADDRESS) return null;
  const local = text.slice(0, at);
  const domain = text.slice(at + 1).replace(/\.$/, '');
  const labels = domain.split('.');
  if (!LOCAL_PART.test(local) || labels.length < 2 || !labels.every((label) => DOMAIN_LABEL.test(label))) return null;
  const tag = local.indexOf('+');
  const baseLocal = tag > 0 ? local.slice(0, tag) : local;
  return { email: `${local}@${domain}`, base: `${baseLocal}@${domain}`, domain };
}
