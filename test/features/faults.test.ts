import { describe, expect, it } from 'vitest';
import { openConnection } from '../../src/features/open-connection.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, type TestProduct, writesOf } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();
const start = () => startConnectedProduct(database);

const EVENTS = { method: 'POST', module: 'Events' };
const NOTES = { method: 'POST', module: 'Notes' };

/** One event and three notes for every meeting, each exactly once, verified, and nobody was mailed. */
async function expectPublishedOnce(product: TestProduct, ...externalIds: string[]): Promise<void> {
  const { crm } = product;
  const meetings = await Promise.all(externalIds.map((id) => product.meeting(id)));
  for (const meeting of meetings) {
    expect(meeting).toMatchObject({ state: 'published', inZoho: { differences: [] } });
    expect(meeting.verifiedAt).not.toBeNull();
  }
  expect(
    crm
      .events()
      .map((event) => event.Salescaling_Meeting_ID)
      .sort(),
  ).toEqual(meetings.map(({ id }) => id).sort());
  const markers = crm.notes().map((note) => String(note.Note_Content).trimEnd().split('\n').at(-1));
  expect(new Set(markers).size).toBe(markers.length);
  expect(markers).toHaveLength(3 * meetings.length);
  expect(crm.mails()).toEqual([]);
  const [row] = await product.db.query(
    `select count(*) filter (where owed_at is not null)::int as owed from meetings where organization_id = $1`,
    [product.organizationId],
  );
  expect(row).toEqual({ owed: 0 });
}

const statesOf = async (product: TestProduct, externalId: string) =>
  (await product.operations(externalId)).map(({ action, state }) => `${action} ${state}`);

describe('a reply that is lost after the event was written', () => {
  it.each(['commit-then-cut', 'commit-then-500'])(
    '%s: the event is found by its external id and taken over',
    async (kind) => {
      const product = await start();
      await product.ingest('m1', meetingBody());
      product.crm.fault({ match: EVENTS, kind, count: 1 });
      await product.serve();
      expect(await statesOf(product, 'm1')).toContain('create_event unknown');
      expect(product.crm.events()).toHaveLength(1);
      await product.settle();
      await expectPublishedOnce(product, 'm1');
      expect(await statesOf(product, 'm1')).toContain('create_event done');
    },
  );
});

describe('a reply that is lost after the notes were written', () => {
  it.each(['commit-then-cut', 'commit-then-500'])(
    '%s: no note is written twice, and nothing is sent before the quarantine has passed',
    async (kind) => {
      const product = await start();
      await product.ingest('m1', meetingBody());
      product.crm.fault({ match: NOTES, kind, count: 1 });
      await product.serve();
      expect(product.crm.notes()).toHaveLength(3);
      expect((await statesOf(product, 'm1')).filter((state) => state === 'create_note unknown')).toHaveLength(3);
      const early = await product.crm.calls(async () => {
        product.advance(30);
        await product.serve();
        product.advance(29);
        await product.serve();
      });
      expect(writesOf(early)).toEqual([]);
      expect(await product.meeting('m1')).toMatchObject({ state: 'waiting' });
      product.advance(2);
      const late = await product.crm.calls(() => product.serve());
      expect(writesOf(late)).toEqual([]);
      await expectPublishedOnce(product, 'm1');
    },
  );

  it('takes the extra copy away when a request arrives after all', async () => {
    const product = await start();
    await product.ingest('m1', meetingBody());
    product.crm.fault({ match: NOTES, kind: 'commit-then-cut', count: 1 });
    await product.serve();
    const original = product.crm.notesOf(ID.acme)[0];
    if (original === undefined) throw new Error('There is no note on Acme.');
    product.crm
      .org()
      .module('Notes')
      ?.records.put({ ...original, id: '777' });
    await product.settle();
    await expectPublishedOnce(product, 'm1');
  });
});

describe('a request that never arrived', () => {
  it.each([
    { kind: 'cut-before', match: EVENTS },
    { kind: 'cut-before', match: NOTES },
    { kind: '500', match: EVENTS },
    { kind: '500', match: NOTES },
    { kind: '502-html', match: EVENTS },
    { kind: '502-html', match: NOTES },
    { kind: '503', match: NOTES },
  ])('$kind on $match.module: is looked for, then sent again', async ({ kind, match }) => {
    const product = await start();
    await product.ingest('m1', meetingBody());
    product.crm.fault({ match, kind, count: 2 });
    await product.settle();
    await expectPublishedOnce(product, 'm1');
  });

  it('reads that fail are tried again and change nothing', async () => {
    const product = await start();
    await product.ingest('m1', meetingBody());
    product.crm.fault({ match: { method: 'GET' }, kind: '500', count: 3 });
    await product.settle();
    await expectPublishedOnce(product, 'm1');
  });

  it('an update of which nobody knows the outcome is sent again', async () => {
    const product = await start();
    await product.ingest('m1', meetingBody());
    await product.serve();
    await product.ingest('m1', meetingBody({ title: 'Renamed' }));
    product.crm.fault(
      { match: { method: 'PUT', module: 'Notes' }, kind: 'commit-then-cut', count: 1 },
      { match: { method: 'PUT', module: 'Events' }, kind: 'cut-before', count: 1 },
    );
    await product.settle();
    await expectPublishedOnce(product, 'm1');
    expect(product.crm.events()).toMatchObject([{ Event_Title: 'Renamed' }]);
    for (const note of product.crm.notes()) expect(note.Note_Title).toContain('Renamed');
  });

  it('a deletion of which nobody knows the outcome ends with nothing left', async () => {
    const product = await start();
    await product.ingest('m1', meetingBody());
    await product.serve();
    await product.retract('m1');
    product.crm.fault(
      { match: { method: 'DELETE', module: 'Notes' }, kind: 'commit-then-cut', count: 1 },
      { match: { method: 'DELETE', module: 'Events' }, kind: 'commit-then-500', count: 1 },
    );
    await product.settle();
    expect([...product.crm.events(), ...product.crm.notes()]).toEqual([]);
    expect(await product.meeting('m1')).toMatchObject({ state: 'retracted', inZoho: { eventId: null, notes: [] } });
  });
});

describe('limits', () => {
  it('too many calls at once: rests, then goes on', async () => {
    const product = await start();
    await product.ingest('m1', meetingBody());
    product.crm.fault({ match: EVENTS, kind: '429-concurrency', count: 1 });
    await product.serve();
    expect(product.crm.events()).toEqual([]);
    const [wake] = product.wakesIn();
    expect(wake).toBeGreaterThan(0);
    expect(wake).toBeLessThanOrEqual(10);
    expect(product.warnings).not.toEqual([]);
    await product.settle();
    await expectPublishedOnce(product, 'm1');
  });

  it('a spent day: sends nothing for minutes, and nothing is lost', async () => {
    const product = await start();
    await product.ingest('m1', meetingBody());
    product.crm.fault({ match: EVENTS, kind: '429-day', count: 1 });
    await product.serve();
    const quiet = await product.crm.calls(async () => {
      product.advance(600);
      await product.serve();
    });
    expect(quiet).toEqual([]);
    expect(await product.meeting('m1')).toMatchObject({ state: 'waiting' });
    await product.settle();
    await expectPublishedOnce(product, 'm1');
    const [row] = await product.db.query('select problem, parked_until from connections where organization_id = $1', [
      product.organizationId,
    ]);
    expect(row).toEqual({ problem: null, parked_until: null });
  });
});

describe('the access', () => {
  it('is renewed once when the token is refused, and the write goes out', async () => {
    const product = await start();
    let renewals = 0;
    product.intercept(({ url }, send) => {
      if (url.pathname.endsWith('/oauth/v2/token')) renewals += 1;
      return send();
    });
    await product.ingest('m1', meetingBody());
    product.crm.fault({ match: EVENTS, kind: '401', count: 1 });
    await product.serve();
    expect(renewals).toBe(1);
    await expectPublishedOnce(product, 'm1');
  });

  it('is renewed once an hour, not once a call', async () => {
    const product = await start();
    let renewals = 0;
    product.intercept(({ url }, send) => {
      if (url.pathname.endsWith('/oauth/v2/token')) renewals += 1;
      return send();
    });
    for (let hour = 0; hour < 10; hour++) {
      product.advance(3600);
      await product.ingest('m1', meetingBody({ title: `Title ${hour}` }));
      await product.serve();
    }
    expect(renewals).toBe(10);
    await expectPublishedOnce(product, 'm1');
  });

  it('is renewed once by all who find it old at the same time', async () => {
    const product = await start();
    let renewals = 0;
    product.intercept(({ url }, send) => {
      if (url.pathname.endsWith('/oauth/v2/token')) renewals += 1;
      return send();
    });
    product.advance(3600);
    const sessions = await Promise.all([1, 2, 3].map(() => openConnection(product.ctx, product.gateway())));
    const answers = await Promise.all(sessions.map(({ transport }) => transport.call({ method: 'GET', path: '/org' })));
    expect(answers.map(({ kind }) => kind)).toEqual(['ok', 'ok', 'ok']);
    expect(renewals).toBe(1);
  });

  it('is dead: people are told, nothing is lost, and it flows out after connecting again', async () => {
    const product = await start();
    await product.ingest('m1', meetingBody());
    product.crm.fault({ match: NOTES, kind: 'token-revoked', count: 1 });
    await product.serve();
    const stateOf = async () => {
      const rows = await product.db.query('select state, problem from connections where organization_id = $1', [
        product.organizationId,
      ]);
      return rows[0];
    };
    expect(await stateOf()).toEqual({ state: 'needs_reauth', problem: expect.stringMatching(/./) });
    expect(product.crm.events()).toHaveLength(1);
    await product.ingest('m2', meetingBody({ title: 'Second' }));
    const silent = await product.crm.calls(async () => {
      product.advance(3600);
      await product.serve();
    });
    expect(silent).toEqual([]);
    await product.connect();
    await product.settle();
    expect(await stateOf()).toEqual({ state: 'connected', problem: null });
    await expectPublishedOnce(product, 'm1', 'm2');
  });
});

describe('ten meetings in one call', () => {
  it('a record that the CRM refuses is left out alone, with the reason, and comes back when it is there again', async () => {
    const product = await start();
    // The mirror does not know yet that the account is gone.
    const accounts = product.crm.org().module('Accounts')?.records;
    const initech = accounts?.get(ID.initech);
    accounts?.remove(ID.initech);
    await product.ingest('bad', meetingBody({ title: 'Refused' }, ['cleo@initech.example']));
    await product.ingest('good', meetingBody({}));
    await product.serve();
    expect(await product.meeting('good')).toMatchObject({ state: 'published' });
    expect(await product.meeting('bad')).toMatchObject({ state: 'waiting' });
    // It is looked for, and nobody tells what became of it.
    await product.settle();
    const bad = await product.meeting('bad');
    expect(bad).toMatchObject({ state: 'published', needsYou: true });
    expect(bad.stateReason).toMatch(/Initech is not in Zoho any more, or not shown/);
    const eventOf = (title: string) => product.crm.events().find((event) => event.Event_Title === title);
    expect(eventOf('Refused')).toMatchObject({ Who_Id: ID.cleo });
    expect(eventOf('Refused')?.What_Id ?? null).toBe(null);
    expect(product.crm.events()).toHaveLength(2);
    if (initech !== undefined) accounts?.put(initech);
    product.advance(2 * 86_400);
    await product.settle();
    expect(await product.meeting('bad')).toMatchObject({ state: 'published', needsYou: false });
    expect(eventOf('Refused')).toMatchObject({ What_Id: ID.initech, Who_Id: ID.cleo });
    expect(product.crm.events()).toHaveLength(2);
  });

  it('ten live meetings cost one call for their events', async () => {
    const product = await start();
    for (let at = 0; at < 10; at++) await product.ingest(`m${at}`, meetingBody({ title: `Meeting ${at}` }));
    const writes = writesOf(await product.crm.calls(() => product.serve()));
    expect(writes.filter(({ path }) => path.endsWith('/Events'))).toHaveLength(1);
    expect(writes).toHaveLength(1 + 3);
    expect(product.crm.events()).toHaveLength(10);
  });
});

describe('an event that is in the CRM already', () => {
  it.each([true, false])(
    'is taken over and brought up to date (its id is told: %s)',
    async (externalDuplicateHasId) => {
      const product = await start();
      product.crm.set({ externalDuplicateHasId });
      const { id } = await product.ingest('m1', meetingBody());
      product.crm
        .org()
        .module('Events')
        ?.records.put({
          id: '888',
          Owner: ID.admin,
          Created_By: ID.admin,
          Modified_By: ID.admin,
          Created_Time: product.ctx.now().getTime(),
          Modified_Time: product.ctx.now().getTime(),
          Event_Title: 'Old title',
          Start_DateTime: Date.UTC(2026, 10, 20, 13),
          End_DateTime: Date.UTC(2026, 10, 20, 13, 30),
          Salescaling_Meeting_ID: id,
        });
      await product.settle();
      expect(product.crm.events()).toMatchObject([
        { id: '888', Event_Title: 'Quarterly review', Owner: ID.host, What_Id: ID.renewal, Who_Id: ID.ana },
      ]);
      await expectPublishedOnce(product, 'm1');
    },
  );
});
