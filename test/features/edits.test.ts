import { describe, expect, it } from 'vitest';
import { publishNow } from '../../src/features/publish/publish-now.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();
const PEOPLE = ['ana@acme.example', 'ben@acme.example', 'lea@new.example', 'stranger@far.example'];

async function startPublished(people = PEOPLE): Promise<TestProduct> {
  const product = await startConnectedProduct(database);
  await product.ingest('m1', meetingBody({}, people));
  await product.settle();
  expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
  product.advance(60);
  return product;
}

function theEvent({ crm }: TestProduct) {
  const [event, ...more] = crm.events();
  expect(more).toEqual([]);
  if (event === undefined) throw new Error('There is no event.');
  return event;
}

/** A person edits the event in Zoho, and the next poll tells us. */
async function edit(product: TestProduct, fields: Record<string, unknown>): Promise<void> {
  product.crm.edit('Events', theEvent(product).id, { ...(fields as Record<string, string>), Modified_By: ID.host });
  await poll(product);
}

async function poll(product: TestProduct): Promise<void> {
  product.advance(400);
  await product.settle();
  product.advance(60);
}

/** As after a try-out in which Zoho mailed nobody: without it, no people are added to an event that a person has put people on. */
async function proveSilence({ db, organizationId }: TestProduct): Promise<void> {
  const kinds = ['contacts', 'emails', 'users', 'contactOfEvent', 'updates', 'notes', 'deletes'];
  const modes = Object.fromEntries(kinds.map((kind) => [kind, true]));
  await db.query('update connections set mail_modes = $2 where organization_id = $1', [
    organizationId,
    JSON.stringify(modes),
  ]);
}

/** Deletes as a person does on the sandbox's page: it goes to the list of deleted records. */
function remove(product: TestProduct, module: string, id: string): void {
  const org = product.crm.org();
  const row = org.module(module)?.records.get(id);
  if (row === undefined) throw new Error(`There is no ${module} ${id}.`);
  org.module(module)?.records.remove(id);
  org.deleted.put({
    id,
    module,
    display_name: String(row.Event_Title ?? row.Note_Title ?? ''),
    type: 'recycle',
    deleted_time: product.crm.world.clock.now(),
    deleted_by: ID.host,
    created_by: ID.admin,
    held: '{}',
  });
}

const participantsOf = (event: Record<string, unknown>) =>
  (event.Participants as { type: string; participant: string }[]).map((one) => `${one.type} ${one.participant}`).sort();

describe('an event that people edit in Zoho', () => {
  it('keeps the title and time from there while everything else follows us', async () => {
    const product = await startPublished();
    await edit(product, { Event_Title: 'Their title', Start_DateTime: Date.UTC(2026, 10, 20, 12, 30) });
    const told = await product.meeting('m1');
    expect(told.stateReason).toContain('edited in Zoho by Laura Host and keeps its time and title');
    await product.ingest('m1', meetingBody({ title: 'Renamed here', notes: [{ id: 'n1', text: 'Cheaper' }] }, PEOPLE));
    await product.settle();
    expect(theEvent(product)).toMatchObject({
      Event_Title: 'Their title',
      Start_DateTime: Date.UTC(2026, 10, 20, 12, 30),
    });
    expect(product.crm.notesOf(theEvent(product).id)).toMatchObject([
      { Note_Content: expect.stringContaining('Cheaper') },
    ]);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
  });

  it('moved to another deal is pinned there, and the deal that it left is excluded', async () => {
    const product = await startPublished(['ana@acme.example']);
    expect(theEvent(product)).toMatchObject({ What_Id: ID.renewal });
    await edit(product, { What_Id: ID.pilot });
    const meeting = await product.meeting('m1');
    expect(meeting.associations).toContainEqual(
      expect.objectContaining({
        crmId: ID.pilot,
        decision: 'added',
        publishedAs: 'primary',
        reason: expect.stringContaining('in Zoho'),
      }),
    );
    expect(meeting.notLinked).toContainEqual(expect.objectContaining({ crmId: ID.renewal, cause: 'excluded' }));
    expect(meeting.primary).toMatchObject({ crmId: ID.pilot });
    expect(theEvent(product)).toMatchObject({ What_Id: ID.pilot });
    expect(product.crm.notesOf(ID.renewal)).toEqual([]);
    expect(product.crm.notesOf(ID.pilot)).toHaveLength(1);
    await product.ingest('m1', meetingBody({ title: 'Renamed' }, ['ana@acme.example']));
    await product.settle();
    expect(theEvent(product)).toMatchObject({ What_Id: ID.pilot, Event_Title: 'Renamed' });
  });

  it('moved to its deal’s own account keeps that account’s links', async () => {
    const product = await startPublished(['ana@acme.example']);
    await edit(product, { What_Id: ID.acme, $se_module: 'Accounts' });
    expect(theEvent(product)).toMatchObject({ What_Id: ID.acme });
    const { associations } = await product.meeting('m1');
    expect(associations).toContainEqual(
      expect.objectContaining({ crmId: ID.acme, decision: 'pinned', publishedAs: 'primary' }),
    );
    await edit(product, { What_Id: ID.renewal, $se_module: 'Deals' });
    const back = await product.meeting('m1');
    expect(back.associations).toContainEqual(expect.objectContaining({ crmId: ID.acme }));
    expect(back.associations).toContainEqual(expect.objectContaining({ crmId: ID.renewal, publishedAs: 'primary' }));
  });

  it('has people added and removed there, and our list never brings them back', async () => {
    const product = await startPublished();
    await proveSilence(product);
    const before = theEvent(product);
    const list = (before.Participants as { type: string; participant: string }[]).filter(
      (one) => one.participant !== ID.ben && one.participant !== 'stranger@far.example',
    );
    const cleo = { id: '9001', type: 'contact', participant: ID.cleo, Email: null, name: null, invited: false };
    await edit(product, { Participants: [...list, cleo] });
    const meeting = await product.meeting('m1');
    expect(meeting.notLinked).toContainEqual(expect.objectContaining({ crmId: ID.ben, cause: 'excluded' }));
    expect(meeting.associations).toContainEqual(expect.objectContaining({ crmId: ID.cleo, decision: 'added' }));
    await product.ingest('m1', meetingBody({ title: 'Renamed' }, [...PEOPLE, 'late@far.example']));
    await product.settle();
    const after = participantsOf(theEvent(product));
    expect(after).toContain(`contact ${ID.cleo}`);
    expect(after).toContain('email late@far.example');
    expect(after).not.toContain(`contact ${ID.ben}`);
    expect(after).not.toContain('email ben@acme.example');
    expect(after).not.toContain('email stranger@far.example');
  });

  it('keeps text beside our block, and has the block itself replaced', async () => {
    const product = await startPublished();
    const ours = String(theEvent(product).Description);
    await edit(product, { Description: `Call them first.\n${ours}\nAsk for Bo.` });
    await product.ingest('m1', meetingBody({ activityType: 'Discovery' }, PEOPLE));
    await product.settle();
    const text = String(theEvent(product).Description);
    expect(text).toMatch(/^Call them first\.\n--- Salescaling ---\n[\s\S]*Discovery[\s\S]*\nAsk for Bo\.$/);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', needsYou: false });
  });

  it('asks when our own block was edited, and lets it stand', async () => {
    const product = await startPublished();
    const edited = String(theEvent(product).Description).replace('Duration', 'Length');
    await edit(product, { Description: edited });
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', needsYou: true });
    await product.ingest('m1', meetingBody({ title: 'Renamed', activityType: 'Discovery' }, PEOPLE));
    await product.settle();
    expect(theEvent(product)).toMatchObject({ Description: edited, Event_Title: 'Renamed' });
    await publishNow({
      ctx: product.ctx,
      input: { externalId: 'm1', isAnyway: false, overwriteEdits: true },
    });
    await product.settle();
    expect(String(theEvent(product).Description)).toContain('Duration');
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', needsYou: false });
  });

  it('whose last link went by an edit stays where it is', async () => {
    const product = await startPublished(['solo@nowhere.example']);
    expect(theEvent(product)).toMatchObject({ Who_Id: ID.solo });
    await edit(product, { Who_Id: null, Participants: [] });
    const meeting = await product.meeting('m1');
    expect(meeting.associations).toEqual([]);
    expect(meeting.state).toBe('published');
    expect(theEvent(product)).toMatchObject({ Who_Id: null });
  });

  it('is written only where nobody was faster', async () => {
    const product = await startPublished();
    await product.ingest('m1', meetingBody({ title: 'Ours', activityType: 'Discovery' }, PEOPLE));
    let edits = 0;
    product.intercept(async (call, send) => {
      if (call.method === 'PUT' && call.url.pathname.endsWith('/Events') && edits++ === 0) {
        product.crm.edit('Events', theEvent(product).id, { Event_Title: 'Faster', Modified_By: ID.host });
      }
      return send();
    });
    await product.settle();
    expect(edits).toBeGreaterThan(1);
    expect(theEvent(product)).toMatchObject({ Event_Title: 'Faster' });
    expect(String(theEvent(product).Description)).toContain('Discovery');
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
  });

  it('takes our own lost answer for nobody’s edit', async () => {
    const product = await startPublished();
    await product.ingest('m1', meetingBody({ title: 'Ours' }, PEOPLE));
    product.crm.fault({ match: { method: 'PUT', path: '/crm/' }, kind: 'commit-then-cut', count: 1 });
    await product.settle();
    await poll(product);
    await product.ingest('m1', meetingBody({ title: 'Ours again' }, PEOPLE));
    await product.settle();
    expect(theEvent(product)).toMatchObject({ Event_Title: 'Ours again' });
    expect((await product.meeting('m1')).stateReason).toBe('Published and verified.');
  });
});

describe('an event that people delete in Zoho', () => {
  it('is neither written again nor cleaned up after, until somebody asks', async () => {
    const product = await startPublished();
    remove(product, 'Events', theEvent(product).id);
    const notes = product.crm.notesOf(ID.acme).length;
    await poll(product);
    const meeting = await product.meeting('m1');
    expect(meeting).toMatchObject({ state: 'notPublished', needsYou: true });
    expect(meeting.stateReason).toMatch(/^The event was deleted in Zoho by Laura Host on 2026-11-20/);
    await product.ingest('m1', meetingBody({ title: 'Renamed' }, PEOPLE));
    await product.settle();
    expect(product.crm.events()).toEqual([]);
    expect(product.crm.notesOf(ID.acme)).toHaveLength(notes);
    await publishNow({ ctx: product.ctx, input: { externalId: 'm1', isAnyway: false } });
    await product.settle();
    expect(theEvent(product)).toMatchObject({ Event_Title: 'Renamed' });
    expect(await product.meeting('m1')).toMatchObject({ state: 'published' });
  });

  it('is published as before once it is restored', async () => {
    const product = await startPublished();
    const row = theEvent(product);
    const table = product.crm.org().module('Events')?.records;
    remove(product, 'Events', row.id);
    await poll(product);
    expect(await product.meeting('m1')).toMatchObject({ state: 'notPublished' });
    table?.put({ ...row, Modified_Time: product.crm.world.clock.now() });
    product.crm.org().deleted.remove(row.id);
    await product.ingest('m1', meetingBody({ title: 'Renamed' }, PEOPLE));
    await poll(product);
    expect(theEvent(product)).toMatchObject({ id: row.id, Event_Title: 'Renamed' });
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', needsYou: false });
  });
});

describe('notes that people touch in Zoho', () => {
  it('are left alone once they are edited', async () => {
    const product = await startPublished();
    const [note] = product.crm.notesOf(ID.acme);
    product.crm.edit('Notes', String(note?.id), { Note_Content: 'Our own words.', Modified_By: ID.host });
    await poll(product);
    await product.ingest('m1', meetingBody({ title: 'Renamed', summary: { text: 'Rewritten summary' } }, PEOPLE));
    await product.settle();
    expect(product.crm.notesOf(ID.acme)).toMatchObject([{ Note_Content: 'Our own words.' }]);
    expect(product.crm.notesOf(ID.renewal)).toMatchObject([
      { Note_Content: expect.stringContaining('Rewritten summary') },
    ]);
    const meeting = await product.meeting('m1');
    expect(meeting).toMatchObject({ state: 'published', inZoho: { differences: [] } });
    expect(meeting.stateReason).toContain('was edited in Zoho by Laura Host and is left alone');
  });

  it('are not written again once they are deleted', async () => {
    const product = await startPublished();
    const [note] = product.crm.notesOf(ID.acme);
    remove(product, 'Notes', String(note?.id));
    await product.ingest('m1', meetingBody({ title: 'Renamed' }, PEOPLE));
    await product.settle();
    expect(product.crm.notesOf(ID.acme)).toEqual([]);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
    await publishNow({ ctx: product.ctx, input: { externalId: 'm1', isAnyway: false } });
    await product.settle();
    expect(product.crm.notesOf(ID.acme)).toHaveLength(1);
  });
});

describe('a note that went with its record', () => {
  it('was deleted by nobody, and is ours again when the record comes back with it', async () => {
    const product = await startPublished();
    const acme = product.crm.records('Accounts').find(({ id }) => id === ID.acme);
    const notes = product.crm.notesOf(ID.acme);
    for (const note of notes) remove(product, 'Notes', note.id);
    remove(product, 'Accounts', ID.acme);
    await poll(product);
    await poll(product);
    const without = await product.meeting('m1');
    expect(without.state).toBe('published');
    expect(without.associations).not.toContainEqual(expect.objectContaining({ crmId: ID.acme }));
    if (acme === undefined) throw new Error('There was no account.');
    const org = product.crm.org();
    for (const { id } of [acme, ...notes]) org.deleted.remove(id);
    for (const note of notes) org.module('Notes')?.records.put(note);
    org.module('Accounts')?.records.put({ ...acme, Modified_Time: product.crm.world.clock.now() });
    await poll(product);
    await poll(product);
    expect((await product.meeting('m1')).associations).toContainEqual(expect.objectContaining({ crmId: ID.acme }));
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
    expect(product.crm.notesOf(ID.acme)).toHaveLength(1);
    await product.ingest('m1', meetingBody({ title: 'Renamed' }, PEOPLE));
    await product.settle();
    expect(product.crm.notesOf(ID.acme)).toMatchObject([{ Note_Title: expect.stringContaining('Renamed') }]);
  });
});

describe('a meeting that is taken back', () => {
  it('leaves what people edited, and says so', async () => {
    const product = await startPublished();
    const [note] = product.crm.notesOf(ID.acme);
    product.crm.edit('Notes', String(note?.id), { Note_Content: 'Our own words.', Modified_By: ID.host });
    await product.retract('m1');
    await product.settle();
    expect(product.crm.events()).toEqual([]);
    expect(product.crm.notes()).toMatchObject([{ Note_Content: 'Our own words.' }]);
    const meeting = await product.meeting('m1');
    expect(meeting.state).toBe('retracted');
    expect(meeting.stateReason).toContain('Left in Zoho: the note');
  });

  it('leaves an event that somebody has worked on', async () => {
    const product = await startPublished();
    product.crm.edit('Events', theEvent(product).id, { Event_Title: 'Ours now', Modified_By: ID.host });
    await product.retract('m1');
    await product.settle();
    expect(theEvent(product)).toMatchObject({ Event_Title: 'Ours now' });
    expect(product.crm.notes()).toEqual([]);
    expect((await product.meeting('m1')).stateReason).toContain('the event was edited there by Laura Host');
  });
});

describe('a record that is gone in Zoho and not here yet', () => {
  it('stops nothing but its own note, and is found out', async () => {
    const product = await startConnectedProduct(database);
    remove(product, 'Accounts', ID.acme);
    await product.ingest('m1', meetingBody());
    const told: string[] = [];
    product.intercept(async (_call, send) => {
      told.push((await product.meeting('m1')).stateReason);
      return send();
    });
    await product.serve();
    expect(told.join()).toContain('Acme is not in Zoho any more');
    await product.settle();
    const meeting = await product.meeting('m1');
    expect(meeting).toMatchObject({ state: 'published', inZoho: { differences: [] } });
    expect(meeting.associations).not.toContainEqual(expect.objectContaining({ crmId: ID.acme }));
    expect(product.crm.notesOf(ID.renewal)).toHaveLength(1);
  });
});
