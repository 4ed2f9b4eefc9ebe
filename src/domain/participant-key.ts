import { canonicalEmail } from './canonical-email.ts';
import { canonicalPhone } from './canonical-phone.ts';

/**
 * The key under which a participant is known over all versions of a meeting: `email:<canonical>`, else
 * `phone:<canonical>`, else `name:<normalised>` (an address that is none stands in for a missing name).
 */
export function participantKey(person: { name: string | null; email: string | null; phone: string | null }): string {
  const address = canonicalEmail(person.email);
  if (address !== null) return `email:${address.email}`;
  const phone = canonicalPhone(person.phone);
  if (phone !== null) return `phone:${phone}`;
  return `name:${normaliseName(person.name ?? person.email ?? person.phone ?? '')}`;
}

function normaliseName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[\s\p{Z}]+/gu, ' ')
    .trim();
}
