import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Simulator } from '../../simulator/start-simulator.ts';
import { type Body, type Client, connect, create, send, startConnected } from './sandbox-client.ts';

let simulator: Simulator;
let client: Client;
let contact: string;

const host = 'admin@sandbox.example';
const nora = 'nora@sandbox.example';
const guest = 'guest@acme.example';
const url = 'https://meet.example/abc';

beforeAll(async () => {
  ({ simulator, client } = await startConnected());
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  await send(`${simulator.accounts}/sandbox/reset`, { method: 'POST', body: '{}' });
  client = await connect(simulator);
  await client.control('POST', 'people', { users: [{ email: nora, name: 'Nora Kern', add: true }] });
  contact = await create(client, 'Contacts', { Last_Name: 'Guest', Email: guest });
});

const set = async (values: Record<string, unknown>) =>
  expect((await client.control('POST', 'switches', values)).status).toBe(200);
const mails = async (): Promise<string[][]> =>
  (await client.control('GET', 'mails')).body.mails.map((mail: Body) => [mail.to, mail.cause]);
const newMails = async (): Promise<string[][]> => {
  const all = await mails();
  const fresh = all.slice(seenMails);
  seenMails = all.length;
  return fresh;
};
let seenMails = 0;
beforeEach(() => {
  seenMails = 0;
});
const calendar = (...acts: Body[]) => client.control('POST', 'calendar', { acts });
const when = { startsAt: '2026-03-03T10:00:00Z', endsAt: '2026-03-03T11:00:00Z' };
const whole = async (id: string) => (await client.get(`/Events/${id}`)).body?.data?.[0];
const put = (id: string, fields: Body) => client.call('PUT', `/Events/${id}`, { data: [fields], trigger: [] });

describe('a calendar puts events into Zoho', () => {
  test('as the host, with link and guests, and mails nobody', async () => {
    await set({ calendarSync: 'google', mailsEmails: true, workflowMailsAlways: true });
    const done = await calendar({
      do: 'put',
      host: nora,
      title: 'Demo',
      ...when,
      conferenceUrl: url,
      guests: [guest, host],
    });
    const row = await whole(done.body.acts[0].ids[0]);
    expect(row).toMatchObject({
      Event_Title: 'Demo',
      Owner: { email: nora },
      Created_By: { email: nora },
      Venue: null,
      Description: `Join with Google Meet:\n${url}`,
      All_day: false,
      $event_cancelled: false,
    });
    expect(row.Participants).toMatchObject([
      { type: 'email', participant: guest, invited: true },
      { type: 'user', Email: host },
    ]);
    expect(Date.parse(row.Start_DateTime)).toBe(Date.parse(when.startsAt));
    expect(await mails()).toEqual([]);
  });

  test('with the link where the provider or the act says, and guests as records', async () => {
    await client.control('POST', 'people', { users: [{ email: nora, calendarSync: 'office365' }] });
    const one = async (more: Body) => {
      const done = await calendar({
        do: 'put',
        host: nora,
        title: 'T',
        ...when,
        conferenceUrl: url,
        guests: [guest],
        ...more,
      });
      return whole(done.body.acts[0].ids[0]);
    };
    expect(await one({ guestsAs: 'matched' })).toMatchObject({
      Venue: url,
      Description: null,
      Participants: [{ type: 'contact', participant: contact }],
    });
    expect(await one({ provider: 'google', description: 'Agenda' })).toMatchObject({
      Venue: null,
      Description: `Agenda\n\nJoin with Google Meet:\n${url}`,
    });
    const both = await one({ urlIn: 'both' });
    expect([both.Venue, both.Description]).toEqual([url, `Microsoft Teams meeting\n${url}`]);
  });

  test('copies for colleagues, series, all-day and cancelled ones', async () => {
    const done = await calendar(
      { do: 'put', host: nora, title: 'Weekly', ...when, copiesFor: [host], repeat: { times: 3 } },
      { do: 'put', host: nora, title: 'Holiday', ...when, isAllDay: true },
      { do: 'put', host: nora, title: 'Off', ...when, isCancelled: true },
    );
    const [series, [allDay = ''], [off = '']] = done.body.acts.map((one: { ids: string[] }) => one.ids);
    const rows = await Promise.all(series.map(whole));
    expect(rows.map((row: Body) => [row.Owner.email, row.Start_DateTime.slice(0, 10), row.Event_Title])).toEqual(
      ['03', '10', '17'].flatMap((day) => [nora, host].map((owner) => [owner, `2026-03-${day}`, 'Weekly'])),
    );
    expect(rows[1].Participants).toMatchObject([{ Email: nora }]);
    expect((await whole(allDay)).All_day).toBe(true);
    expect(await whole(off)).toMatchObject({ Event_Title: 'Off', $event_cancelled: true });
    const listed = await client.get(`/Events?fields=Event_Title,$event_cancelled&ids=${off},${allDay}`);
    expect(listed.body.data.map((row: Body) => row.$event_cancelled)).toEqual([true, false]);
  });

  test('moves, cancels and removes what it put; cancelledShownAs is a flag or a title', async () => {
    const done = await calendar(
      { do: 'put', host: nora, title: 'A', ...when, guests: [guest] },
      { do: 'put', host: nora, title: 'B', ...when },
      { do: 'put', host: nora, title: 'C', ...when },
    );
    const [a, b, c] = done.body.acts.map((one: Body) => one.ids[0]);
    await client.control('POST', 'clock', { advanceSeconds: 60 });
    await calendar(
      { do: 'move', id: a, startsAt: '2026-03-03T12:00:00Z', endsAt: '2026-03-03T13:00:00Z', title: 'A2' },
      { do: 'cancel', id: b },
    );
    expect(await whole(a)).toMatchObject({ Event_Title: 'A2', Modified_By: { email: nora } });
    const cancelled = await whole(b);
    expect(cancelled).toMatchObject({ Event_Title: 'B', $event_cancelled: true });
    expect(cancelled.Modified_Time).not.toBe(cancelled.Created_Time);
    await set({ cancelledShownAs: 'title' });
    await calendar({ do: 'cancel', id: c }, { do: 'remove', id: a });
    expect(await whole(c)).toMatchObject({ Event_Title: 'Canceled: C', $event_cancelled: false });
    expect((await client.get('/Events/deleted?type=all')).body.data[0]).toMatchObject({ id: a });
    expect(await mails()).toEqual([]);
  });

  test.each([
    [{ do: 'put', host: 'who@x.example', title: 'T', ...when }, 'no active user who@x.example'],
    [{ do: 'put', host: nora, title: 'T', startsAt: 'soon', endsAt: 'later' }, 'ISO 8601'],
    [{ do: 'put', host: nora, title: 'T', ...when, repeat: { times: 0 } }, 'repeat is'],
    [{ do: 'move', id: '1' }, 'no event 1'],
    [{ do: 'put', host: nora, title: 'T', startsAt: when.endsAt, endsAt: when.startsAt }, 'INVALID_DATA'],
  ])('%j is refused in words, and nothing is done', async (wrong, words) => {
    const answer = await calendar({ do: 'put', host: nora, title: 'Good', ...when }, wrong);
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining(words)]);
    expect((await client.get('/Events?fields=id')).status).toBe(204);
  });
});

describe('calendarSync: a synced calendar takes what is written to events of its owner', () => {
  const quiet = (more: Body = {}) =>
    create(client, 'Events', {
      Event_Title: 'E',
      Start_DateTime: '2026-02-01T10:00:00Z',
      End_DateTime: '2026-02-01T11:00:00Z',
      Participants: [{ type: 'email', participant: 'p@x.example', invited: false }],
      ...more,
    });

  test('and mails guests about what it holds too, and about nothing else', async () => {
    await set({ calendarSync: 'office365' });
    const event = await quiet({ Who_Id: { id: contact } });
    expect(await newMails()).toEqual([
      ['p@x.example', 'calendar invitation'],
      [guest, 'calendar invitation'],
    ]);
    const account = await create(client, 'Accounts', { Account_Name: 'A' });
    await put(event, { What_Id: { id: account }, $se_module: 'Accounts' });
    expect(await newMails()).toEqual([]);
    await put(event, { Description: 'x', Participants: [] });
    expect(await newMails()).toEqual([
      [guest, 'calendar update'],
      ['p@x.example', 'calendar cancellation'],
    ]);
    await client.call('DELETE', `/Events/${event}?wf_trigger=false`);
    expect(await newMails()).toEqual([[guest, 'calendar cancellation']]);
  });

  test('off by default, and set for one user alone', async () => {
    await quiet();
    await client.control('POST', 'people', { users: [{ email: nora, calendarSync: 'google' }] });
    await quiet();
    expect(await mails()).toEqual([]);
    const owner = (await client.control('GET', 'people')).body.users.find((user: Body) => user.email === nora).id;
    const own = { type: 'user', participant: owner, invited: false };
    const other = { type: 'email', participant: 'p@x.example', invited: false };
    await quiet({ Owner: { id: owner }, Participants: [own, other] });
    expect(await mails()).toEqual([['p@x.example', 'calendar invitation']]);
  });

  test('calendarMails: not for what is over, or never', async () => {
    await set({ calendarSync: 'google', calendarMails: 'future-only' });
    await quiet();
    expect(await mails()).toEqual([]);
    const later = { Start_DateTime: '2026-05-01T10:00:00Z', End_DateTime: '2026-05-01T11:00:00Z' };
    await quiet(later);
    expect(await mails()).toEqual([['p@x.example', 'calendar invitation']]);
    await set({ calendarMails: 'never' });
    await quiet(later);
    expect(await mails()).toHaveLength(1);
  });
});

describe('an org that mails although nobody is invited', () => {
  const people = [
    () => ({ type: 'contact', participant: contact, invited: false }),
    () => ({ type: 'email', participant: 'p@x.example', invited: false }),
  ];
  /** The whole life of an event, as the canary writes it. */
  const life = async () => {
    const other = await create(client, 'Contacts', { Last_Name: 'Who', Email: 'who@acme.example' });
    const event = await create(client, 'Events', {
      Event_Title: 'E',
      Start_DateTime: '2026-02-01T10:00:00Z',
      End_DateTime: '2026-02-01T11:00:00Z',
      Who_Id: { id: other },
      Participants: people.map((one) => one()),
    });
    const created = await newMails();
    await put(event, { Description: 'changed' });
    const changed = await newMails();
    const note = await create(client, 'Notes', {
      Parent_Id: { module: { api_name: 'Events' }, id: event },
      Note_Content: 'n',
    });
    const noted = await newMails();
    await client.call('PUT', `/Notes/${note}`, { data: [{ Note_Content: 'm' }], trigger: [] });
    await client.call('DELETE', `/Notes/${note}?wf_trigger=false`);
    const afterNote = await newMails();
    await client.call('DELETE', `/Events/${event}?wf_trigger=false`);
    return { created, changed, noted, afterNote, deleted: await newMails() };
  };
  const silent = { created: [], changed: [], noted: [], afterNote: [], deleted: [] };

  test('is silent unless a switch says otherwise', async () => {
    expect(await life()).toEqual(silent);
    await set({ workflowMails: true });
    expect(await life()).toEqual(silent);
  });

  test.each([
    [{ mailsContacts: true }, guest, 'contact participant'],
    [{ mailsEmails: true }, 'p@x.example', 'e-mail participant'],
    [{ mailsWho: true }, 'who@acme.example', 'Who_Id'],
  ])('%j mails those alone, at every moment', async (values, to, words) => {
    await set(values);
    const at = (moment: string) => [[to, `${words} of an event that was ${moment}`]];
    expect(await life()).toEqual({
      ...silent,
      created: at('created'),
      changed: at('changed'),
      noted: at('given a note'),
      deleted: at('deleted'),
    });
  });

  test.each([
    [{ mailsOnInsert: false }, 'created'],
    [{ mailsOnUpdate: false }, 'changed'],
    [{ mailsOnNote: false }, 'noted'],
    [{ mailsOnDelete: false }, 'deleted'],
  ] as const)('%j takes that moment out', async (values, moment) => {
    await set({ mailsContacts: true, mailsEmails: true, mailsWho: true, ...values });
    const mailed = await life();
    expect(Object.fromEntries(Object.entries(mailed).map(([name, list]) => [name, list.length]))).toEqual({
      created: 3,
      changed: 3,
      noted: 3,
      afterNote: 0,
      deleted: 3,
      [moment]: 0,
    });
  });

  test('workflowMailsAlways mails in spite of trigger: [] and wf_trigger=false', async () => {
    await set({ workflowMailsAlways: true });
    const causes = Object.entries(await life()).map(([name, list]) => [name, ...new Set(list.map((mail) => mail[1]))]);
    expect(causes).toEqual([
      ['created', 'workflow on Events in spite of trigger'],
      ['changed', 'workflow on Events in spite of trigger'],
      ['noted', 'workflow on Notes in spite of trigger'],
      ['afterNote', 'workflow on Notes in spite of trigger', 'workflow on Notes in spite of wf_trigger'],
      ['deleted', 'workflow on Events in spite of wf_trigger'],
    ]);
  });
});
