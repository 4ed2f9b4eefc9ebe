import { describe, expect, it } from 'vitest';
import { readDrift } from '../../src/features/publish/read-drift.ts';
import { startDrift } from '../../src/features/publish/start-drift.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();
const PEOPLE = ['ana@acme.example'];

async function poll(product: TestProduct): Promise<void> {
  product.advance(400);
  await product.settle();
  product.advance(60);
}

function remove(product: TestProduct, module: string, id: string, type: 'recycle' | 'permanent'): void {
  const org = product.crm.org();
  org.module(module)?.records.remove(id);
  org.deleted.put({
    id,
    module,
    display_name: '',
    type,
    deleted_time: product.crm.world.clock.now(),
    deleted_by: ID.host,
    created_by: ID.admin,
    held: '{}',
  });
}

/** Zoho shows this event in lists, and refuses it when it is asked for alone. */
function lock(product: TestProduct, eventId: string): void {
  const refusal = { code: 'NO_PERMISSION', details: {}, message: 'permission denied', status: 'error' };
  product.intercept(async (call, send) =>
    call.method === 'GET' && call.url.pathname.endsWith(`/Events/${eventId}`)
      ? new Response(JSON.stringify(refusal), { status: 403, headers: { 'content-type': 'application/json' } })
      : send(),
  );
}

const eventOf = ({ crm }: TestProduct, title: string) => {
  const found = crm.events().find((event) => event.Event_Title === title);
  if (found === undefined) throw new Error(`There is no event “${title}”.`);
  return found;
};

const isGone = async ({ db, organizationId }: TestProduct, table: 'crm_accounts' | 'crm_leads', id: string) =>
  (
    await db.query<{ isGone: boolean }>(
      `select deleted_at is not null as "isGone" from ${table} where organization_id = $1 and id = $2`,
      [organizationId, id],
    )
  )[0]?.isGone;

async function startTwo(): Promise<TestProduct> {
  const product = await startConnectedProduct(database);
  await product.ingest('m1', meetingBody({ title: 'One' }, PEOPLE));
  const later = { startsAt: '2026-11-19T14:00:00+01:00', endsAt: '2026-11-19T14:45:00+01:00' };
  await product.ingest('m2', meetingBody({ title: 'Two', ...later }, PEOPLE));
  await product.settle();
  await poll(product);
  return product;
}

describe('one event that Zoho refuses to show', () => {
  it('holds up neither what people did to other events nor deletions', async () => {
    const product = await startTwo();
    const [one, two] = [eventOf(product, 'One'), eventOf(product, 'Two')];
    lock(product, one.id);
    product.crm.edit('Events', one.id, { Event_Title: 'Behind a lock', Modified_By: ID.host });
    product.crm.edit('Events', two.id, { Event_Title: 'Theirs', Modified_By: ID.host });
    remove(product, 'Leads', ID.lea, 'recycle');
    await poll(product);
    await poll(product);
    expect((await product.meeting('m2')).stateReason).toContain('was edited in Zoho by Laura Host');
    expect((await product.meeting('m1')).stateReason).not.toContain('edited in Zoho');
    expect(await isGone(product, 'crm_leads', ID.lea)).toBe(true);
    const told = product.warnings.filter((warning) => warning.includes(one.id)).length;
    expect(told).toBeGreaterThan(0);
    for (let round = 0; round < 4; round++) await poll(product);
    expect(product.warnings.filter((warning) => warning.includes(one.id))).toHaveLength(told);
  });

  it('is no evidence of where a merged record went, and lets other deletions be read', async () => {
    const product = await startTwo();
    lock(product, eventOf(product, 'One').id);
    remove(product, 'Contacts', ID.ana, 'permanent');
    remove(product, 'Accounts', ID.acme, 'recycle');
    await poll(product);
    await poll(product);
    expect(await isGone(product, 'crm_accounts', ID.acme)).toBe(true);
  });
});

describe('an event title that no database takes', () => {
  it.each([
    ['NUL', 'Before\u0000after', 'Beforeafter'],
    ['half an emoji', 'Well done \ud83d', 'Well done \ufffd'],
  ])('is taken over without its %s, like what comes after it', async (_name, title, kept) => {
    const product = await startTwo();
    product.crm.edit('Events', eventOf(product, 'One').id, { Event_Title: title, Modified_By: ID.host });
    await poll(product);
    product.crm.edit('Events', eventOf(product, 'Two').id, { Event_Title: 'Theirs', Modified_By: ID.host });
    await poll(product);
    expect((await product.meeting('m1')).stateReason).toContain('was edited in Zoho by Laura Host');
    expect((await product.meeting('m2')).stateReason).toContain('was edited in Zoho by Laura Host');
    const [saved] = await product.db.query<{ title: string }>(
      `select content->>'title' as title from placements p join meetings m on m.organization_id = p.organization_id
       and m.id = p.meeting_id where p.organization_id = $1 and m.external_id = 'm1' and slot = 'event'`,
      [product.organizationId],
    );
    expect(saved?.title).toBe(kept);
    expect(product.warnings).toEqual([]);
  });
});

describe('an event that Zoho no longer shows', () => {
  it('is found missing without anybody having deleted it, and is ours as before once it is shown again', async () => {
    const product = await startTwo();
    const { id } = eventOf(product, 'One');
    product.intercept(async (call, send) => {
      const isAsked =
        call.url.pathname.endsWith(`/Events/${id}`) || (call.url.searchParams.get('ids') ?? '').split(',').includes(id);
      return call.method === 'GET' && isAsked ? new Response(null, { status: 204 }) : send();
    });
    await startDrift({ ctx: product.ctx });
    await product.settle();
    await poll(product);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', needsYou: false });
    expect((await product.meeting('m1')).stateReason).not.toContain('deleted');
    const { findings } = await readDrift({ ctx: product.ctx, input: { limit: 50 } });
    expect(findings).toContainEqual(
      expect.objectContaining({
        externalId: 'm1',
        crmId: id,
        kind: 'missing',
        detail: expect.stringContaining('not shown to the connected user, or gone'),
      }),
    );
    product.intercept(null);
    await product.ingest('m1', meetingBody({ title: 'Renamed' }, PEOPLE));
    await product.settle();
    expect(eventOf(product, 'Renamed')).toMatchObject({ id });
    expect(product.crm.events()).toHaveLength(2);
  });
});

describe('a long note of which lists show the beginning', () => {
  it.each(['a', '🎉'])('keeps what a person added at its end (text of “%s”)', async (letter) => {
    const product = await startConnectedProduct(database);
    product.crm.set({ noteRichText: true });
    const summary = `${letter.repeat(30)} `.repeat(40);
    await product.ingest('m1', meetingBody({ summary: { text: summary } }, PEOPLE));
    await product.settle();
    product.advance(60);
    const [note] = product.crm.notesOf(ID.acme);
    const theirs = `${String(note?.Note_Content)}\nAsk for the contract.`;
    product.crm.edit('Notes', String(note?.id), { Note_Content: theirs, Modified_By: ID.host });
    product.advance(3 * 3600);
    await product.settle();
    expect((await product.meeting('m1')).stateReason).toContain('was edited in Zoho by Laura Host');
    await product.ingest('m1', meetingBody({ summary: { text: `Rewritten. ${summary}` } }, PEOPLE));
    await product.settle();
    expect(product.crm.notesOf(ID.acme)).toMatchObject([{ Note_Content: theirs }]);
    expect(product.crm.notesOf(ID.renewal)).toMatchObject([{ Note_Content: expect.stringContaining('Rewritten.') }]);
  });
});
