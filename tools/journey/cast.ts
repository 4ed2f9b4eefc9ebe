import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type CrmModule = 'contacts' | 'leads' | 'accounts' | 'deals';

/** A record of the CRM as journeys speak of it. */
export type Actor = { module: CrmModule; id: string; name: string; email: string };

/** Users of the sandbox, the same for all journeys. The first one is its administrator and connects the product. */
export const USERS = {
  admin: { id: '5100000000000000011', name: 'Olga Admin', email: 'olga@us.example', role: 'manager' },
  host: { id: '5100000000000000012', name: 'Laura Host', email: 'host@us.example', role: 'agent' },
  /** Edits in the CRM what others wrote. */
  editor: { id: '5100000000000000013', name: 'Eva Editor', email: 'eva@us.example', role: 'agent' },
  /** Connects the product again where its first user cannot. */
  second: { id: '5100000000000000014', name: 'Sam Second', email: 'sam@us.example', role: 'agent' },
} as const;

export type User = (typeof USERS)[keyof typeof USERS];

/**
 * The small CRM that a journey has for itself. Acme has Ana (with a role in the open deal Renewal), Ben (without one), another
 * open deal and a won one; Globex has Cleo, another record of Cleo, and an open deal; Lea is a lead. Nobody else has addresses of these domains.
 */
export type Cast = Record<'acme' | 'globex' | 'ana' | 'ben' | 'cleo' | 'again' | 'lea' | Deal, Actor> & {
  /** An address of Acme's that no record has. */
  stranger: string;
};

type Deal = 'renewal' | 'upsell' | 'won' | 'pilot';

/** The cast of journey number `number` (from 1): same people, other ids, names and domains. */
export function castOf(number: number): Cast {
  const code = String(number).padStart(3, '0');
  const actor = (module: CrmModule, at: number, name: string, email = ''): Actor => ({
    ...{ module, id: `5200000000000${code}${String(at).padStart(3, '0')}`, name, email },
  });
  return {
    acme: actor('accounts', 101, `Acme ${code}`),
    globex: actor('accounts', 102, `Globex ${code}`),
    ana: actor('contacts', 201, `Ana Pérez ${code}`, `ana@acme-${code}.example`),
    ben: actor('contacts', 202, `Ben Stone ${code}`, `ben@acme-${code}.example`),
    cleo: actor('contacts', 203, `Cleo North ${code}`, `cleo@globex-${code}.example`),
    again: actor('contacts', 204, `Cleo North ${code}`, `cleo.north@globex-${code}.example`),
    lea: actor('leads', 301, `Lea New ${code}`, `lea@newco-${code}.example`),
    renewal: actor('deals', 401, `Renewal ${code}`),
    upsell: actor('deals', 402, `Upsell ${code}`),
    won: actor('deals', 403, `Won before ${code}`),
    pilot: actor('deals', 404, `Pilot ${code}`),
    stranger: `zoe@acme-${code}.example`,
  };
}

/** Writes a CRM with the users and `casts` into a folder that a sandbox can be seeded from. */
export async function writeSeed(casts: readonly Cast[]): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'salescaling-cast-'));
  const write = (name: string, rows: object[]) =>
    writeFile(join(folder, `${name}.ndjson`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await write(
    'users',
    Object.values(USERS).map((user) => ({ ...user, crmId: user.id, active: true })),
  );
  await write('accounts', casts.flatMap(accountsOf));
  await write('contacts', casts.flatMap(contactsOf));
  await write(
    'leads',
    casts.map(({ lea }) => ({ ...personOf(lea), company: `Newco ${lea.id.slice(-6, -3)}` })),
  );
  await write('deals', casts.flatMap(dealsOf));
  await write(
    'deal-contact-roles',
    casts.map(({ renewal, ana }) => ({ dealId: renewal.id, contactId: ana.id, role: 'Decision Maker' })),
  );
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

function accountsOf({ acme, globex, ana, cleo }: Cast): object[] {
  const row = (account: Actor, { email }: Actor) => ({
    ...{ id: account.id, crmId: account.id, name: account.name, domains: [email.split('@')[1]] },
  });
  return [row(acme, ana), row(globex, cleo)];
}

function contactsOf({ acme, globex, ana, ben, cleo, again }: Cast): object[] {
  const row = (contact: Actor, account: Actor) => ({ ...personOf(contact), accountId: account.id });
  return [row(ana, acme), row(ben, acme), row(cleo, globex), row(again, globex)];
}

function personOf({ id, name, email }: Actor) {
  const [firstName = '', ...rest] = name.split(' ');
  return { id, crmId: id, firstName, lastName: rest.join(' '), fullName: name, email };
}

function dealsOf({ acme, globex, renewal, upsell, won, pilot }: Cast): object[] {
  const row = ({ id, name }: Actor, account: Actor, stage: string, closeDate: string) => ({
    ...{ id, crmId: id, name, accountId: account.id, stage, engageDate: '2024-09-01', closeDate },
  });
  return [
    row(renewal, acme, 'Qualification', '2031-12-31'),
    row(upsell, acme, 'Needs Analysis', '2031-11-30'),
    row(won, acme, 'Closed Won', '2024-12-01'),
    row(pilot, globex, 'Qualification', '2031-12-31'),
  ];
}
