import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The seed files once more, read with plain loops. Nothing below `naive/` imports the product: it must be able to contradict it.
 * Ids here are the records' ids in the CRM.
 */
export type World = {
  users: { email: string; isActive: boolean }[];
  contacts: SeedPerson[];
  leads: SeedPerson[];
  accounts: { id: string; name: string }[];
  deals: SeedDeal[];
  internalDomains: string[];
  /** Id in the seed files → id in the CRM, of accounts and contacts. */
  crmIds: Map<unknown, string>;
};

export type SeedPerson = { id: string; name: string; accountId: string | null; emails: string[]; phone: string };

export type SeedDeal = {
  id: string;
  name: string;
  accountId: string | null;
  isOpen: boolean;
  closeDate: string;
  createdAt: number;
  /** Contacts with a role; the primary contact is one of them. */
  roleContactIds: string[];
};

const SEEDED_AT = '2022-01-01';

type Row = Record<string, unknown>;

/** Reads the CRM of a data folder (or of its `crm` folder). `internalDomains` are those of settings.json, else the users'. */
export function readWorld(folder: string): World {
  const crm = existsSync(join(folder, 'crm')) ? join(folder, 'crm') : folder;
  const accountRows = readRows(join(crm, 'accounts.ndjson'));
  const contactRows = readRows(join(crm, 'contacts.ndjson'));
  const crmIds = new Map<unknown, string>();
  for (const row of [...accountRows, ...contactRows]) crmIds.set(row.id, text(row.crmId));
  const users = readRows(join(crm, 'users.ndjson')).map((row) => ({
    email: plainEmail(text(row.email)),
    isActive: row.active !== false,
  }));
  return {
    users,
    accounts: accountRows.map((row) => ({ id: text(row.crmId), name: text(row.name) })),
    contacts: contactRows.map((row) => readPerson(row, crmIds)),
    leads: readRows(join(crm, 'leads.ndjson')).map((row) => readPerson(row, crmIds)),
    deals: readDeals(crm, crmIds),
    internalDomains: readInternalDomains(crm, users),
    crmIds,
  };
}

/** Blanks, case and Unicode form do not make another address; what is no address is none. */
export function plainEmail(email: string): string {
  const plain = email.trim().normalize('NFC').toLowerCase();
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(plain) ? plain : '';
}

/** A file of one JSON value a line; none where the file is not there. */
export function readRows(file: string): Row[] {
  if (!existsSync(file)) return [];
  const rows: Row[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.trim() !== '') rows.push(JSON.parse(line));
  }
  return rows;
}

function readPerson(row: Row, crmIds: Map<unknown, string>): SeedPerson {
  const emails = [row.email, row.secondaryEmail]
    .map((email) => plainEmail(text(email)))
    .filter((email) => email !== '');
  return {
    id: text(row.crmId),
    name: text(row.fullName),
    accountId: crmIds.get(row.accountId) ?? null,
    emails,
    phone: text(row.phone),
  };
}

function readDeals(crm: string, crmIds: Map<unknown, string>): SeedDeal[] {
  const roles = new Map<unknown, string[]>();
  for (const file of ['deal-contact-roles.ndjson', 'contact-roles.ndjson']) {
    for (const row of readRows(join(crm, file))) {
      const contacts = roles.get(row.dealId) ?? [];
      contacts.push(crmIds.get(row.contactId) ?? '');
      roles.set(row.dealId, contacts);
    }
  }
  return readRows(join(crm, 'deals.ndjson')).map((row) => ({
    id: text(row.crmId),
    name: text(row.name),
    accountId: crmIds.get(row.accountId) ?? null,
    isOpen: row.isClosed !== true,
    closeDate: text(row.closeDate),
    createdAt: Date.parse(text(row.engageDate) || SEEDED_AT),
    roleContactIds: roles.get(row.id) ?? [],
  }));
}

function readInternalDomains(crm: string, users: World['users']): string[] {
  const file = join(crm, 'settings.json');
  const settings = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  if (Array.isArray(settings.internalDomains)) return settings.internalDomains;
  return [...new Set(users.map((user) => user.email.split('@')[1] ?? ''))];
}

function text(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}
