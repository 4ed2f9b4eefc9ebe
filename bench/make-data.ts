import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom, type Random } from '../tools/torture/random.ts';

/** Sizes of a made CRM and its meetings; the same sizes and seed give the same bytes. */
export type DataSizes = { seed: number; accounts: number; meetings: number };

const CONTACTS_PER_ACCOUNT = 5;
const USERS = 20;
const FIRST_DAY = Date.UTC(2024, 0, 8, 9);
const HOUR_MS = 3_600_000;
const WORDS = 'price scope offer team pilot rollout review budget legal security training support'.split(' ');

/** Writes a CRM (`crm/*.ndjson`) and meetings in body shape (`meetings.ndjson`) into a folder. One row in memory at a time. */
export async function makeData(folder: string, sizes: DataSizes): Promise<void> {
  const crm = join(folder, 'crm');
  await mkdir(crm, { recursive: true });
  const random = createRandom(sizes.seed);
  await writeRows(join(crm, 'users.ndjson'), usersOf());
  await writeRows(join(crm, 'accounts.ndjson'), accountsOf(sizes));
  await writeRows(join(crm, 'contacts.ndjson'), contactsOf(sizes));
  await writeRows(join(crm, 'leads.ndjson'), []);
  await writeRows(join(crm, 'deals.ndjson'), dealsOf(sizes, random.fork('deals')));
  await writeRows(join(crm, 'deal-contact-roles.ndjson'), rolesOf(sizes, random.fork('deals')));
  await writeRows(join(folder, 'meetings.ndjson'), meetingsOf(sizes));
}

async function writeRows(file: string, rows: Iterable<object>): Promise<void> {
  const stream = createWriteStream(file);
  for (const row of rows) if (!stream.write(`${JSON.stringify(row)}\n`)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}

const record = (id: string) => ({ id, crmId: id });
const accountId = (at: number) => String(1_000_000_000 + at);
const contactId = (account: number, at: number) => String(2_000_000_000 + account * 10 + at);
const emailOf = (account: number, at: number) => `person${at}@company${account}.example`;
const userEmail = (at: number) => `user${at}@us.example`;

function* usersOf(): Generator<object> {
  for (let at = 0; at < USERS; at++) {
    const role = at === 0 ? 'manager' : 'agent';
    yield { ...record(String(900_000 + at)), name: `User ${at}`, email: userEmail(at), role, active: true };
  }
}

function* accountsOf({ accounts }: DataSizes): Generator<object> {
  for (let at = 0; at < accounts; at++) {
    yield { ...record(accountId(at)), name: `Company ${at}`, domains: [`company${at}.example`] };
  }
}

function* contactsOf({ accounts }: DataSizes): Generator<object> {
  for (let account = 0; account < accounts; account++) {
    for (let at = 0; at < CONTACTS_PER_ACCOUNT; at++) {
      const name = { firstName: `Person${at}`, lastName: `Of${account}`, fullName: `Person${at} Of${account}` };
      yield { ...record(contactId(account, at)), ...name, email: emailOf(account, at), accountId: accountId(account) };
    }
  }
}

type Deal = { id: string; account: number; at: number; isOpen: boolean; roles: number };

/** Most accounts have one or two deals, four in ten of them open; an open one has up to two people with a role. */
function* drawDeals({ accounts }: DataSizes, random: Random): Generator<Deal> {
  for (let account = 0; account < accounts; account++) {
    const deals = random.between(0, 2);
    for (let at = 0; at < deals; at++) {
      const isOpen = random.chance(0.4);
      yield {
        id: String(3_000_000_000 + account * 10 + at),
        account,
        at,
        isOpen,
        roles: isOpen ? random.between(0, 2) : 0,
      };
    }
  }
}

function* dealsOf(sizes: DataSizes, random: Random): Generator<object> {
  for (const { id, account, at, isOpen } of drawDeals(sizes, random)) {
    const stage = { stage: isOpen ? 'Qualification' : 'Closed Won', isClosed: !isOpen, isWon: !isOpen };
    const dates = { engageDate: '2023-06-01', closeDate: '2027-06-30' };
    yield { ...record(id), name: `Order ${account}-${at}`, accountId: accountId(account), ...stage, ...dates };
  }
}

function* rolesOf(sizes: DataSizes, random: Random): Generator<object> {
  for (const { id, account, roles } of drawDeals(sizes, random)) {
    for (let at = 0; at < roles; at++) {
      yield { dealId: id, contactId: contactId(account, at), role: 'Decision Maker', isPrimary: at === 0 };
    }
  }
}

/** Meetings in body shape with their `externalId`, no two at the same time. */
export function* meetingsOf({ seed, accounts, meetings }: DataSizes): Generator<Record<string, unknown>> {
  const random = createRandom(seed).fork('meetings');
  for (let at = 0; at < meetings; at++) yield { externalId: `made-${at}`, ...bodyOf(at, accounts, random) };
}

function bodyOf(at: number, accounts: number, random: Random): object {
  const account = random.between(0, accounts - 1);
  const startsAt = FIRST_DAY + at * HOUR_MS;
  const time = (ms: number) => new Date(ms).toISOString();
  const people = Array.from({ length: random.between(1, 3) }, () => random.between(0, CONTACTS_PER_ACCOUNT - 1));
  const sentence = () => `${Array.from({ length: 12 }, () => random.pick(WORDS)).join(' ')}.`;
  return {
    title: `Call ${at} with Company ${account}`,
    startsAt: time(startsAt),
    endsAt: time(startsAt + HOUR_MS / 2),
    timeZone: 'Europe/Madrid',
    participants: [
      { name: 'Host', email: userEmail(random.between(0, USERS - 1)), role: 'organizer' },
      ...[...new Set(people)].map((person) => ({ name: `Person${person}`, email: emailOf(account, person) })),
      ...(random.chance(0.3) ? [{ name: 'Guest', email: `guest${at}@elsewhere.example` }] : []),
    ],
    summary: { text: `${sentence()} ${sentence()}`, topics: [random.pick(WORDS)] },
    notes: [0, 1, 2].map((note) => ({ id: `n${note}`, text: sentence(), smartCategory: 'Decisions' })),
    processed: { summaryAt: time(startsAt + HOUR_MS), notesAt: time(startsAt + HOUR_MS) },
  };
}
