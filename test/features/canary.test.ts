import { describe, expect, it } from 'vitest';
import { switches } from '../../simulator/metadata/behaviour.ts';
import { CANARY_STEPS, type CanaryCalendars } from '../../src/domain/canary.ts';
import type { MailModes } from '../../src/domain/mail-modes.ts';
import { undoMeeting } from '../../src/features/one-event/undo-meeting.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startTestProduct } from '../harness/product.ts';
import { startTestServer } from '../harness/server.ts';
import { ID } from '../harness/small-world.ts';
import {
  ALL_SILENT,
  ask,
  CONNECTED,
  expectNoTrace,
  MAILBOX,
  MINUTE,
  play,
  type Step,
  start,
  startSafe,
} from './canary-journey.ts';
import { connectionOf } from './connect-as.ts';

const database = await createTestDatabase();
/** Everything by which the sandbox mails, but for rules that no call of ours can silence. */
const EVERY_SWITCH = {
  ...{ mailsContacts: true, mailsEmails: true, mailsWho: true, workflowMails: true, participantMails: 'always' },
  ...{ mailsOnInsert: true, mailsOnUpdate: true, mailsOnNote: true, mailsOnDelete: true },
  ...{ updateMails: true, deleteMails: true, mentionMails: true, reminderMails: true },
  ...{ calendarSync: 'google', calendarMails: 'always' },
};
/** The same without what mails people who were never invited: here everybody may be shown, and nobody may be mailed. */
const INVITED_ONLY = {
  ...EVERY_SWITCH,
  ...{ mailsContacts: false, mailsEmails: false, mailsWho: false, participantMails: 'unless-invited-false' },
  calendarSync: 'off',
};

describe('the canary', () => {
  it.each<[Record<string, boolean>, Partial<MailModes>]>([
    [{}, {}],
    [{ mailsContacts: true }, { contacts: false }],
    [{ mailsEmails: true }, { emails: false }],
    [{ mailsWho: true }, { contactOfEvent: false }],
    [{ mailsContacts: true, mailsOnInsert: false, mailsOnUpdate: false, mailsOnNote: false }, { deletes: false }],
    [{ mailsEmails: true, mailsOnInsert: false, mailsOnDelete: false, mailsOnNote: false }, { updates: false }],
    [{ mailsWho: true, mailsOnInsert: false, mailsOnDelete: false, mailsOnUpdate: false }, { notes: false }],
    [
      { mailsContacts: true, mailsEmails: true, mailsWho: true },
      { contacts: false, emails: false, contactOfEvent: false },
    ],
  ])('%o leads to exactly what does not mail', async (turned, off) => {
    const { product, server } = await startSafe(database);
    product.crm.set(turned);
    expect((await start(server)).statusCode).toBe(202);
    await play(product, server);
    const told = (await ask(server, 'GET', '')).json();
    expect(told).toMatchObject({ safeMode: false, run: { state: 'done', problem: null } });
    expect(told.modes).toEqual({ ...ALL_SILENT, ...off });
    expect(told.decidedBy.steps.map(({ step }: Step) => step)).toEqual([...CANARY_STEPS]);
    expect(new Set(product.crm.mails().map(({ to }) => to))).toEqual(
      Object.keys(turned).length === 0 ? new Set() : new Set([MAILBOX]),
    );
    await expectNoTrace(product);
  });

  it('shows on events only what passed, and nobody before', async () => {
    const { product, server } = await startSafe(database);
    product.crm.set({ mailsContacts: true, mailsWho: true });
    await product.ingest('before', meetingBody());
    await product.settle();
    expect(product.crm.events()).toMatchObject([{ Event_Title: 'Quarterly review' }]);
    expect(product.crm.events()[0]?.Who_Id ?? null).toBeNull();
    expect(product.crm.mails()).toEqual([]);
    await start(server);
    await play(product, server);
    const before = product.crm.mails().length;
    const times = { startsAt: '2026-11-19T10:00:00Z', endsAt: '2026-11-19T11:00:00Z' };
    await product.ingest(
      'after',
      meetingBody({ title: 'After', ...times }, ['ana@acme.example', 'x@stranger.example']),
    );
    await product.settle();
    const event = product.crm.events().find(({ Event_Title }) => Event_Title === 'After');
    expect(JSON.stringify(event)).toContain('x@stranger.example');
    expect(event?.Who_Id ?? null).toBeNull();
    expect(product.crm.notes().some(({ Parent_Id }) => String(Parent_Id) === ID.ana)).toBe(true);
    expect(product.crm.mails().length).toBe(before);
  });

  it('shows nobody where calendars are synced and the host had none', async () => {
    const { product, server } = await startSafe(database);
    await start(server, { calendars: 'others_synced' });
    await play(product, server);
    const { modes } = (await ask(server, 'GET', '')).json();
    expect(modes).toEqual({ ...ALL_SILENT, contacts: false, emails: false, users: false, contactOfEvent: false });
  });

  it('goes on after a kill without doing anything twice, and cleans up when it is cancelled', async () => {
    const { product, server } = await startSafe(database);
    await start(server);
    for (let kills = 0; kills < 4; kills++) {
      let isCut = false;
      product.intercept(async ({ method, url }, send) => {
        const answer = await send();
        if (isCut || method !== 'POST' || !/\/(Contacts|Events)$/.test(url.pathname)) return answer;
        isCut = true;
        throw new TypeError('The answer was lost.');
      });
      await product.serve();
      await product.restart();
      product.advance(5 * MINUTE);
    }
    await product.serve();
    product.advance(20 * MINUTE);
    await product.serve();
    const titles = product.crm.events().map(({ Event_Title }) => Event_Title);
    expect(titles.length).toBe(4);
    expect(new Set(titles).size).toBe(4);
    expect(product.crm.records('Contacts').filter(({ Email }) => Email === MAILBOX).length).toBe(1);
    expect((await ask(server, 'POST', '/cancel')).statusCode).toBe(202);
    await product.serve();
    product.advance(5 * MINUTE);
    await product.serve();
    expect((await ask(server, 'GET', '')).json()).toMatchObject({
      modes: null,
      safeMode: true,
      run: { state: 'cancelled' },
    });
    await expectNoTrace(product);
  });

  it('takes answers in their time only, from administrators only, and one trial at once', async () => {
    const { product, server } = await startSafe(database);
    expect((await ask(server, 'POST', '/cancel')).statusCode).toBe(409);
    const url = '/api/v1/integrations/zoho/canary';
    expect((await server.as('regular', { method: 'GET', url })).statusCode).toBe(403);
    await start(server);
    expect((await start(server)).statusCode).toBe(409);
    await product.serve();
    const early = await ask(server, 'POST', '/answers', { step: 'contacts', answer: 'no' });
    expect(early.json().detail ?? early.json().message).toMatch(/30 minutes/);
    expect((await ask(server, 'POST', '/answers', { step: 'updates', answer: 'yes' })).statusCode).toBe(409);
    expect((await ask(server, 'POST', '/answers', { step: 'contacts', answer: 'yes' })).statusCode).toBe(200);
  });

  it('leaves the event of a meeting that is taken back where deleting mails, without people, and says so', async () => {
    const { product, server } = await startSafe(database);
    product.crm.set({ mailsContacts: true, mailsOnInsert: false, mailsOnUpdate: false, mailsOnNote: false });
    await start(server);
    await play(product, server);
    await product.ingest('call', meetingBody());
    await product.settle();
    expect(product.crm.events().length).toBe(1);
    const before = product.crm.mails().length;
    await undoMeeting({ ctx: product.ctx, input: { externalId: 'call' } });
    await product.settle();
    expect(product.crm.events().map(({ Participants }) => Participants ?? [])).toEqual([[]]);
    expect(product.crm.notes()).toEqual([]);
    expect((await product.meeting('call')).stateReason).toMatch(/deleting events mails people, so the event stays/);
    expect(product.crm.mails().length).toBe(before);
  });

  it('lets what an earlier trial held back be written, once another shows that it mails nobody', async () => {
    const { product, server } = await startSafe(database);
    product.crm.set({ mailsWho: true, mailsOnInsert: false, mailsOnDelete: false, mailsOnUpdate: false });
    await start(server);
    await play(product, server);
    await product.ingest('call', meetingBody());
    await product.settle();
    expect(product.crm.notes()).toEqual([]);
    expect((await product.meeting('call')).stateReason).toMatch(/notes mail people, so there are none/);
    const before = product.crm.mails().length;
    product.crm.set({ mailsWho: false });
    expect((await start(server)).statusCode).toBe(202);
    await play(product, server);
    await product.settle();
    expect(product.crm.notes().length).toBeGreaterThan(0);
    expect(await product.meeting('call')).toMatchObject({ state: 'published', stateReason: 'Published and verified.' });
    expect(product.crm.mails().length).toBe(before);
  });

  it('is tested with every switch of the sandbox that mails', () => {
    const mailing = switches.map(({ name }) => name).filter((name) => /mails|calendarSync/i.test(name));
    expect(Object.keys(EVERY_SWITCH).sort()).toEqual(mailing.filter((name) => name !== 'workflowMailsAlways').sort());
  });

  const NOBODY = { contacts: false, emails: false, users: false, contactOfEvent: false };
  it.each<[string, typeof EVERY_SWITCH, CanaryCalendars, Partial<MailModes>, string[]]>([
    ['every mailing switch on', EVERY_SWITCH, 'host_synced', NOBODY, [MAILBOX, CONNECTED]],
    ['every switch on that mails the invited', INVITED_ONLY, 'none', {}, []],
  ])(
    'with %s mails only those who try it, from the first connection until the organization has left',
    async (_case, set, calendars, off, to) => {
      const { product, server } = await startSafe(database);
      product.crm.set(set);
      await product.ingest('first', meetingBody({}, ['ana@acme.example', 'x@stranger.example']));
      await product.settle();
      expect(product.crm.events().length).toBe(1);
      expect(product.crm.mails()).toEqual([]);
      await start(server, { calendars, hostUserId: ID.host });
      await play(product, server);
      const { modes } = (await ask(server, 'GET', '')).json();
      expect(modes).toEqual({ ...ALL_SILENT, ...off });
      const ofCanary = product.crm.mails();
      expect(new Set(ofCanary.map(({ to }) => to))).toEqual(new Set(to));
      const day = (hour: number) => ({
        startsAt: `2026-11-19T${hour}:00:00Z`,
        endsAt: `2026-11-19T${hour + 1}:00:00Z`,
      });
      const bring = (title: string, hour: number, people: string[]) => {
        const notes = [{ id: 'n1', text: `${title}: ask crm[user#${ID.host}#Laura]crm` }];
        return product.ingest('second', meetingBody({ title, notes, ...day(hour) }, people));
      };
      await bring('Second', 10, ['ben@acme.example', 'lea@new.example']);
      await product.settle();
      const shown = () => product.crm.events().find(({ Event_Title }) => Event_Title === 'Second, moved');
      const guests = ['ana@acme.example', 'ben@acme.example', 'y@stranger.example'];
      await bring('Second, moved', 12, guests);
      await product.settle();
      expect(JSON.stringify(shown()?.Participants ?? []).includes('y@stranger.example')).toBe(modes.emails);
      await undoMeeting({ ctx: product.ctx, input: { externalId: 'second' } });
      await product.settle();
      const payload = { events: 'remove', notes: 'remove', ids: 'remove', fields: 'keep' };
      const leave = await server.as('admin', { method: 'POST', url: '/api/v1/integrations/zoho/leave', payload });
      expect(leave.statusCode).toBe(202);
      await product.settle();
      expect((await connectionOf(product)).state).toBe('disconnected');
      expect([...product.crm.events(), ...product.crm.notes()]).toEqual([]);
      expect(product.crm.mails()).toEqual(ofCanary);
    },
  );

  it('shows nobody where workflows mail whatever a call says, and reaches nobody of a meeting after it', async () => {
    const { product, server } = await startSafe(database);
    product.crm.set({ workflowMailsAlways: true });
    await start(server);
    await play(product, server);
    const told = (await ask(server, 'GET', '')).json();
    expect(told).toMatchObject({ safeMode: false, run: { state: 'done', problem: null } });
    // Who is on no event is mailed by no change, note or deletion: those need not rest.
    expect(told.modes).toEqual({ ...ALL_SILENT, ...NOBODY });
    await product.ingest('call', meetingBody({}, ['ana@acme.example', 'x@stranger.example']));
    await product.settle();
    await product.ingest('call', meetingBody({ title: 'Told again' }, ['ben@acme.example']));
    await product.settle();
    expect(product.crm.events()).toMatchObject([{ Event_Title: 'Told again' }]);
    await undoMeeting({ ctx: product.ctx, input: { externalId: 'call' } });
    await product.settle();
    expect(product.crm.events()).toEqual([]);
    const reached = new Set(product.crm.mails().map(({ to }) => to));
    expect(reached).toEqual(new Set([MAILBOX, CONNECTED, 'workflow recipients']));
    await expectNoTrace(product);
  });

  it('asks for the right to create contacts only here', async () => {
    const product = await startTestProduct(database);
    await product.connect();
    await product.serve();
    const server = await startTestServer(product);
    const told = (await ask(server, 'GET', '')).json();
    expect(told.missingScopes).toEqual(['ZohoCRM.modules.contacts.CREATE', 'ZohoCRM.modules.contacts.DELETE']);
    expect((await start(server)).statusCode).toBe(409);
    const { authorizeUrl } = (await ask(server, 'POST', '/consent')).json();
    expect(new URL(authorizeUrl).searchParams.get('scope')).toContain('ZohoCRM.modules.contacts.CREATE');
  });
});
