import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../harness/database.ts';
import {
  meetingBody,
  type ProductOptions,
  startConnectedProduct,
  startTestProduct,
  writesOf,
} from '../harness/product.ts';
import { ID, smallWorld } from '../harness/small-world.ts';

const database = await createTestDatabase();
const start = (options: ProductOptions = {}) => startConnectedProduct(database, options);

describe('a change that comes while the meeting is being sent', () => {
  it('is not lost: the meeting stays owed and is sent again', async () => {
    const product = await start();
    await product.ingest('m1', meetingBody());
    let isChanged = false;
    product.intercept(async ({ url, method }, send) => {
      if (!isChanged && method === 'POST' && url.pathname.endsWith('/Notes')) {
        isChanged = true;
        await product.ingest('m1', meetingBody({ title: 'Newer' }));
      }
      return send();
    });
    await product.serve();
    expect(product.crm.events()).toMatchObject([{ Event_Title: 'Newer' }]);
    for (const note of product.crm.notes()) expect(note.Note_Title).toContain('Newer');
    expect(product.crm.notes()).toHaveLength(3);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', version: 2 });
  });

  it('takes a meeting out that is retracted before its notes are written', async () => {
    const product = await start();
    await product.ingest('m1', meetingBody());
    let isRetracted = false;
    product.intercept(async ({ url, method }, send) => {
      if (!isRetracted && method === 'POST' && url.pathname.endsWith('/Notes')) {
        isRetracted = true;
        await product.retract('m1');
      }
      return send();
    });
    await product.serve();
    expect([...product.crm.events(), ...product.crm.notes()]).toEqual([]);
    expect(await product.meeting('m1')).toMatchObject({ state: 'retracted' });
  });
});

describe('a meeting that is retracted while nobody knows what was written', () => {
  it.each(['Events', 'Notes'])('leaves nothing (%s)', async (module) => {
    const product = await start();
    await product.ingest('m1', meetingBody());
    product.crm.fault({ match: { method: 'POST', module }, kind: 'commit-then-cut', count: 1 });
    await product.serve();
    await product.retract('m1');
    await product.settle();
    expect([...product.crm.events(), ...product.crm.notes()]).toEqual([]);
    expect(await product.meeting('m1')).toMatchObject({ state: 'retracted', inZoho: { eventId: null } });
  });
});

describe('an org that refuses custom fields', () => {
  async function startWithMarkers() {
    const product = await startTestProduct(database);
    product.crm.set({ externalFields: false, uniqueOnEvents: false });
    await product.connect();
    await product.serve();
    return product;
  }

  it('is connected all the same, and says how its events are recognised', async () => {
    const product = await startWithMarkers();
    const [row] = await product.db.query<{ mode: string }>(
      `select capabilities ->> 'mode' as mode from connections where organization_id = $1`,
      [product.organizationId],
    );
    expect(row).toEqual({ mode: 'marker' });
    await product.ingest('m1', meetingBody());
    await product.serve();
    expect(product.crm.events()).toHaveLength(1);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
  });

  it('has one event although the answer was lost: it is found by the line in its description', async () => {
    const product = await startWithMarkers();
    await product.ingest('m1', meetingBody());
    // Another conversation of the same time is not taken for it.
    await product.ingest('m2', meetingBody({ title: 'Beside it' }, ['cleo@initech.example']));
    product.crm.fault({ match: { method: 'POST', module: 'Events' }, kind: 'commit-then-cut', count: 1 });
    await product.serve();
    expect(product.crm.events()).toHaveLength(2);
    const early = await product.crm.calls(async () => {
      product.advance(59);
      await product.serve();
    });
    expect(writesOf(early)).toEqual([]);
    await product.settle();
    expect(
      product.crm
        .events()
        .map((event) => event.Event_Title)
        .sort(),
    ).toEqual(['Beside it', 'Quarterly review']);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
    expect(await product.meeting('m2')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
  });
});

describe('what does not fit', () => {
  it('is split over numbered notes, none of it lost', async () => {
    const product = await startTestProduct(database);
    product.crm.set({ noteContentLength: 2000 });
    await product.connect();
    const words = Array.from({ length: 900 }, (_, at) => `word${at}`);
    await product.ingest('m1', meetingBody({ summary: { text: words.join(' ') } }));
    await product.serve();
    const parts = product.crm.notesOf(ID.renewal);
    expect(parts.length).toBeGreaterThan(2);
    const text = parts.map((note) => String(note.Note_Content)).join('\n');
    for (const word of words) expect(text).toMatch(new RegExp(`\\b${word}\\b`));
    for (const note of product.crm.notes()) expect([...String(note.Note_Content)].length).toBeLessThanOrEqual(2000);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
  });

  it('counts characters as people do: a title of emoji keeps every one that fits', async () => {
    const product = await start();
    await product.ingest(
      'm1',
      meetingBody({
        title: '🎉'.repeat(300),
        participants: [{ email: 'host@us.example', role: 'organizer' }, { email: 'ana@acme.example' }],
      }),
    );
    await product.serve();
    const title = String(product.crm.events()[0]?.Event_Title);
    expect([...title].length).toBeGreaterThan(200);
    expect(title).not.toContain('\ufffd');
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
  });

  it('more people than an event can show are published all the same', async () => {
    const world = smallWorld();
    const ids = Array.from({ length: 60 }, (_, at) => String(7000 + at));
    for (const id of ids)
      world.contacts.push({ id, firstName: 'P', lastName: id, email: `p${id}@acme.example`, accountId: ID.acme });
    const product = await start({ world, policy: { noteCap: null } });
    await product.ingest(
      'm1',
      meetingBody(
        {},
        ids.map((id) => `p${id}@acme.example`),
      ),
    );
    await product.serve();
    const [event] = product.crm.events();
    const listed = event?.Participants as { participant: string }[];
    expect(listed.length).toBeLessThanOrEqual(50);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
    const shown = new Set(listed.map(({ participant }) => participant));
    for (const id of ids)
      expect(shown.has(id) || event?.Who_Id === id || product.crm.notesOf(id).length === 1).toBe(true);
  });
});

describe('history', () => {
  it('lets live meetings go first, and fills its calls', async () => {
    const product = await start();
    for (let at = 0; at < 20; at++) await product.ingest(`old${at}`, meetingBody({ title: `Old ${at}` }), true);
    await product.ingest('live', meetingBody({ title: 'Live' }));
    const order: string[] = [];
    product.intercept(({ url, method, body }, send) => {
      if (method === 'POST' && url.pathname.endsWith('/Events')) {
        for (const event of JSON.parse(body).data) order.push(event.Event_Title);
      }
      return send();
    });
    const writes = writesOf(await product.crm.calls(() => product.serve()));
    expect(order[0]).toBe('Live');
    expect(order).toHaveLength(21);
    expect(writes.filter(({ path }) => path.endsWith('/Events'))).toHaveLength(3);
    expect(product.crm.notes()).toHaveLength(63);
  });
});

describe('an event that a person deletes in the CRM', () => {
  it('is not made again behind their back: the meeting asks for a person, and no link is lost', async () => {
    const product = await start();
    await product.ingest('m1', meetingBody());
    await product.serve();
    const links = (await product.meeting('m1')).associations.length;
    for (const event of product.crm.events()) product.crm.org().module('Events')?.records.remove(event.id);
    await product.ingest('m1', meetingBody({ title: 'Renamed' }));
    await product.settle();
    const meeting = await product.meeting('m1');
    expect(meeting.associations).toHaveLength(links);
    expect(product.crm.events()).toEqual([]);
    expect(meeting).toMatchObject({
      state: 'notPublished',
      needsYou: true,
      stateReason: expect.stringMatching(/^The event was deleted in Zoho on /),
    });
    // Taking it back and sending it again is the way out.
    await product.retract('m1');
    await product.settle();
    await product.ingest('m1', meetingBody({ title: 'Renamed' }));
    await product.settle();
    expect(product.crm.events()).toMatchObject([{ Event_Title: 'Renamed' }]);
    expect(product.crm.notes()).toHaveLength(3);
  });
});
