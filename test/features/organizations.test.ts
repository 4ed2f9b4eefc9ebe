import { describe, expect, it } from 'vitest';
import { listMeetings } from '../../src/features/analytics/list-meetings.ts';
import { listNeedsYou } from '../../src/features/analytics/list-needs-you.ts';
import { listRecordMeetings } from '../../src/features/analytics/list-record-meetings.ts';
import { listRecords } from '../../src/features/analytics/list-records.ts';
import { readAnalytics } from '../../src/features/analytics/read-analytics.ts';
import { readStatus } from '../../src/features/analytics/read-status.ts';
import { searchEverything } from '../../src/features/analytics/search-everything.ts';
import { decideLink } from '../../src/features/associate/decide-link.ts';
import { decidePerson } from '../../src/features/associate/decide-person.ts';
import { disconnect } from '../../src/features/connect/disconnect.ts';
import { readCard } from '../../src/features/connect/read-card.ts';
import { endApiKey, readApiKeys } from '../../src/features/people/api-keys.ts';
import { createApiKey } from '../../src/features/people/create-api-key.ts';
import { readSession } from '../../src/features/people/read-session.ts';
import { readSettings } from '../../src/features/people/read-settings.ts';
import { saveSettings } from '../../src/features/people/save-settings.ts';
import { parsePolicy } from '../../src/features/policy.ts';
import { publishNow } from '../../src/features/publish/publish-now.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { ID, type SeedWorld, smallWorld } from '../harness/small-world.ts';

const database = await createTestDatabase();

/** Every row of an organization, of every table that has organizations, as text. */
async function rowsOf({ db, organizationId }: TestProduct): Promise<Record<string, string>> {
  const tables = await db.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'organization_id' order by 1`,
  );
  expect(tables.length).toBeGreaterThan(10);
  const rows: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await db.query<{ text: string }>(
      `select coalesce(string_agg(t::text, E'\n' order by t::text), '') as text from ${name} t where organization_id = $1`,
      [organizationId],
    );
    rows[name] = row?.text ?? '';
  }
  const [own] = await db.query<{ text: string }>('select o::text as text from organizations o where id = $1', [
    organizationId,
  ]);
  return { ...rows, organizations: own?.text ?? '' };
}

/** The small world with its own names: the ids are the same everywhere. */
function worldOf(owner: string): SeedWorld {
  const world = smallWorld();
  const named = <Row extends { name: string }>(rows: Row[]) =>
    rows.map((row) => ({ ...row, name: `${row.name} of ${owner}` }));
  const people = <Row extends { lastName: string }>(rows: Row[]) =>
    rows.map((row) => ({ ...row, lastName: `${row.lastName} of ${owner}` }));
  return {
    ...world,
    users: named(world.users),
    accounts: named(world.accounts),
    contacts: people(world.contacts),
    leads: people(world.leads),
    deals: named(world.deals),
  };
}

/** Somebody to be found in each way: by address, by phone, by the company's domain, as a lead, as a colleague. */
const OWN_PEOPLE = [
  { name: 'By address', email: 'address@far.example' },
  { name: 'By phone', phone: '+34 600 123 456' },
  { name: 'By domain', email: 'newcomer@domain.example' },
  { name: 'Lead', email: 'lead@far.example' },
  { name: 'Colleague', email: 'colleague@staff.example' },
];

function addOwnPeople(world: SeedWorld): void {
  const contact = (id: string, email: string) => ({ id, firstName: 'Own', lastName: id, email, accountId: ID.acme });
  world.contacts.push(contact('290', 'address@far.example'), {
    ...contact('291', 'phone@far.example'),
    phone: '+34600123456',
  });
  world.accounts.push({ id: '190', name: 'Domain of ours', domains: ['domain.example'] });
  world.leads.push({ id: '390', firstName: 'Own', lastName: 'Lead', email: 'lead@far.example', company: 'Far' });
  world.users.push({ id: '19', name: 'Own Colleague', email: 'colleague@staff.example', role: 'agent' });
}

type Owner = 'ours' | 'theirs';

/** An organization with meetings of the same external ids as any other, and a CRM of the same ids but other names and facts. */
async function startOne(owner: Owner): Promise<TestProduct> {
  const world = worldOf(owner);
  if (owner === 'ours') {
    // With us, Ben has the role, Ana has another address and Cleo is at Acme.
    world.roles = [{ dealId: ID.upsell, contactId: ID.ben, role: 'Decision Maker', isPrimary: true }];
    world.contacts = world.contacts.map((row) => ({
      ...row,
      ...(row.id === ID.ana ? { email: 'other@acme.example' } : {}),
      ...(row.id === ID.cleo ? { accountId: ID.acme } : {}),
    }));
    addOwnPeople(world);
  }
  const product = await startConnectedProduct(database, { world, policy: { matchByDomain: true } });
  const title = owner === 'ours' ? 'Our secret' : 'Their secret';
  await product.ingest('m1', meetingBody({ title }, ['ana@acme.example', 'cleo@initech.example']));
  await product.ingest('m2', meetingBody({ title: `${title} with twins` }, ['twin@globex.example']));
  await product.ingest('m4', meetingBody({ title: `${title} with Ben` }, ['ben@acme.example', 'lea@new.example']));
  await product.serve();
  return product;
}

async function startTwo(): Promise<{ ours: TestProduct; theirs: TestProduct }> {
  const ours = await startOne('ours');
  return { ours, theirs: await startOne('theirs') };
}

/** Everything that can be read in an organization. */
async function readAll(product: TestProduct) {
  const { ctx } = product;
  return {
    meetings: await listMeetings({ ctx, input: { links: 'all', limit: 50 } }),
    meeting: await product.meeting('m1'),
    others: [await product.meeting('m2'), await product.meeting('m4')],
    needsYou: await listNeedsYou({ ctx, input: { limit: 50 } }),
    records: await listRecords({ ctx, input: { module: 'deals', limit: 50 } }),
    history: await listRecordMeetings({ ctx, input: { module: 'accounts', crmId: ID.acme, limit: 50 } }),
    search: await searchEverything({ ctx, input: { text: 'secret' } }),
    analytics: await readAnalytics({ ctx, input: { quietDays: 30, timeZone: 'Europe/Madrid' } }),
    status: await readStatus({ ctx }),
    card: await readCard({ ctx }),
    session: await readSession({ ctx }),
    settings: await readSettings({ ctx }),
    keys: await readApiKeys({ ctx }),
  };
}

/** Every verb that changes something. */
async function changeEverything(product: TestProduct): Promise<void> {
  const { ctx } = product;
  await product.ingest('m1', meetingBody({ title: 'Our other secret' }));
  await product.ingest('m3', meetingBody({ title: 'Our third' }, ['lea@new.example']));
  await product.serve();
  await decideLink({ ctx, input: { externalId: 'm1', module: 'deals', recordId: ID.pilot, decision: 'added' } });
  await decideLink({ ctx, input: { externalId: 'm1', module: 'accounts', recordId: ID.acme, decision: 'excluded' } });
  const twin = { externalId: 'm2', participantKey: 'email:twin@globex.example' };
  await decidePerson({ ctx, input: { ...twin, kind: 'chosen', module: 'contacts', recordId: ID.twinA } });
  await publishNow({ ctx, input: { externalId: 'm2', isAnyway: true } });
  await product.serve();
  await saveSettings({
    ctx,
    input: { organizationName: 'Ours', policy: parsePolicy({ publish: 'everything' }) },
  });
  await createApiKey({
    ctx,
    input: { name: 'key', scopes: ['meetings:write'], randomToken: () => `${product.organizationId}` },
  });
  await product.serve();
  await product.retract('m1');
  await product.serve();
  await product.connect();
  await product.serve();
  await disconnect({ ctx, gateway: product.gateway(), input: { sayGoodbye: async () => undefined } });
}

describe('two organizations in one database', () => {
  it('never change anything of each other', async () => {
    const { ours, theirs } = await startTwo();
    const before = await rowsOf(theirs);
    const crm = JSON.stringify([theirs.crm.events(), theirs.crm.notes()]);
    const reached = await theirs.crm.calls(() => changeEverything(ours));
    expect(await rowsOf(theirs)).toEqual(before);
    expect(JSON.stringify([theirs.crm.events(), theirs.crm.notes()])).toBe(crm);
    expect(reached).toEqual([]);
    expect((await rowsOf(ours)).meetings).not.toBe('');
  });

  it('never see anything of each other', async () => {
    const { ours, theirs } = await startTwo();
    await createApiKey({
      ctx: ours.ctx,
      input: { name: 'our key', scopes: ['meetings:write'], randomToken: () => 'ours' },
    });
    const answers = await readAll(theirs);
    expect(answers.meetings.data.map(({ title }) => title).sort()).toEqual([
      'Their secret',
      'Their secret with Ben',
      'Their secret with twins',
    ]);
    expect(answers.history.data).toHaveLength(2);
    expect(answers.analytics.figures.meetings.value).toBe(3);
    expect(answers.records.data).toHaveLength(4);
    expect(answers.needsYou.data).toHaveLength(1);
    expect(answers.keys).toEqual([]);
    expect(JSON.stringify(answers)).not.toMatch(/Our secret|our key|of ours/);
    // Alone in a database of its own, the answer about the meeting is the same.
    const idsOf = ({ associations }: { associations: { crmId: string }[] }) =>
      associations.map(({ crmId }) => crmId).sort();
    const { ana, cleo, acme, initech, renewal, upsell, old } = ID;
    expect(idsOf(answers.meeting)).toEqual([ana, cleo, acme, initech, renewal, upsell, old].sort());
    expect(idsOf(await ours.meeting('m1'))).toEqual([cleo, acme, renewal, upsell, old].sort());
    const shown = theirs.crm.events().find((event) => event.Event_Title === 'Their secret');
    expect(shown).toMatchObject({ What_Id: renewal, Who_Id: ana });
    expect(JSON.stringify(answers)).not.toContain(ours.organizationId);
  });

  it.each([
    ['ours', 'theirs'],
    ['theirs', 'ours'],
  ] as const)('read and hold the same after the other one came (%s before %s)', async (one, other) => {
    const first = await startOne(one);
    const [seen, held] = [await readAll(first), await rowsOf(first)];
    await startOne(other);
    expect(await readAll(first)).toEqual(seen);
    expect(await rowsOf(first)).toEqual(held);
    // What was read a second time is what the sender would publish: nothing.
    await saveSettings({
      ctx: first.ctx,
      input: { organizationName: 'Us', policy: parsePolicy({ matchByDomain: true }) },
    });
    expect(await first.crm.calls(() => first.serve())).toEqual([]);
  });

  it('never find people in the CRM of each other', async () => {
    const { ours, theirs } = await startTwo();
    const matchesIn = async (product: TestProduct) => {
      const host = { email: 'host@us.example', role: 'organizer' };
      await product.ingest('m3', meetingBody({ participants: [host, ...OWN_PEOPLE] }));
      await product.serve();
      const { participants } = await product.meeting('m3');
      return participants.slice(1).map(({ match }) => match.kind);
    };
    expect(await matchesIn(ours)).toEqual(['matched', 'matched', 'account_by_domain', 'matched', 'internal']);
    expect(await matchesIn(theirs)).toEqual(OWN_PEOPLE.map(() => 'unmatched'));
    expect(await theirs.meeting('m3')).toMatchObject({ state: 'held', associations: [] });
  });

  it('cannot reach into each other by ids', async () => {
    const { ours, theirs } = await startTwo();
    const key = await createApiKey({
      ctx: ours.ctx,
      input: { name: 'our key', scopes: ['meetings:write'], randomToken: () => 'reach' },
    });
    await expect(endApiKey({ ctx: theirs.ctx, input: { id: key.id } })).rejects.toMatchObject({ code: 'not_found' });
    await ours.ingest('only-ours', meetingBody());
    const input = { externalId: 'only-ours' };
    await expect(theirs.meeting('only-ours')).rejects.toMatchObject({ code: 'not_found' });
    await expect(theirs.retract('only-ours')).rejects.toMatchObject({ code: 'not_found' });
    await expect(publishNow({ ctx: theirs.ctx, input: { ...input, isAnyway: true } })).rejects.toMatchObject({
      code: 'not_found',
    });
    const link = { module: 'accounts', recordId: ID.acme, decision: 'excluded' } as const;
    await expect(decideLink({ ctx: theirs.ctx, input: { ...input, ...link } })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await ours.meeting('only-ours')).toMatchObject({ title: 'Quarterly review' });
  });
});
