import { describe, expect, it } from 'vitest';
import { CANARY_SCOPES, FIELD_REMOVAL_SCOPES, SCOPES } from '../../src/crm/scopes.ts';
import type { LeaveChoices } from '../../src/domain/leave-choices.ts';
import { createOptionalFields } from '../../src/features/connect/create-optional-fields.ts';
import { openCalendar } from '../harness/calendar.ts';
import { createTestDatabase } from '../harness/database.ts';
import { DELETION_MAILS, MAILS, tables } from '../harness/org-tables.ts';
import { meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { bodyAt, connectAs, connectionOf } from './connect-as.ts';

const database = await createTestDatabase();
const PATH = '/api/v1/integrations/zoho/leave';
const ALL: LeaveChoices = { events: 'remove', notes: 'remove', ids: 'remove', fields: 'remove' };
const NO_FIELDS: LeaveChoices = { ...ALL, fields: 'keep' };
const NOTHING: LeaveChoices = { events: 'keep', notes: 'keep', ids: 'keep', fields: 'keep' };
const CALENDAR_TIMES = { startsAt: '2026-11-18T09:00:00Z', endsAt: '2026-11-18T09:30:00Z' };

type Leaving = { product: TestProduct; server: TestServer; before: unknown };

/** An org with an event of the calendar's, three meetings that were published and one whose event is the calendar's. */
async function start(options: { meetings?: number; optionalFields?: boolean } = {}): Promise<Leaving> {
  const product = await startConnectedProduct(database);
  await connectAs(product, { scopes: [...SCOPES, ...FIELD_REMOVAL_SCOPES] });
  await openCalendar(product).put({ title: 'Calendar', ...CALENDAR_TIMES });
  product.advance(60);
  await product.settle();
  const before = tables(product);
  if (options.optionalFields === true) {
    const keys = ['activityType', 'aiScore', 'recording'] as const;
    await createOptionalFields({ ctx: product.ctx, gateway: product.gateway(), input: { keys: [...keys] } });
  }
  for (let at = 0; at < (options.meetings ?? 3); at++) await product.ingest(`m${at}`, bodyAt(at));
  await product.ingest('adopted', meetingBody({ title: 'Calendar', ...CALENDAR_TIMES }));
  await product.settle();
  expect(product.crm.events()).toHaveLength((options.meetings ?? 3) + 1);
  return { product, server: await startTestServer(product), before };
}

const get = async ({ server }: Pick<Leaving, 'server'>, choices: Partial<LeaveChoices> = {}) =>
  (await server.as('admin', { method: 'GET', url: `${PATH}?${new URLSearchParams(choices).toString()}` })).json();

const post = ({ server }: Pick<Leaving, 'server'>, step = '', payload?: object) =>
  server.as('admin', { method: 'POST', url: `${PATH}${step}`, ...(payload === undefined ? {} : { payload }) });

async function leave(leaving: Leaving, choices: LeaveChoices): Promise<void> {
  const response = await post(leaving, '', choices);
  expect(response.json(), response.body).toMatchObject({ run: { phase: 'taking_out' } });
  await leaving.product.settle();
}

const eventOf = ({ crm }: TestProduct, title: string) => crm.events().find((event) => event.Event_Title === title);
const ownFields = ({ crm }: TestProduct) => {
  const events = crm.org().module('Events');
  return events === undefined
    ? []
    : crm
        .org()
        .fields(events)
        .filter(({ isCustom }) => isCustom)
        .map(({ label }) => label)
        .sort();
};
const ID = 'Salescaling_Meeting_ID';
const credits = (calls: { credits: number }[]) => calls.reduce((sum, call) => sum + call.credits, 0);

describe('leaving', () => {
  it('tells what is ours, what choices do and cost, and writes nothing before somebody says so', async () => {
    const leaving = await start();
    const { product, server } = leaving;
    const before = tables(product);
    const calls = await product.crm.calls(async () => {
      expect(await get(leaving)).toMatchObject({
        connection: 'connected',
        written: { meetings: 4, ownEvents: 3, adoptedEvents: 1, ids: 4, eventsEdited: 0, notesEdited: 0, channels: 0 },
        choices: NO_FIELDS,
        preview: { meetings: 4, eventsDeleted: 3, eventsReleased: 1, idsTaken: 0, eventsLeft: 0 },
        run: null,
        atRest: 0,
      });
      const kept = await get(leaving, { events: 'keep', notes: 'keep' });
      expect(kept.preview).toMatchObject({ eventsDeleted: 0, notesDeleted: 0, idsTaken: 3, eventsKept: 3 });
      const nothing = await get(leaving, NOTHING);
      expect(nothing).toMatchObject({ refusal: expect.stringContaining('Disconnect'), preview: null });
      expect((await post(leaving, '', NOTHING)).statusCode).toBe(422);
    });
    expect(calls).toEqual([]);
    const { written } = await get(leaving);
    expect(written.summaryNotes + written.consolidatedNotes).toBe(product.crm.notes().length);
    expect(written.fields).toEqual([{ apiName: ID, label: 'Salescaling Meeting ID' }]);
    expect((await server.as('regular', { method: 'GET', url: PATH })).statusCode).toBe(403);
    expect((await server.as('regular', { method: 'POST', url: PATH, payload: ALL })).statusCode).toBe(403);
    expect(tables(product)).toEqual(before);
  });

  it('takes out everything with its fields, mails nobody, and gives the access back', async () => {
    const leaving = await start({ optionalFields: true });
    const { product } = leaving;
    product.crm.set({ ...MAILS, ...DELETION_MAILS });
    const { preview } = await get(leaving, ALL);
    expect(preview).toMatchObject({ fieldsRemoved: 4, credits: { fields: 6 } });
    const calls = await product.crm.calls(() => leave(leaving, ALL));
    expect(tables(product)).toEqual(leaving.before);
    expect(ownFields(product)).toEqual([]);
    expect(product.crm.mails()).toEqual([]);
    expect(credits(calls)).toBe(preview.credits.total);
    expect(await get(leaving)).toMatchObject({
      connection: 'disconnected',
      run: {
        phase: 'over',
        steps: [],
        progress: { meetings: 4, done: 4, left: 0 },
        result: { events: 0, adoptedEvents: 0, notes: 0, ids: 0, problems: [] },
      },
      atRest: 4,
    });
    expect((await get(leaving)).written).toMatchObject({ meetings: 0, fields: [] });
    expect(await product.meeting('m0')).toMatchObject({ state: 'notPublished' });
    const rows = await product.operations('m0');
    expect(rows.filter(({ action }) => action === 'delete_event')).toMatchObject([{ state: 'done' }]);
  });

  it('reads back at the end which events still carry an id', async () => {
    const leaving = await start();
    const { preview } = await get(leaving, NO_FIELDS);
    const calls = await leaving.product.crm.calls(() => leave(leaving, NO_FIELDS));
    expect(tables(leaving.product)).toEqual(leaving.before);
    expect(credits(calls)).toBe(preview.credits.total);
    expect(ownFields(leaving.product)).toEqual(['Salescaling Meeting ID']);
    expect((await get(leaving)).run.result).toMatchObject({ ids: 0, idsSeen: 0, problems: [] });
  });

  it('keeps events and takes notes and ids, ten ids a credit; a reconnection doubles nothing', async () => {
    const leaving = await start({ meetings: 12 });
    const { product } = leaving;
    const choices: LeaveChoices = { events: 'keep', notes: 'remove', ids: 'remove', fields: 'keep' };
    const { preview } = await get(leaving, choices);
    expect(preview).toMatchObject({ idsTaken: 12, eventsReleased: 1, eventsDeleted: 0 });
    const calls = await product.crm.calls(() => leave(leaving, choices));
    expect(credits(calls)).toBe(preview.credits.total);
    expect(product.crm.events()).toHaveLength(13);
    expect(product.crm.events().filter((event) => (event[ID] ?? null) !== null)).toEqual([]);
    expect(product.crm.notes()).toEqual([]);
    expect(JSON.stringify(eventOf(product, 'Meeting 0')?.Participants)).toContain('contact');

    await connectAs(product);
    await product.settle();
    expect(product.crm.notes()).toEqual([]);
    await product.ingest('new', bodyAt(20));
    await product.settle();
    expect(await product.meeting('new')).toMatchObject({ state: 'published' });
    expect(product.crm.events()).toHaveLength(14);
    expect((await post(leaving, '/bring-back')).statusCode).toBe(202);
    await product.settle();
    expect(product.crm.events()).toHaveLength(14);
    expect(await product.meeting('m0')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
    const meeting = await product.meeting('m0');
    expect(eventOf(product, 'Meeting 0')?.[ID]).toBe(meeting.id);
    const adopted = await product.meeting('adopted');
    expect(adopted).toMatchObject({ state: 'published', inZoho: { differences: [] } });
    expect(eventOf(product, 'Calendar')?.[ID]).toBe(adopted.id);
    expect((await post(leaving, '/bring-back')).statusCode).toBe(409);
  });

  it('keeps events and notes and only takes the ids: a reconnection goes on with them by itself', async () => {
    const leaving = await start();
    const { product } = leaving;
    const notes = product.crm.notes().length;
    await leave(leaving, { events: 'keep', notes: 'keep', ids: 'remove', fields: 'keep' });
    expect(product.crm.events().map((event) => event[ID] ?? null)).toEqual([null, null, null, null]);
    const calendar = eventOf(product, 'Calendar');
    expect([calendar?.What_Id ?? null, calendar?.Who_Id ?? null]).toEqual([null, null]);
    expect(product.crm.notes()).toHaveLength(notes);
    expect((await get(leaving)).atRest).toBe(0);
    await connectAs(product);
    await product.settle();
    expect(product.crm.events()).toHaveLength(4);
    expect(product.crm.notes()).toHaveLength(notes);
    for (const key of ['m0', 'm1', 'm2', 'adopted']) {
      const meeting = await product.meeting(key);
      expect(meeting, key).toMatchObject({ state: 'published', inZoho: { differences: [] } });
      const event = product.crm.events().find(({ id }) => id === meeting.inZoho.eventId);
      expect(event?.[ID], key).toBe(meeting.id);
    }
  });

  it('keeps events while the field goes: the ids go with it, and come back with a new field', async () => {
    const leaving = await start();
    const { product } = leaving;
    const choices: LeaveChoices = { events: 'keep', notes: 'keep', ids: 'keep', fields: 'remove' };
    const { preview } = await get(leaving, choices);
    expect(preview).toMatchObject({ idsTaken: 0, eventsReleased: 1, fieldsRemoved: 1 });
    expect(preview.says.join(' ')).toContain('The ids go with the field');
    const calls = await product.crm.calls(() => leave(leaving, choices));
    expect(credits(calls)).toBe(preview.credits.total);
    expect(product.crm.events()).toHaveLength(4);
    expect(product.crm.events().filter((event) => ID in event)).toEqual([]);
    await connectAs(product);
    await product.settle();
    expect(product.crm.events()).toHaveLength(4);
    const meeting = await product.meeting('m1');
    expect(meeting).toMatchObject({ state: 'published', inZoho: { differences: [] } });
    expect(eventOf(product, 'Meeting 1')?.[ID]).toBe(meeting.id);
  });

  it('keeps notes on records while events go, and takes those that hang on the events', async () => {
    const leaving = await start();
    const { product } = leaving;
    const onRecords = product.crm
      .notes()
      .filter((note) => !product.crm.events().some(({ id }) => id === note.Parent_Id));
    const calendarNotes = product.crm.notesOf(String(eventOf(product, 'Calendar')?.id));
    await leave(leaving, { events: 'remove', notes: 'keep', ids: 'remove', fields: 'keep' });
    expect(product.crm.events().map((event) => event.Event_Title)).toEqual(['Calendar']);
    const left = product.crm.notes().map(({ id }) => id);
    expect(left.sort()).toEqual([...onRecords, ...calendarNotes].map(({ id }) => id).sort());
    await connectAs(product);
    await product.settle();
    await post(leaving, '/bring-back');
    await product.settle();
    expect(product.crm.events()).toHaveLength(4);
    expect(product.crm.notesOf(String(eventOf(product, 'Calendar')?.id))).toHaveLength(calendarNotes.length);
    expect(await product.meeting('m0')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
  });

  it('leaves what people edited and says so, but for the ids on it', async () => {
    const leaving = await start();
    const { product } = leaving;
    product.advance(120);
    product.crm.edit('Events', String(eventOf(product, 'Meeting 0')?.id), { Event_Title: 'Mine now' });
    product.advance(600);
    await product.settle();
    const { preview, written } = await get(leaving);
    expect(written).toMatchObject({ eventsEdited: 1 });
    expect(preview).toMatchObject({ eventsDeleted: 2, eventsLeft: 1, idsTaken: 1 });
    expect(preview.left).toEqual([{ externalId: 'm0', title: 'Meeting 0', detail: expect.stringContaining('title') }]);
    const [note] = product.crm.notesOf(String(eventOf(product, 'Meeting 1')?.id));
    product.crm.edit('Notes', String(note?.id), { Note_Content: 'Call them on Monday.' });
    await leave(leaving, NO_FIELDS);
    const titles = product.crm.events().map((event) => event.Event_Title);
    expect(titles.sort()).toEqual(['Calendar', 'Meeting 1', 'Mine now']);
    expect(product.crm.events().filter((event) => (event[ID] ?? null) !== null)).toEqual([]);
    expect(product.crm.notes().map((one) => one.Note_Content)).toEqual(['Call them on Monday.']);
    expect((await get(leaving)).run.result).toMatchObject({ events: 2, notes: 1, ids: 0, idsSeen: 0 });
    expect(await product.meeting('m0')).toMatchObject({ stateReason: expect.stringContaining('Left in Zoho') });
  });

  it('can be stopped, resumed and cancelled, and publishes nothing new meanwhile', async () => {
    const leaving = await start({ meetings: 5 });
    const { product } = leaving;
    await post(leaving, '', NO_FIELDS);
    expect((await post(leaving, '/stop')).json()).toMatchObject({
      run: { phase: 'stopped', steps: ['resume', 'cancel'] },
    });
    await product.ingest('new', bodyAt(20));
    await product.settle();
    expect(product.crm.events()).toHaveLength(6);
    expect(await product.meeting('new')).toMatchObject({ state: 'waiting' });
    expect((await post(leaving, '', ALL)).statusCode).toBe(409);
    const publish = { method: 'POST', url: '/api/v1/meetings/m0/publish', payload: {} } as const;
    expect((await leaving.server.as('admin', publish)).statusCode).toBe(409);

    expect((await post(leaving, '/cancel')).json()).toMatchObject({ run: { phase: 'cancelled', steps: [] } });
    await product.settle();
    expect(product.crm.events()).toHaveLength(7);
    expect(await product.meeting('m0')).toMatchObject({ state: 'published' });
    expect((await connectionOf(product)).state).toBe('connected');

    await post(leaving, '', NO_FIELDS);
    await post(leaving, '/stop');
    await post(leaving, '/resume');
    await product.settle();
    expect(tables(product)).toEqual(leaving.before);
    expect((await post(leaving, '/stop')).statusCode).toBe(409);
  });

  it('stops when somebody disconnects on the way, and goes on only when told', async () => {
    const leaving = await start();
    const { product, server } = leaving;
    await post(leaving, '', NO_FIELDS);
    await server.as('admin', { method: 'POST', url: '/api/v1/integrations/zoho/disconnect', payload: {} });
    await connectAs(product);
    await product.settle();
    expect(product.crm.events()).toHaveLength(4);
    expect((await get(leaving)).run.phase).toBe('stopped');
    await post(leaving, '/resume');
    await product.settle();
    expect(tables(product)).toEqual(leaving.before);
    expect((await connectionOf(product)).state).toBe('disconnected');
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('goes on after its process was killed at its request %i', async (at) => {
    const leaving = await start({ optionalFields: true });
    const { product } = leaving;
    await post(leaving, '', ALL);
    let request = 0;
    let kill: () => void = () => undefined;
    const killed = new Promise<void>((resolve) => {
      kill = resolve;
    });
    product.intercept(async (_call, send) => {
      const answer = await send();
      if (request++ !== at) return answer;
      kill();
      return new Promise<never>(() => undefined);
    });
    await Promise.race([product.serve(), killed]);
    expect(request).toBe(at + 1);
    await product.restart();
    await product.settle();
    product.advance(61);
    await product.settle();
    expect(tables(product)).toEqual(leaving.before);
    expect(ownFields(product)).toEqual([]);
    const { connection, run } = await get(leaving);
    expect([connection, run.phase]).toEqual(['disconnected', 'over']);
  });

  it('says which field Zoho keeps, and leaves a field that was there before us', async () => {
    const leaving = await start({ optionalFields: true });
    const { product } = leaving;
    product.crm.set({ fieldsInUse: 'Events.AI_Score' });
    await leave(leaving, ALL);
    expect(ownFields(product)).toEqual(['AI Score']);
    const { run } = await get(leaving);
    expect(run.phase).toBe('over');
    expect(run.result.problems).toEqual([expect.stringContaining('Zoho kept the field “AI Score”')]);
    expect(run.fields.find(({ label }: { label: string }) => label === 'AI Score')).toMatchObject({ state: 'failed' });
    // The field loses the words that make it ours: from now on it is the customer's.
    const events = product.crm.org().module('Events');
    const field =
      events &&
      product.crm
        .org()
        .fields(events)
        .find(({ label }) => label === 'AI Score');
    if (events === undefined || field === undefined) throw new Error('The field is gone.');
    const { tooltip: _ours, id, ...shape } = field;
    product.crm.org().removeField(id);
    product.crm.org().addField(events, shape);
    product.crm.set({ fieldsInUse: '' });
    product.advance(60);
    await connectAs(product, { scopes: [...SCOPES, ...FIELD_REMOVAL_SCOPES] });
    await product.settle();
    await leave(leaving, ALL);
    expect(ownFields(product)).toEqual(['AI Score']);
    expect((await get(leaving)).run.result.problems).toEqual([]);
  });

  it('says what stays because taking it out would mail people', async () => {
    const leaving = await start();
    const { product } = leaving;
    const modes = { contacts: true, emails: true, users: true, contactOfEvent: true, updates: false, notes: true };
    await product.db.query('update connections set mail_modes = $2 where organization_id = $1', [
      product.organizationId,
      JSON.stringify({ ...modes, deletes: false }),
    ]);
    product.crm.set({ ...MAILS, ...DELETION_MAILS, mailsOnUpdate: true });
    await leave(leaving, NO_FIELDS);
    expect(product.crm.mails()).toEqual([]);
    expect(product.crm.events()).toHaveLength(4);
    expect(product.crm.notes()).toEqual([]);
    const { problems, events } = (await get(leaving)).run.result;
    expect([events, problems]).toEqual([3, [expect.stringContaining('3 of our events, 1 of our ids')]]);
    expect(await product.meeting('m0')).toMatchObject({ stateReason: expect.stringContaining('mails people') });
  });

  it('asks for the right to delete fields only here', async () => {
    const product = await startConnectedProduct(database);
    const server = await startTestServer(product);
    const leaving = { product, server };
    expect((await connectionOf(product)).scopes).not.toContain(FIELD_REMOVAL_SCOPES[0]);
    expect((await get(leaving)).missingScopes).toEqual([...FIELD_REMOVAL_SCOPES]);
    const refused = await post(leaving, '', ALL);
    expect([refused.statusCode, refused.json().detail]).toEqual([409, expect.stringContaining('deleting fields')]);
    const { authorizeUrl } = (await post(leaving, '/consent')).json();
    const scope = new URL(authorizeUrl).searchParams.get('scope');
    expect(scope).toContain(FIELD_REMOVAL_SCOPES[0]);
    expect(scope).not.toContain(CANARY_SCOPES[0]);
  });

  it('closes the notification channel', async () => {
    const product = await startConnectedProduct(database, { hooksBaseUrl: 'https://hooks.test' });
    await product.ingest('m0', bodyAt(0));
    await product.settle();
    const server = await startTestServer(product);
    const leaving = { product, server, before: null };
    const { written, preview } = await get(leaving);
    expect([written.channels, preview.credits.closing]).toEqual([1, 1]);
    const calls = await product.crm.calls(() => leave(leaving, NO_FIELDS));
    expect(calls.filter(({ method, path }) => method === 'DELETE' && path.endsWith('/actions/watch'))).toHaveLength(1);
    expect((await get(leaving)).written.channels).toBe(0);
  });
});
