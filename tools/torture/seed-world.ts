import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from './random.ts';

const ACCOUNTS = 12;
const PEOPLE = 2;

export const HOST = { name: 'Laura Host', email: 'host@us.example' };

/** Writes a small CRM: accounts with two contacts each, most with an open deal, some of them with a role. */
export async function writeSeedWorld(folder: string, random: Random): Promise<{ emails: string[] }> {
  await mkdir(folder, { recursive: true });
  const rows: Record<string, object[]> = { accounts: [], contacts: [], leads: [], deals: [], 'deal-contact-roles': [] };
  rows.users = [
    { ...record('9001'), name: 'Olga Admin', email: 'olga@us.example', role: 'manager', active: true },
    { ...record('9002'), ...HOST, role: 'agent', active: true },
  ];
  const emails: string[] = [];
  for (let at = 1; at <= ACCOUNTS; at++) {
    const domain = `company${at}.example`;
    rows.accounts?.push({ ...record(String(1000 + at)), name: `Company ${at}`, domains: [domain] });
    for (let person = 1; person <= PEOPLE; person++) {
      const contact = { firstName: `Person${person}`, lastName: `Of${at}`, fullName: `Person${person} Of${at}` };
      const email = `person${person}@${domain}`;
      const ids = { ...record(String(2000 + at * 10 + person)), accountId: String(1000 + at) };
      rows.contacts?.push({ ...ids, ...contact, email });
      emails.push(email);
    }
    if (random.chance(0.25)) continue;
    const dates = { engageDate: '2026-01-01', closeDate: '2027-01-31' };
    const deal = { ...record(String(3000 + at)), name: `Deal ${at}`, accountId: String(1000 + at) };
    rows.deals?.push({ ...deal, stage: 'Qualification', isClosed: false, ...dates });
    if (random.chance(0.6)) {
      const contactId = String(2000 + at * 10 + 1);
      rows['deal-contact-roles']?.push({ dealId: deal.id, contactId, role: 'Decision Maker', isPrimary: true });
    }
  }
  for (const [name, list] of Object.entries(rows)) {
    await writeFile(join(folder, `${name}.ndjson`), list.map((row) => `${JSON.stringify(row)}\n`).join(''));
  }
  return { emails };
}

function record(id: string): { id: string; crmId: string } {
  return { id, crmId: id };
}
