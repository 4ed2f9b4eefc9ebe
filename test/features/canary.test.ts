import { describe, expect, it } from 'vitest';
import { CANARY_STEPS, type CanaryStep } from '../../src/domain/canary.ts';
import type { MailModes } from '../../src/domain/mail-modes.ts';
import { connectSandbox } from '../../src/features/connect/connect-sandbox.ts';
import { undoMeeting } from '../../src/features/one-event/undo-meeting.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startTestProduct, type TestProduct } from '../harness/product.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { ID } from '../harness/small-world.ts';
import { connectionOf } from './connect-as.ts';

const database = await createTestDatabase();
const MAILBOX = 'canary@outside.example';
const CONNECTED = 'olga@us.example';
const MINUTE = 60;

/** A sandbox connection that begins as one to a real org does, loaded. */
async function startSafe(): Promise<{ product: TestProduct; server: TestServer }> {
  const product = await startTestProduct(database);
  await connectSandbox({ ctx: product.ctx, gateway: product.gateway(), input: { isSafeMode: true } });
  await product.serve();
  return { product, server: await startTestServer(product) };
}

const ask = async (server: TestServer, method: 'GET' | 'POST', path: string, payload?: object) => {
  const url = `/api/v1/integrations/zoho/canary${path}`;
  return server.as('admin', { method, url, ...(payload === undefined ? {} : { payload }) });
};

const start = (server: TestServer, more: object = {}) =>
  ask(server, 'POST', '', { mailbox: MAILBOX, calendars: 'none', ...more });

type Step = { step: CanaryStep; state: string; writtenAt: string | null };

/** What the administrator sees in the mailbox: mails about this step since it began, from the sandbox's log. */
const CAUSES: Record<CanaryStep, RegExp> = {
  contacts: /^contact participant.*created|invit/,
  emails: /^e-mail participant.*created|invit/,
  contactOfEvent: /^Who_Id.*created|invit/,
  users: /invit/,
  updates: /changed|update/,
  notes: /given a note/,
  deletes: /deleted|cancel/,
};

/** Lets time pass and answers what is asked, as the mailbox says, until the trial is over. */
async function play(product: TestProduct, server: TestServer): Promise<void> {
  for (let minutes = 0; minutes < 300; minutes += 5) {
    await product.serve();
    const { run } = (await ask(server, 'GET', '')).json();
    if (!['running', 'cleaning'].includes(run.state)) return;
    for (const { step, state } of run.steps as Step[]) {
      if (state !== 'ask') continue;
      const answer = mailed(product, step) ? 'yes' : 'no';
      const response = await ask(server, 'POST', '/answers', { step, answer });
      expect(response.statusCode).toBe(200);
    }
    product.advance(5 * MINUTE);
  }
  throw new Error('The trial has no end.');
}

function mailed(product: TestProduct, step: CanaryStep): boolean {
  // The colleague that is tried is the connected user, who reads a mailbox of their own.
  const mailbox = step === 'users' ? CONNECTED : MAILBOX;
  return product.crm.mails().some(({ to, cause }) => to === mailbox && CAUSES[step].test(cause));
}

const ALL: MailModes = {
  contacts: true,
  emails: true,
  users: true,
  contactOfEvent: true,
  updates: true,
  notes: true,
  deletes: true,
};

/** Everything by which the sandbox mails, but for rules that no call of ours can silence. */
const EVERY_SWITCH = {
  ...{ mailsContacts: true, mailsEmails: true, mailsWho: true, workflowMails: true, participantMails: 'always' },
  ...{ updateMails: true, deleteMails: true, mentionMails: true, reminderMails: true },
  ...{ calendarSync: 'google', calendarMails: 'always' },
};

/** Nothing of a trial is left in Zoho or in the mirror. */
async function expectNoTrace(product: TestProduct): Promise<void> {
  product.advance(10 * MINUTE);
  await product.serve();
  const named = (rows: object[]) => rows.filter((row) => JSON.stringify(row).includes('Salescaling mail test'));
  expect(named(product.crm.records('Contacts'))).toEqual([]);
  expect(named(product.crm.events())).toEqual([]);
  expect(named(product.crm.notes())).toEqual([]);
  const rows = await product.db.query(
    `select id from crm_contacts where organization_id = $1 and (name like '%mail test%' or email = $2)`,
    [product.organizationId, MAILBOX],
  );
  expect(rows).toEqual([]);
}

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
  ])('%o leads to exactly what does not mail', async (switches, off) => {
    const { product, server } = await startSafe();
    product.crm.set(switches);
    expect((await start(server)).statusCode).toBe(202);
    await play(product, server);
    const told = (await ask(server, 'GET', '')).json();
    expect(told).toMatchObject({ safeMode: false, run: { state: 'done', problem: null } });
    expect(told.modes).toEqual({ ...ALL, ...off });
    expect(told.decidedBy.steps.map(({ step }: Step) => step)).toEqual([...CANARY_STEPS]);
    expect(new Set(product.crm.mails().map(({ to }) => to))).toEqual(
      Object.keys(switches).length === 0 ? new Set() : new Set([MAILBOX]),
    );
    await expectNoTrace(product);
  });

  it('shows on events only what passed, and nobody before', async () => {
    const { product, server } = await startSafe();
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
    const { product, server } = await startSafe();
    await start(server, { calendars: 'others_synced' });
    await play(product, server);
    const { modes } = (await ask(server, 'GET', '')).json();
    expect(modes).toEqual({ ...ALL, contacts: false, emails: false, users: false, contactOfEvent: false });
  });

  it('goes on after a kill without doing anything twice, and cleans up when it is cancelled', async () => {
    const { product, server } = await startSafe();
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
    const { product, server } = await startSafe();
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
    const { product, server } = await startSafe();
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

  it('mails only those who try it with every mailing switch on, from the first connection until the organization has left', async () => {
    const { product, server } = await startSafe();
    product.crm.set(EVERY_SWITCH);
    await product.ingest('first', meetingBody({}, ['ana@acme.example', 'x@stranger.example']));
    await product.settle();
    expect(product.crm.events().length).toBe(1);
    expect(product.crm.mails()).toEqual([]);
    await start(server, { calendars: 'host_synced', hostUserId: ID.host });
    await play(product, server);
    const { modes } = (await ask(server, 'GET', '')).json();
    expect(modes).toMatchObject({ contacts: false, emails: false, users: false, contactOfEvent: false });
    const ofCanary = product.crm.mails();
    expect(new Set(ofCanary.map(({ to }) => to))).toEqual(new Set([MAILBOX, CONNECTED]));
    const times = { startsAt: '2026-11-19T10:00:00Z', endsAt: '2026-11-19T11:00:00Z' };
    await product.ingest('second', meetingBody({ title: 'Second', ...times }, ['ben@acme.example', 'lea@new.example']));
    await product.settle();
    await undoMeeting({ ctx: product.ctx, input: { externalId: 'second' } });
    await product.settle();
    const payload = { events: 'remove', notes: 'remove', ids: 'remove', fields: 'keep' };
    const leave = await server.as('admin', { method: 'POST', url: '/api/v1/integrations/zoho/leave', payload });
    expect(leave.statusCode).toBe(202);
    await product.settle();
    expect((await connectionOf(product)).state).toBe('disconnected');
    expect([...product.crm.events(), ...product.crm.notes()]).toEqual([]);
    expect(product.crm.mails()).toEqual(ofCanary);
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
