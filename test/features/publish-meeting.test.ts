import { describe, expect, it } from 'vitest';
import type { Row } from '../../simulator/store/table.ts';
import { publishNow } from '../../src/features/publish/publish-now.ts';
import { createTestDatabase } from '../harness/database.ts';
import {
  meetingBody,
  type ProductOptions,
  startConnectedProduct,
  startTestProduct,
  type TestProduct,
  writesOf,
} from '../harness/product.ts';
import { ID, smallWorld } from '../harness/small-world.ts';

const database = await createTestDatabase();

const startConnected = (options: ProductOptions = {}) => startConnectedProduct(database, options);

/** The only event of the CRM. */
function theEvent({ crm }: TestProduct) {
  const [event, ...more] = crm.events();
  expect(more).toEqual([]);
  if (event === undefined) throw new Error('There is no event.');
  return event;
}

const titles = (notes: Row[]) => notes.map((note) => String(note.Note_Title).split(':')[0]);
const participantsOf = (event: Row) =>
  (event.Participants as { type: string; participant: string; invited?: boolean }[] | undefined)?.map(
    ({ type, participant }) => `${type} ${participant}`,
  ) ?? [];

describe('a processed meeting', () => {
  it('is one event with its host as owner, its people and the records that it concerns', async () => {
    const product = await startConnected();
    await product.ingest(
      'm1',
      meetingBody({ conferenceUrl: 'https://meet.example/1' }, [
        'ana@acme.example',
        'ben@acme.example',
        'lea@new.example',
        'stranger@far.example',
      ]),
    );
    await product.serve();
    const event = theEvent(product);
    const { id } = await product.meeting('m1');
    expect(event).toMatchObject({
      Event_Title: 'Quarterly review',
      Start_DateTime: Date.UTC(2026, 10, 20, 13),
      End_DateTime: Date.UTC(2026, 10, 20, 13, 45),
      Owner: ID.host,
      Who_Id: ID.ana,
      What_Id: ID.renewal,
      $se_module: 'Deals',
      Salescaling_Meeting_ID: id,
    });
    expect(event.Venue ?? event.venue).toBe('https://meet.example/1');
    expect(participantsOf(event)).toEqual(
      expect.arrayContaining([`contact ${ID.ben}`, `lead ${ID.lea}`, 'email stranger@far.example']),
    );
    expect(product.crm.mails()).toEqual([]);
    expect(await product.meeting('m1')).toMatchObject({
      state: 'published',
      needsYou: false,
      verifiedAt: '2026-11-20T15:00:00.000Z',
    });
  });

  it('has one note with all notes and clips on the event, and its summary on the deal and the account', async () => {
    const product = await startConnected({ policy: { smartCategoryOrder: ['Next steps', 'Objections'] } });
    const notes = [
      { id: 'n0', text: 'Loose end', startSeconds: 5 },
      { id: 'n1', smartCategory: 'Objections', text: 'Too expensive', startSeconds: 60 },
      { id: 'n2', smartCategory: 'Next steps', text: 'Offer by Friday', startSeconds: 3700 },
    ];
    await product.ingest('m1', meetingBody({ notes }));
    await product.serve();
    const event = theEvent(product);
    const [consolidated, ...others] = product.crm.notesOf(event.id);
    expect(others).toEqual([]);
    const text = String(consolidated?.Note_Content);
    const places = ['Offer by Friday', 'Too expensive', 'https://clip.example/1', 'Loose end'].map((part) =>
      text.indexOf(part),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, two) => one - two));
    for (const record of [ID.renewal, ID.acme]) {
      const [summary, ...more] = product.crm.notesOf(record);
      expect(more).toEqual([]);
      expect(summary?.Note_Content).toContain('They want the secret discount.');
      expect(summary?.Note_Content).toContain('87%');
      expect(summary?.Note_Content).toContain('https://rec.example/1');
      expect(summary?.Note_Content).toContain(`/tab/Events/${event.id}`);
    }
    expect(product.crm.notes()).toHaveLength(3);
  });

  it('tells nothing of the conversation in the event unless the organization asks for it', async () => {
    const secrets = ['secret discount', 'Pricing', 'Send offer', 'Too expensive'];
    const quiet = await startConnected();
    await quiet.ingest('m1', meetingBody());
    await quiet.serve();
    const told = JSON.stringify(theEvent(quiet));
    for (const secret of secrets) expect(told).not.toContain(secret);
    expect(theEvent(quiet).Description).toContain('http://product.test/meetings/m1');
    const open = await startConnected({ policy: { describeContent: true } });
    await open.ingest('m1', meetingBody());
    await open.serve();
    expect(theEvent(open).Description).toContain('secret discount');
  });

  it('costs two write calls and two credits with eight further published records', async () => {
    const world = smallWorld();
    const roles = Array.from({ length: 8 }, (_, at) => ({ id: `45${at}`, name: `Deal ${at}` }));
    world.deals.push(
      ...roles.map((deal) => ({
        ...deal,
        accountId: ID.acme,
        stage: 'Qualification',
        engageDate: '2026-09-01',
        closeDate: '2027-01-31',
      })),
    );
    world.roles.push(...roles.slice(0, 7).map(({ id }) => ({ dealId: id, contactId: ID.ana, role: 'Decision Maker' })));
    const product = await startConnected({ world });
    await product.ingest('m1', meetingBody());
    const calls = await product.crm.calls(() => product.serve());
    const writes = writesOf(calls);
    // The primary deal, the account and seven other deals, and the event's own note.
    expect(product.crm.notes()).toHaveLength(1 + 1 + 8);
    expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /crm/v8/Events',
      'POST /crm/v8/Notes',
    ]);
    expect(writes.reduce((sum, row) => sum + row.credits, 0)).toBe(2);
  });

  it('costs nothing at all when it is published again unchanged', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody());
    await product.serve();
    const calls = await product.crm.calls(async () => {
      expect(await product.ingest('m1', meetingBody())).toMatchObject({ version: 1, state: 'published' });
      await product.serve();
      await publishNow({ ctx: product.ctx, input: { externalId: 'm1', isAnyway: false } });
      await product.serve();
    });
    expect(calls).toEqual([]);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', stateReason: 'Published and verified.' });
  });

  it('changes one record when the text of one note changes', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody());
    await product.serve();
    const before = new Map(product.crm.notes().map((note) => [note.id, note.Note_Content]));
    product.advance(60);
    await product.ingest(
      'm1',
      meetingBody({ notes: [{ id: 'n1', smartCategory: 'Objections', text: 'Cheap enough' }] }),
    );
    const writes = writesOf(await product.crm.calls(() => product.serve()));
    expect(writes).toHaveLength(1);
    const changed = product.crm.notes().filter((note) => note.Note_Content !== before.get(note.id));
    expect(changed).toHaveLength(1);
    expect(changed[0]?.Parent_Id).toBe(theEvent(product).id);
    expect(changed[0]?.Note_Content).toContain('Cheap enough');
    expect(await product.meeting('m1')).toMatchObject({
      version: 2,
      state: 'published',
      verifiedAt: '2026-11-20T15:01:00.000Z',
    });
  });

  it('belongs to the fallback owner when its host is nobody who works in the CRM', async () => {
    const product = await startConnected();
    const hosts = { gone: 'gone@us.example', unknown: 'nobody@us.example' };
    for (const [externalId, email] of Object.entries(hosts)) {
      const participants = [{ email, role: 'organizer' }, { email: 'ana@acme.example' }];
      await product.ingest(externalId, meetingBody({ participants }));
    }
    await product.serve();
    expect(product.crm.events().map((event) => event.Owner)).toEqual([ID.admin, ID.admin]);
  });

  it('waits until summary and notes are there', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody({ processed: { summaryAt: '2026-11-20T14:50:00Z' } }));
    await product.serve();
    expect(product.crm.events()).toEqual([]);
    expect(await product.meeting('m1')).toMatchObject({
      state: 'waiting',
      stateReason: 'The notes of this meeting are not finished yet.',
    });
    await product.ingest('m1', meetingBody({ notes: [], clips: [] }));
    await product.serve();
    expect(await product.meeting('m1')).toMatchObject({ state: 'published' });
    expect(product.crm.events()).toHaveLength(1);
  });

  it('gives no note to a record that was created long after it', async () => {
    const world = smallWorld();
    world.deals.push({
      id: '450',
      name: 'Much later',
      accountId: ID.acme,
      stage: 'Qualification',
      engageDate: '2026-11-01',
      closeDate: '2026-12-01',
    });
    world.roles.push({ dealId: '450', contactId: ID.ana, role: 'Decision Maker' });
    const product = await startConnected({ world });
    const body = meetingBody({ startsAt: '2026-09-15T10:00:00+02:00', endsAt: '2026-09-15T10:30:00+02:00' });
    await product.ingest('m1', body);
    await product.serve();
    const { associations } = await product.meeting('m1');
    expect(associations).toContainEqual(expect.objectContaining({ crmId: '450', published: false }));
    expect(product.crm.notesOf('450')).toEqual([]);
    expect(product.crm.notesOf(ID.renewal)).toHaveLength(1);
  });
});

describe('a meeting that is taken back', () => {
  it('leaves nothing in the CRM, and comes back when it is sent again', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody());
    await product.serve();
    await product.retract('m1');
    await product.serve();
    expect(product.crm.events()).toEqual([]);
    expect(product.crm.notes()).toEqual([]);
    expect(await product.meeting('m1')).toMatchObject({ state: 'retracted', inZoho: { eventId: null, notes: [] } });
    expect(product.crm.mails()).toEqual([]);
    await product.ingest('m1', meetingBody());
    await product.serve();
    expect(await product.meeting('m1')).toMatchObject({ state: 'published' });
    expect(product.crm.events()).toHaveLength(1);
    expect(product.crm.notes()).toHaveLength(3);
  });

  it('is taken out although a policy that is saved meanwhile publishes everything', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody());
    await product.serve();
    await product.retract('m1');
    await publishNow({ ctx: product.ctx, input: { externalId: 'm1', isAnyway: true } });
    await product.serve();
    expect(product.crm.events()).toEqual([]);
  });
});

describe('what is not published by itself', () => {
  const colleagues = [
    { name: 'Laura Host', email: 'host@us.example', role: 'organizer' },
    { name: 'Olga Admin', email: 'olga@us.example' },
  ];

  it.each([
    { what: 'private', body: meetingBody({ visibility: 'private' }), state: 'notPublished', canForce: false },
    { what: 'internal', body: meetingBody({ participants: colleagues }), state: 'notPublished', canForce: true },
    { what: 'unmatched', body: meetingBody({}, ['stranger@far.example']), state: 'held', canForce: true },
  ])('$what meetings stay here', async ({ body, state, canForce }) => {
    const product = await startConnected();
    await product.ingest('m1', body);
    const calls = await product.crm.calls(() => product.serve());
    expect(writesOf(calls)).toEqual([]);
    expect(await product.meeting('m1')).toMatchObject({ state });
    await publishNow({ ctx: product.ctx, input: { externalId: 'm1', isAnyway: true } });
    await product.serve();
    expect(product.crm.events()).toHaveLength(canForce ? 1 : 0);
    expect(await product.meeting('m1')).toMatchObject({ state: canForce ? 'published' : state });
  });

  it('leaves the CRM again when it becomes private', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody());
    await product.serve();
    await product.ingest('m1', meetingBody({ visibility: 'private' }));
    await product.serve();
    expect([...product.crm.events(), ...product.crm.notes()]).toEqual([]);
    expect(await product.meeting('m1')).toMatchObject({
      state: 'notPublished',
      stateReason: 'This meeting is private.',
    });
  });
});

describe('safe mode', () => {
  it('names everybody in the description, lists nobody, and gives contacts the note', async () => {
    const product = await startTestProduct(database);
    await product.connect();
    await database.db.query('update connections set is_safe_mode = true where organization_id = $1', [
      product.organizationId,
    ]);
    await product.ingest('m1', meetingBody({}, ['ana@acme.example', 'ben@acme.example', 'stranger@far.example']));
    await product.serve();
    const event = theEvent(product);
    expect(participantsOf(event)).toEqual([]);
    for (const person of ['ben@acme.example', 'stranger@far.example']) expect(event.Description).toContain(person);
    expect(titles(product.crm.notesOf(ID.ben))).toEqual(['Meeting summary']);
    expect(product.crm.mails()).toEqual([]);
  });
});
