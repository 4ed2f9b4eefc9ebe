/** Parts of an address that say how to enter a room and not which room it is. */
const NOISE = /^(pwd|hs|authuser|context|anon|utm_\w+)$/;
const ADDRESS = /https?:\/\/[^\s<>"')\]]+/giu;

/**
 * What two addresses of one conference have in common: host, path and those parameters that name the room. Null for a text that
 * is no address of a room (a bare host is none).
 */
export function conferenceKey(address: string | null): string | null {
  if (address === null || !URL.canParse(address.trim())) return null;
  const { protocol, hostname, pathname, searchParams } = new URL(address.trim());
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  const path = pathname.replace(/\/+$/, '');
  const named = [...searchParams].filter(([name]) => !NOISE.test(name.toLowerCase()));
  if (path === '' && named.length === 0) return null;
  const query = named.map(([name, value]) => `${name}=${value}`).sort();
  return [
    hostname.toLowerCase().replace(/^www\./, ''),
    path,
    ...(query.length === 0 ? [] : ['?', query.join('&')]),
  ].join('');
}

/** The keys of all addresses in a text; an address at the end of a sentence loses its full stop. */
export function conferenceKeysIn(text: string): Set<string> {
  const keys = new Set<string>();
  for (const [found] of text.matchAll(ADDRESS)) {
    const key = conferenceKey(found.replaceAll('&amp;', '&').replace(/[.,;:!?]+$/, ''));
    if (key !== null) keys.add(key);
  }
  return keys;
}
