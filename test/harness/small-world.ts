import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A CRM in the shape of the sample data; ids of records are the ids that the CRM gives them. */
export type SeedWorld = {
  users: { id: string; name: string; email: string; role?: string; active?: boolean }[];
  accounts: { id: string; name: string; domains?: string[] }[];
  contacts: {
    id: string;
    firstName: string;
    lastName: string;
    email: string;
    secondaryEmail?: string;
    phone?: string;
    accountId?: string;
  }[];
  leads: { id: string; firstName: string; lastName: string; email: string; company: string }[];
  deals: { id: string; name: string; accountId?: string; stage: string; engageDate: string; closeDate: string }[];
  roles: { dealId: string; contactId: string; role: string; isPrimary?: boolean }[];
};

/** Ids of the small world, by what they are called in tests. */
export const ID = {
  admin: '11',
  host: '12',
  inactive: '13',
  acme: '101',
  globex: '102',
  initech: '103',
  ana: '201',
  ben: '202',
  twinA: '203',
  twinB: '204',
  cleo: '205',
  solo: '206',
  lea: '301',
  renewal: '401',
  upsell: '402',
  old: '403',
  pilot: '404',
} as const;

/** Acme with an open deal that Ana has a role in, another open one and a closed one; Globex with two contacts of one address. */
export function smallWorld(): SeedWorld {
  const deal = (id: string, name: string, accountId: string, stage: string) => ({
    id,
    name,
    accountId,
    stage,
    engageDate: '2026-09-01',
    closeDate: '2026-12-31',
  });
  return {
    users: [
      { id: ID.admin, name: 'Olga Admin', email: 'olga@us.example', role: 'manager' },
      { id: ID.host, name: 'Laura Host', email: 'host@us.example', role: 'agent' },
      { id: ID.inactive, name: 'Ina Gone', email: 'gone@us.example', role: 'agent', active: false },
    ],
    accounts: [
      { id: ID.acme, name: 'Acme', domains: ['acme.example'] },
      { id: ID.globex, name: 'Globex', domains: ['globex.example'] },
      { id: ID.initech, name: 'Initech', domains: ['initech.example'] },
    ],
    contacts: [
      { id: ID.ana, firstName: 'Ana', lastName: 'Pérez', email: 'ana@acme.example', accountId: ID.acme },
      { id: ID.ben, firstName: 'Ben', lastName: 'Stone', email: 'ben@acme.example', accountId: ID.acme },
      { id: ID.twinA, firstName: 'Twin', lastName: 'First', email: 'twin@globex.example', accountId: ID.globex },
      { id: ID.twinB, firstName: 'Twin', lastName: 'Second', email: 'twin@globex.example', accountId: ID.globex },
      { id: ID.cleo, firstName: 'Cleo', lastName: 'North', email: 'cleo@initech.example', accountId: ID.initech },
      { id: ID.solo, firstName: 'Sol', lastName: 'Free', email: 'solo@nowhere.example' },
    ],
    leads: [{ id: ID.lea, firstName: 'Lea', lastName: 'New', email: 'lea@new.example', company: 'New Ltd' }],
    deals: [
      deal(ID.renewal, 'Renewal', ID.acme, 'Qualification'),
      deal(ID.upsell, 'Upsell', ID.acme, 'Needs Analysis'),
      deal(ID.old, 'Old business', ID.acme, 'Closed Won'),
      deal(ID.pilot, 'Pilot', ID.globex, 'Qualification'),
    ],
    roles: [{ dealId: ID.renewal, contactId: ID.ana, role: 'Decision Maker', isPrimary: true }],
  };
}

/** Writes a world into a folder of its own that the simulator can be seeded from, and removes it after `use`. */
export async function withSeedFolder<T>(world: SeedWorld, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'salescaling-seed-'));
  const write = (name: string, rows: object[]) =>
    writeFileSync(join(folder, `${name}.ndjson`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const named = <Row extends { id: string }>(rows: Row[]) => rows.map((row) => ({ ...row, crmId: row.id }));
  const people = <Row extends { id: string; firstName: string; lastName: string }>(rows: Row[]) =>
    named(rows).map((row) => ({ ...row, fullName: `${row.firstName} ${row.lastName}` }));
  try {
    write('users', named(world.users));
    write('accounts', named(world.accounts));
    write('contacts', people(world.contacts));
    write('leads', people(world.leads));
    write('deals', named(world.deals));
    write('deal-contact-roles', world.roles);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
