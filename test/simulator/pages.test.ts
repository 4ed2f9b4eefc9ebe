// This long on purpose: one test per thing that people see or do on the pages.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromWallTime, wallTime } from '../../simulator/pages/moments.ts';
import { pickPage } from '../../simulator/pages/pick-page.ts';
import { readableText } from '../../simulator/pages/readable-text.ts';
import { type Simulator, startSimulator } from '../../simulator/start-simulator.ts';
import type { Row } from '../../simulator/store/table.ts';
import { addUser, type Org } from '../../simulator/world/org.ts';
import { type Body, type Client, connect, create, frozenAt, send } from './sandbox-client.ts';

let simulator: Simulator;
let client: Client;
let org: Org;

beforeAll(async () => {
  // The clock stands on a half second past nine, so that nothing here looks like a seeded record.
  simulator = await startSimulator({ frozenAt: frozenAt + 500, dcs: ['us', 'eu'] });
  client = await connect(simulator);
  const production = simulator.world.dcs[0]?.orgs.get('production');
  if (!production) throw new Error('no org');
  org = production;
});
afterAll(() => simulator.stop());

const at = (tab: string, id = '') => `/crm/org${org.zgid}/tab/${tab}${id === '' ? '' : `/${id}`}`;

async function page(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string; headers: Headers }> {
  const answer = await send(simulator.accounts + path, { headers });
  return { ...answer, body: String(answer.body ?? '') };
}

/** Sends a form as the page's own browser would. */
function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return send(simulator.accounts + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin: simulator.accounts, ...headers },
  });
}

const stored = (module: string, id: string): Row => {
  const row = org.module(module)?.records.get(id);
  if (!row) throw new Error(`${module} ${id} is gone`);
  return row;
};

/** What a reader sees: tags out, blanks as one. */
const words = (markup: string) =>
  markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ')
    .replaceAll(' ,', ',');

const section = (markup: string, id: string) => {
  const from = markup.indexOf(`id="${id}"`);
  expect(from, `section ${id}`).toBeGreaterThan(0);
  return markup.slice(from, markup.indexOf('</section>', from));
};

async function makeStory() {
  const account = await create(client, 'Accounts', { Account_Name: 'Acme', Website: 'https://acme.example' });
  const child = await create(client, 'Accounts', { Account_Name: 'Acme Labs', Parent_Account: { id: account } });
  const contact = await create(client, 'Contacts', {
    Last_Name: 'Pérez',
    First_Name: 'Ana',
    Email: 'ana@acme.example',
    Account_Name: { id: account },
  });
  const deal = await create(client, 'Deals', {
    Deal_Name: 'Renewal',
    Stage: 'Qualification',
    Amount: 5000,
    Account_Name: { id: account },
  });
  const role = await client.get('/Contacts/roles');
  await client.call('PUT', `/Deals/${deal}/Contact_Roles/${contact}`, {
    data: [{ Contact_Role: { id: role.body.contact_roles[0].id } }],
  });
  const event = (title: string, from: string, to: string) =>
    create(client, 'Events', {
      Event_Title: title,
      Start_DateTime: from,
      End_DateTime: to,
      What_Id: { id: deal },
      $se_module: 'Deals',
      Who_Id: { id: contact },
      Participants: [
        { type: 'contact', participant: contact, invited: false },
        { type: 'email', participant: 'guest@other.example', invited: true },
      ],
      Description: 'Recording: https://rec.example/1.',
    });
  const past = await event('Past review', '2026-02-20T15:00:00Z', '2026-02-20T15:45:00Z');
  const ahead = await event('Next review', '2026-07-20T15:00:00Z', '2026-07-20T16:30:00Z');
  return { account, child, contact, deal, past, ahead };
}

describe('reading', () => {
  let story: Awaited<ReturnType<typeof makeStory>>;
  beforeAll(async () => {
    story = await makeStory();
  });

  test('home says what this is, counts, how to connect and what changed; the secret is behind a click', async () => {
    const { status, body, headers } = await page('/');
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    // With no-referrer a browser sends the page's own forms from the origin "null", which is refused.
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(body).toContain('SANDBOX — no real Zoho');
    for (const text of [simulator.accounts, simulator.api, simulator.clientId]) expect(words(body)).toContain(text);
    expect(body).toMatch(
      new RegExp(`<details class="secret"><summary>Reveal</summary><code[^>]*>${simulator.clientSecret}<`),
    );
    expect(body.indexOf(simulator.clientSecret)).toBe(body.lastIndexOf(simulator.clientSecret));
    const count = org.module('Accounts')?.records.size;
    expect(body).toContain(`<b>${count}</b><span>Accounts</span>`);
    expect(body).toContain(at('Events', story.ahead));
    expect(words(body)).toContain('created by API client');
  });

  test('a contact shows account, deals with role, open, closed and invited meetings', async () => {
    const { body } = await page(at('Contacts', story.contact));
    expect(section(body, 'details')).toContain(at('Accounts', story.account));
    expect(words(section(body, 'list-Deals'))).toMatch(/Renewal.*Qualification.*Decision Maker/);
    expect(section(body, 'list-Events')).toContain(story.ahead);
    expect(section(body, 'list-Events')).not.toContain(story.past);
    expect(section(body, 'list-Events_History')).toContain(story.past);
    expect(section(body, 'list-Events_History')).not.toContain(story.ahead);
    for (const id of [story.past, story.ahead]) expect(section(body, 'list-Invited_Events')).toContain(id);
  });

  test('an account shows contacts, deals and children', async () => {
    const { body } = await page(at('Accounts', story.account));
    expect(section(body, 'list-Contacts')).toContain(story.contact);
    expect(section(body, 'list-Deals')).toContain(story.deal);
    expect(section(body, 'list-Child_Accounts')).toContain(story.child);
  });

  test('a deal goes by both names and without an org, and shows its notes newest first', async () => {
    for (const text of ['First thought', 'Second thought']) {
      await create(client, 'Notes', {
        Note_Title: text,
        Note_Content: `${text} in full`,
        Parent_Id: { id: story.deal, module: { api_name: 'Deals' } },
      });
    }
    for (const path of [at('Potentials', story.deal), at('Deals', story.deal), `/crm/tab/Potentials/${story.deal}`]) {
      const { status, body } = await page(path);
      expect(status).toBe(200);
      expect(section(body, 'list-Contact_Roles')).toContain(story.contact);
      const notes = section(body, 'list-Notes');
      expect(notes.indexOf('Second thought in full')).toBeGreaterThan(0);
      expect(notes.indexOf('First thought in full')).toBeGreaterThan(notes.indexOf('Second thought in full'));
    }
  });

  test('an event shows all: times with offset, relations, participants with their state, fields of customers, links', async () => {
    await client.call('POST', '/settings/fields?module=Events', {
      fields: [{ field_label: 'Meeting Key', data_type: 'text', length: 100, external: { type: 'org', show: false } }],
    });
    await client.call('PUT', `/Events/${story.past}`, { data: [{ Meeting_Key: 'mk-77' }], trigger: [] });
    await create(client, 'Notes', {
      Note_Title: 'All notes',
      Note_Content: 'Objections\n12:40 Too dear\n  Clip 12:40–12:50 See https://clip.example/a?b=1&c=2.',
      Parent_Id: { id: story.past, module: { api_name: 'Events' } },
    });
    const { body } = await page(at('Events', story.past));
    expect(words(body)).toContain('Fri 20 Feb 2026, 16:00 – 16:45 +01:00 · 45 min');
    expect(words(section(body, 'details'))).toMatch(/Meeting Key external id mk-77/);
    expect(section(body, 'details')).toContain('<a href="https://rec.example/1" ');
    const people = words(section(body, 'participants'));
    expect(people).toMatch(/Ana Pérez contact ana@acme.example not known Not invited/);
    expect(people).toMatch(/guest@other.example email guest@other.example not known Invited/);
    const notes = section(body, 'list-Notes');
    expect(notes).toContain('<p class="heading" dir="auto">Objections</p>');
    expect(notes).toContain('<a href="https://clip.example/a?b=1&#38;c=2" ');
    expect(words(section(body, 'details'))).toMatch(
      /Created Sandbox Administrator, Mon 2 Mar 2026, 10:00 \+01:00 · by API client/,
    );
    const json = /<pre dir="ltr">([\s\S]*?)<\/pre>/.exec(body)?.[1] ?? '';
    const whole = (await client.get(`/Events/${story.past}`)).body.data[0];
    expect(JSON.parse(words(json))).toEqual(JSON.parse(words(JSON.stringify(whole, null, 2))));
  });

  test('times follow the zone of who looks', async () => {
    const tokyo = addUser(org, {
      id: org.nextId(),
      firstName: 'Aiko',
      lastName: 'Sato',
      email: 'aiko@x.example',
      isAdministrator: false,
      isActive: true,
      timeZone: 'Asia/Tokyo',
      now: frozenAt,
    });
    const { body } = await page(at('Events', story.past), { cookie: `sandbox_viewer=${tokyo.id}` });
    expect(words(body)).toContain('Sat 21 Feb 2026, 00:00 – 00:45 +09:00');
    expect(words(body)).toContain('Aiko Sato');
  });

  test('an unknown record, module, org or tool is a page with a way back', async () => {
    for (const path of [
      at('Contacts', '123456'),
      at('Nonsense'),
      '/crm/org999/tab/Contacts',
      '/sandbox/ui/nonsense',
      '/crm/',
      `${at('Contacts', story.contact)}?list=Nonsense`,
    ]) {
      const { status, body } = await page(path);
      expect(status, path).toBe(404);
      expect(body).toMatch(/<main[\s\S]*<a [^>]*href="\//);
    }
  });

  test('looking is no call', async () => {
    const before = (await client.control('GET', 'ledger')).body.rows.length;
    for (const path of ['/', at('Contacts'), at('Contacts', story.contact), '/sandbox/ui/ledger']) await page(path);
    expect((await client.control('GET', 'ledger')).body.rows).toHaveLength(before);
    const { body } = await page('/sandbox/ui/ledger');
    expect(body).toContain(`/crm/v8/Events/${story.past}`);
    expect(body).toContain(`<b data-total="calls">${before}</b>`);
  });

  test('other organizations and data centres keep to themselves', async () => {
    const developer = simulator.world.dcs[0]?.orgs.get('developer');
    const { status, body } = await page(`/crm/org${developer?.zgid}/tab/Contacts`);
    expect(status).toBe(200);
    expect(body).toContain('No contacts yet');
    const abroad = await send(`${simulator.dcs.eu?.accounts}/crm/tab/Contacts/${story.contact}`);
    expect(abroad.status).toBe(404);
  });
});

describe('lists', () => {
  test('search, sort and paging over thousands of deals, on the list and on the account', async () => {
    const account = await create(client, 'Accounts', { Account_Name: 'Globex' });
    const deals = org.module('Deals')?.records;
    const model = {
      Stage: 'Qualification',
      Owner: '',
      Created_By: '',
      Modified_By: '',
      Created_Time: 1,
      Modified_Time: 1,
    };
    for (let i = 0; i < 3000; i++) {
      deals?.put({
        ...model,
        id: org.nextId(),
        Deal_Name: `Bulk ${String((i * 7) % 3000)}`,
        Amount: i,
        Account_Name: account,
      });
    }
    const names = (markup: string) =>
      [...markup.matchAll(/<td class="name"><a [^>]*>([^<]*)</g)].map((found) => found[1]);
    const sorted = await page(`${at('Deals')}?q=bulk&sort=Deal_Name&page=3`);
    expect(names(sorted.body)).toEqual(Array.from({ length: 50 }, (_one, i) => `Bulk ${100 + i}`));
    expect(words(sorted.body)).toContain('101–150 of 3,000');
    const last = await page(`${at('Deals')}?q=BULK&sort=Amount&order=desc`);
    expect(names(last.body)[0]).toBe(`Bulk ${(2999 * 7) % 3000}`);
    expect(names((await page(`${at('Deals')}?q=bulk+2999`)).body)).toEqual(['Bulk 2999']);
    expect((await page(`${at('Deals')}?q=nothing-like-it`)).body).toContain('No deals hold “nothing-like-it”');
    expect((await page(`${at('Deals')}?page=9999`)).body).toContain('The list ends before this page');
    const ofAccount = await page(at('Accounts', account));
    expect(words(section(ofAccount.body, 'list-Deals'))).toContain('Show all 3,000');
    expect(names(section(ofAccount.body, 'list-Deals'))).toHaveLength(10);
    const related = await page(`${at('Accounts', account)}?list=Deals&page=60`);
    expect(names(related.body)).toHaveLength(50);
    expect(words(related.body)).toContain('2,951–3,000 of 3,000');
  });

  test('two hundred notes come in pages, newest first', async () => {
    const contact = await create(client, 'Contacts', { Last_Name: 'Chatty' });
    const notes = org.module('Notes')?.records;
    for (let i = 0; i < 200; i++) {
      notes?.put({
        id: org.nextId(),
        Note_Title: `n${i}`,
        Note_Content: `thought ${i}.`,
        Parent_Id: contact,
        $se_module: 'Contacts',
        Created_Time: i,
        Modified_Time: i,
        Created_By: '',
        Modified_By: '',
      });
    }
    const thoughts = (markup: string) => [...markup.matchAll(/thought (\d+)\./g)].map((found) => Number(found[1]));
    const first = await page(at('Contacts', contact));
    expect(thoughts(section(first.body, 'list-Notes'))).toEqual(Array.from({ length: 20 }, (_one, i) => 199 - i));
    const tenth = await page(`${at('Contacts', contact)}?list=Notes&page=10`);
    expect(thoughts(tenth.body)).toEqual(Array.from({ length: 20 }, (_one, i) => 19 - i));
  });

  test('a page of any list is what sorting and slicing everything would give', async () => {
    const rowsOf = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 2500 });
    await fc.assert(
      fc.asyncProperty(
        rowsOf,
        fc.nat(60),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (values, offset, size, isSorted) => {
          const rows = values.map((value, index): Row => ({ id: String(index), value }));
          const isMatch = (row: Row) => Number(row.value) % 3 !== 0;
          const compare = (a: Row, b: Row) => Number(a.value) - Number(b.value) || Number(a.id) - Number(b.id);
          const matching = rows.filter(isMatch);
          const expected = isSorted ? [...matching].sort(compare) : matching;
          const picked = await pickPage(rows, { offset, size, isMatch, ...(isSorted ? { compare } : {}) });
          expect(picked).toEqual({ rows: expected.slice(offset, offset + size), total: matching.length });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('changing', () => {
  test('a stage is changed as the chosen person, with its probability, and channels hear of it', async () => {
    const deal = await create(client, 'Deals', { Deal_Name: 'Two-way', Stage: 'Qualification', Amount: 100 });
    const person = addUser(org, {
      id: org.nextId(),
      firstName: 'Carla',
      lastName: 'Ruiz',
      email: 'carla@x.example',
      isAdministrator: false,
      isActive: true,
      timeZone: 'UTC',
      now: frozenAt,
    });
    const heard = await listenOnce();
    await client.call('POST', '/actions/watch', {
      watch: [
        {
          channel_id: '77',
          events: ['Deals.edit'],
          notify_url: heard.url,
          token: 't',
          channel_expiry: '2026-03-02T20:00:00+00:00',
        },
      ],
    });
    await client.control('POST', 'clock', { advanceSeconds: 60 });
    const answer = await post(
      at('Potentials', deal),
      { do: 'update', Stage: 'Closed Won' },
      { cookie: `sandbox_viewer=${person.id}` },
    );
    expect(answer.status).toBe(303);
    const row = stored('Deals', deal);
    expect(row).toMatchObject({
      Stage: 'Closed Won',
      Probability: 100,
      Expected_Revenue: 100,
      Modified_By: person.id,
      Amount: 100,
    });
    expect(Number(row.Modified_Time)).toBe(frozenAt + 60_000);
    const callback = await heard.body;
    expect(callback).toMatchObject({ module: 'Deals', operation: 'update', ids: [deal], token: 't' });
    expect(callback.affected_fields[0][deal]).toContain('Stage');
    heard.server.close();
    await client.call('DELETE', '/actions/watch?channel_ids=77');
    const { body } = await page(`${answer.headers.get('location')}`);
    expect(words(body)).toContain('Saved.');
    expect(words(section(body, 'details'))).toMatch(/Modified Carla Ruiz, .* · on these pages/);
    expect(words(section(body, 'details'))).toMatch(/Created Sandbox Administrator, .* · by API client/);
    const viaApi = await client.get(`/Deals/${deal}`);
    expect(viaApi.body.data[0]).toMatchObject({ Stage: 'Closed Won', Modified_By: { id: person.id } });
  });

  test('every common field of an event can be changed; its zone is the viewer’s', async () => {
    const contact = await create(client, 'Contacts', { Last_Name: 'Only One', First_Name: 'The' });
    const account = await create(client, 'Accounts', { Account_Name: 'Initech' });
    const event = await create(client, 'Events', {
      Event_Title: 'Old',
      Start_DateTime: '2026-05-01T10:00:00Z',
      End_DateTime: '2026-05-01T11:00:00Z',
    });
    const answer = await post(at('Events', event), {
      do: 'update',
      Event_Title: 'مرحبا 東京',
      Start_DateTime: '2026-05-02T09:30',
      End_DateTime: '2026-05-02T10:30:00',
      Who_Id: 'the only one',
      What_Id: account,
      'What_Id.module': 'Accounts',
      Description: 'line one\r\nline two',
    });
    expect(answer.status).toBe(303);
    expect(stored('Events', event)).toMatchObject({
      Event_Title: 'مرحبا 東京',
      Start_DateTime: Date.parse('2026-05-02T07:30:00Z'),
      End_DateTime: Date.parse('2026-05-02T08:30:00Z'),
      Who_Id: contact,
      What_Id: account,
      $se_module: 'Accounts',
      Description: 'line one\nline two',
    });
    const { body } = await page(at('Events', event));
    expect(body).toContain('<h1 dir="auto">مرحبا 東京</h1>');
  });

  test('a form sent back as it was changes nothing, not even the time', async () => {
    const note = await create(client, 'Notes', {
      Note_Title: 'T',
      Note_Content: '\n a\nb \n',
      Parent_Id: { id: await create(client, 'Leads', { Last_Name: 'L' }), module: { api_name: 'Leads' } },
    });
    await client.control('POST', 'clock', { advanceSeconds: 60 });
    const form = await page(`${at('Notes', note)}?edit=all`);
    const shown = /<textarea name="Note_Content"[^>]*>\n([\s\S]*?)<\/textarea>/.exec(form.body)?.[1] ?? '';
    const before = stored('Notes', note);
    const answer = await post(at('Notes', note), {
      do: 'update',
      Note_Title: 'T',
      Note_Content: shown.replaceAll('\n', '\r\n'),
    });
    expect(answer.status).toBe(303);
    expect(stored('Notes', note)).toBe(before);
    await post(at('Notes', note), { do: 'update', Note_Content: `${shown}more` });
    expect(stored('Notes', note).Note_Content).toBe('\n a\nb \nmore');
  });

  test('a wrong value is explained, kept in the form, and changes nothing', async () => {
    const contact = await create(client, 'Contacts', { Last_Name: 'Strict', Email: 's@x.example' });
    await create(client, 'Accounts', { Account_Name: 'Twin' });
    await create(client, 'Accounts', { Account_Name: 'Twin' });
    const before = stored('Contacts', contact);
    const wrongs: [field: string, value: string, reason: string][] = [
      ['Email', 'not an address', 'Email: this is no email'],
      ['Last_Name', '', 'Last Name: it must not be empty'],
      ['Last_Name', 'x'.repeat(81), 'at most 80 characters'],
      ['Account_Name', 'No such one', 'no account has the name or id'],
      ['Account_Name', 'twin', 'several accounts are called'],
    ];
    for (const [field, value, reason] of wrongs) {
      const answer = await post(`${at('Contacts', contact)}?edit=${field}`, { do: 'update', [field]: value });
      expect(answer.status).toBe(400);
      expect(words(answer.body)).toContain(reason);
      expect(answer.body).toContain(`value="${value}"`);
      expect(stored('Contacts', contact)).toBe(before);
    }
  });

  test('a contact and a note are made, and contact roles given and taken', async () => {
    const made = await post(`${at('Contacts')}/new`, {
      First_Name: 'New',
      Last_Name: 'Person',
      Email: 'new@person.example',
      Account_Name: '',
    });
    const contact = /Contacts\/(\d+)/.exec(made.headers.get('location') ?? '')?.[1] ?? '';
    expect(stored('Contacts', contact)).toMatchObject({ Full_Name: 'New Person', Email: 'new@person.example' });
    expect(words((await page(at('Contacts', contact))).body)).toMatch(/Created .* · on these pages/);
    const deal = await create(client, 'Deals', { Deal_Name: 'Roles', Stage: 'Qualification' });
    const form = await page(`${at('Notes')}/new?parent=${deal}&module=Deals`);
    expect(form.body).toContain(`value="${deal}"`);
    await post(`${at('Notes')}/new`, {
      Note_Title: 'By hand',
      Note_Content: 'Hello',
      Parent_Id: deal,
      'Parent_Id.module': 'Deals',
    });
    expect((await client.get(`/Deals/${deal}/Notes?fields=Note_Title,Note_Content`)).body.data).toMatchObject([
      { Note_Title: 'By hand', Note_Content: 'Hello' },
    ]);
    const role = [...org.roleCatalogue.rows()][1];
    await post(at('Deals', deal), { do: 'add-role', contact: 'new person', role: role?.id ?? '' });
    const given = await client.get(`/Deals/${deal}/Contact_Roles?fields=Full_Name`);
    expect(given.body.data).toMatchObject([{ id: contact, Contact_Role: { name: role?.name } }]);
    await post(at('Deals', deal), { do: 'remove-role', contact });
    expect((await client.get(`/Deals/${deal}/Contact_Roles?fields=Full_Name`)).status).toBe(204);
    const failed = await post(`${at('Contacts')}/new`, { First_Name: 'Nameless' });
    expect(failed.status).toBe(400);
    expect(failed.body).toContain('value="Nameless"');
  });

  test('participants are added and taken out, the others stay as they are', async () => {
    const contact = await create(client, 'Contacts', { Last_Name: 'Joins', First_Name: 'Late' });
    const event = await create(client, 'Events', {
      Event_Title: 'Party',
      Start_DateTime: '2026-05-01T10:00:00Z',
      End_DateTime: '2026-05-01T11:00:00Z',
      Participants: [{ type: 'email', participant: 'first@x.example', invited: true }],
    });
    const people = async () =>
      (await client.get(`/Events/${event}`)).body.data[0].Participants.map((one: Body) => [
        one.participant,
        one.invited,
      ]);
    const mails = () => simulator.world.mails.all().filter((mail) => mail.recordId === event);
    expect(mails()).toHaveLength(1);
    await post(at('Events', event), { do: 'add-participant', type: 'contact', who: 'late joins', invited: 'false' });
    expect(await people()).toEqual([
      ['first@x.example', true],
      [contact, false],
    ]);
    expect(mails()).toHaveLength(1);
    await post(at('Events', event), {
      do: 'add-participant',
      type: 'user',
      who: 'admin@sandbox.example',
      invited: 'true',
    });
    expect(mails().map((mail) => mail.to)).toEqual(['first@x.example', 'admin@sandbox.example']);
    await post(at('Events', event), { do: 'remove-participant', type: 'email', who: 'first@x.example' });
    expect((await people()).map(([id]: [string]) => id)).not.toContain('first@x.example');
    const before = stored('Events', event);
    const wrong = await post(at('Events', event), {
      do: 'add-participant',
      type: 'lead',
      who: 'nobody',
      invited: 'true',
    });
    expect(wrong.status).toBe(400);
    expect(stored('Events', event)).toBe(before);
  });

  test('a deleted record is in the bin, and its page says who deleted it', async () => {
    const lead = await create(client, 'Leads', { Last_Name: 'Doomed' });
    expect((await page(`${at('Leads', lead)}?delete=1`)).body).toContain('name="do" value="delete"');
    expect((await post(at('Leads', lead), { do: 'delete' })).status).toBe(303);
    expect((await client.get(`/Leads/${lead}`)).status).toBe(204);
    expect((await client.get('/Leads/deleted?type=recycle')).body.data[0]).toMatchObject({
      id: lead,
      display_name: 'Doomed',
    });
    const { status, body } = await page(at('Leads', lead));
    expect(status).toBe(404);
    expect(words(body)).toMatch(/Doomed was deleted by Sandbox Administrator/);
    expect(words((await page(`/crm/org${org.zgid}/recycle-bin`)).body)).toContain('Doomed');
  });

  test('forms from other sites are refused and change nothing', async () => {
    const lead = await create(client, 'Leads', { Last_Name: 'Safe' });
    const before = stored('Leads', lead);
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: simulator.api },
      { origin: '', 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of foreign) {
      const forms: Record<string, string>[] = [{ do: 'delete' }, { do: 'update', Last_Name: 'Hacked' }];
      for (const fields of forms) {
        const answer = await post(at('Leads', lead), fields, headers);
        expect(answer.status, JSON.stringify(headers)).toBe(403);
      }
      expect((await post('/sandbox/ui/reset', {}, headers)).status).toBe(403);
    }
    expect(stored('Leads', lead)).toBe(before);
  });

  test('switches, faults and the clock obey their pages', async () => {
    const { world } = simulator;
    await post('/sandbox/ui/switches', { name: 'deleteMails', value: 'false' });
    await post('/sandbox/ui/switches', { name: 'searchDelaySeconds', value: '5' });
    expect([world.switches.isOn('deleteMails'), world.switches.number('searchDelaySeconds')]).toEqual([false, 5]);
    expect(words((await page('/sandbox/ui/switches')).body)).toContain('2 of');
    const wrong = await post('/sandbox/ui/switches', { name: 'participantsOnUpdate', value: 'explode' });
    expect(wrong.status).toBe(400);
    expect(words(wrong.body)).toContain('is one of replace, merge');
    await post('/sandbox/ui/faults', {
      do: 'add',
      kind: '500',
      method: 'GET',
      path: '/Accounts',
      module: '',
      count: '1',
      probability: '',
      seed: '',
      delayMs: '',
      skewSeconds: '',
      field: '',
    });
    expect((await page('/sandbox/ui/faults')).body).toContain('<code>/Accounts</code>');
    expect((await client.get('/Accounts?fields=id')).status).toBe(500);
    expect((await client.get('/Accounts?fields=Account_Name')).status).toBe(200);
    expect((await post('/sandbox/ui/faults', { do: 'add', kind: '500', count: 'many' })).status).toBe(400);
    await post('/sandbox/ui/faults', { do: 'clear' });
    expect(world.faults.all()).toEqual([]);
    const before = world.clock.now();
    await post('/sandbox/ui/clock', { advance: '3600' });
    expect(world.clock.now()).toBe(before + 3_600_000);
    await post('/sandbox/ui/clock', { at: '2026-08-01T12:00' });
    expect(world.clock.now()).toBe(Date.parse('2026-08-01T10:00:00Z'));
    expect((await post('/sandbox/ui/clock', { at: 'never' })).status).toBe(400);
    expect(words((await page('/sandbox/ui/clock')).body)).toContain('Sat 1 Aug 2026, 12:00 +02:00');
    await client.control('POST', 'clock', { now: before });
  });

  test('mails are shown with their cause and their record', async () => {
    const event = await create(client, 'Events', {
      Event_Title: 'Loud',
      Start_DateTime: '2026-05-01T10:00:00Z',
      End_DateTime: '2026-05-01T11:00:00Z',
      Participants: [{ type: 'email', participant: 'loud@x.example', invited: true }],
    });
    const { body } = await page('/sandbox/ui/mails');
    expect(words(body)).toMatch(/loud@x.example invited to an event Loud/);
    expect(body).toContain(at('Events', event));
  });

  test('a person is chosen by a click and remembered', async () => {
    const person = addUser(org, {
      id: org.nextId(),
      firstName: 'Zoe',
      lastName: 'Quill',
      email: 'zoe@x.example',
      isAdministrator: false,
      isActive: true,
      timeZone: 'UTC',
      now: frozenAt,
    });
    expect((await page('/sandbox/ui/people?q=quill')).body).toContain(`value="${person.id}"`);
    const answer = await post('/sandbox/ui/people', { user: person.id });
    expect(answer.headers.get('set-cookie')).toContain(`sandbox_viewer=${person.id}`);
    expect((await post('/sandbox/ui/people', { user: '1' })).status).toBe(400);
  });
});

describe('hostile records', () => {
  const attacks = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    '</textarea><script>alert(2)</script>',
    '</pre></details><svg onload=alert(3)>',
  ];

  test('nothing in a record becomes markup, on any page or form that shows it', async () => {
    const evil = attacks.join(' ');
    const short = attacks[1] ?? '';
    const account = await create(client, 'Accounts', {
      Account_Name: evil,
      Website: 'javascript:alert(4)',
      Description: evil,
      Industry: short,
    });
    const contact = await create(client, 'Contacts', {
      Last_Name: short,
      First_Name: attacks[2],
      Title: short,
      Account_Name: { id: account },
      Description: `https://x.example/"onmouseover="alert(5) ${evil}`,
    });
    const deal = await create(client, 'Deals', {
      Deal_Name: evil.slice(0, 120),
      Stage: 'Qualification',
      Next_Step: short,
      Account_Name: { id: account },
      Contact_Name: { id: contact },
    });
    const event = await create(client, 'Events', {
      Event_Title: evil,
      Start_DateTime: '2026-05-01T10:00:00Z',
      End_DateTime: '2026-05-01T11:00:00Z',
      What_Id: { id: deal },
      $se_module: 'Deals',
      Who_Id: { id: contact },
      Venue: evil,
      Description: evil,
      Participants: [
        { type: 'email', participant: 'x"><b>@x.example', name: evil, invited: true },
        { type: 'contact', participant: contact },
      ],
    });
    const note = await create(client, 'Notes', {
      Note_Title: short,
      Note_Content: `${evil}\njavascript:alert(6) https://ok.example/<script>alert(7)</script>`,
      Parent_Id: { id: event, module: { api_name: 'Events' } },
    });
    const gone = await create(client, 'Leads', { Last_Name: short });
    await client.call('DELETE', `/Leads/${gone}`);
    await client.get('/%3Cscript%3Ealert(8)%3C/script%3E');
    const q = encodeURIComponent(evil);
    const pages = [
      '/',
      ...[
        at('Accounts', account),
        at('Contacts', contact),
        at('Deals', deal),
        at('Events', event),
        at('Notes', note),
      ].flatMap((path) => [path, `${path}?edit=all`, `${path}?delete=1`]),
      `${at('Accounts', account)}?edit=Website`,
      `${at('Accounts', account)}?list=${q}`,
      `${at('Accounts', account)}?edit=${q}`,
      ...['Accounts', 'Contacts', 'Deals', 'Events', 'Notes'].flatMap((tab) => [
        at(tab),
        `${at(tab)}?q=${q}&sort=${q}&order=${q}`,
      ]),
      `${at('Notes')}/new?parent=${q}&module=${q}`,
      at('Leads', gone),
      `/crm/org${org.zgid}/recycle-bin`,
      '/sandbox/ui/mails',
      '/sandbox/ui/ledger',
      `/sandbox/ui/people?q=${q}`,
      `/?org=${q}`,
    ];
    for (const path of pages) expectHarmless((await page(path)).body, path);
    const refusals: [path: string, fields: Record<string, string>][] = [
      [at('Contacts', contact), { do: 'update', Email: evil }],
      [at('Contacts', contact), { do: evil }],
      [`${at('Contacts')}/new`, { First_Name: evil, Account_Name: evil }],
      ['/sandbox/ui/switches', { name: evil, value: evil }],
      ['/sandbox/ui/faults', { do: 'add', kind: evil, path: evil, field: evil }],
    ];
    for (const [path, fields] of refusals) {
      const answer: Body = await post(path, fields);
      expect(answer.status).toBe(400);
      expectHarmless(String(answer.body), path);
    }
    await client.control('POST', 'faults', { rules: [{ kind: 'slow', match: { path: evil }, field: evil, count: 1 }] });
    expectHarmless((await page('/sandbox/ui/faults')).body, 'faults');
    await client.control('DELETE', 'faults');
  });

  /** Reads the markup as a browser would: known elements only, no handlers, no addresses but ours and the web's. */
  function expectHarmless(markup: string, path: string): void {
    const tags = [...markup.matchAll(/<\/?([a-z!][a-z0-9]*)((?:[^>"]|"[^"]*")*)>/gi)];
    expect(tags.length, path).toBeGreaterThan(20);
    const leftover = tags.reduce((text, [tag]) => text.replace(tag, ''), markup);
    expect(leftover, path).not.toMatch(/[<>]/);
    for (const [tag, name = '', attributes = ''] of tags) {
      expect(['svg', 'img', 'b><', 'iframe', 'object'], path).not.toContain(name.toLowerCase());
      if (name === 'script') expect(tag, path).toMatch(/^<\/?script( src="\/sandbox\/ui\/pages.js" defer)?>$/);
      const bare = attributes.replace(/"[^"]*"/g, '');
      expect(bare, path).not.toMatch(/\son\w+|style/i);
      for (const [, value = ''] of attributes.matchAll(/(?:href|src|action)="([^"]*)"/g)) {
        expect(value, path).toMatch(/^(\/(?!\/)|https?:\/\/|#)/);
      }
    }
  }

  test('a link ends where the address ends', () => {
    const { markup } = readableText('See (https://a.example/x?y=1&z="2"), or javascript:alert(1).');
    expect(markup).toContain('<a href="https://a.example/x?y=1&#38;z=" ');
    expect(markup.match(/<a /g)).toHaveLength(1);
  });

  test('readable text loses no character', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'Heading',
            '12:40 said',
            '  Clip 1:02–1:09 x',
            '- item',
            '',
            '[mark]',
            'https://a.example/b.',
            'x'.repeat(900),
            '<b>&amp;',
            '¡olé!',
          ),
          { maxLength: 120 },
        ),
        (lines) => {
          const { markup } = readableText(lines.join('\n'));
          const text = markup
            .replace(/<summary>.*?<\/summary>/g, '')
            .replaceAll('<p class="gap"> ', '')
            .replace(/<\/p>/g, '\n')
            .replace(/<[^>]*>/g, '')
            .replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)));
          expect(text.replace(/\n$/, '')).toBe(lines.join('\n'));
        },
      ),
    );
  });
});

test('what a wall clock shows is read back as the same instant', () => {
  const zones = ['UTC', 'Europe/Madrid', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'America/St_Johns'];
  const seconds = fc.integer({ min: Date.UTC(2020, 0, 1) / 1000, max: Date.UTC(2030, 0, 1) / 1000 });
  fc.assert(
    fc.property(seconds, fc.constantFrom(...zones), (second, zone) => {
      const shown = wallTime(second * 1000, zone);
      const read = fromWallTime(shown, zone);
      // In the hour that a zone lives twice, both instants show the same clock.
      expect(wallTime(Date.parse(read ?? ''), zone)).toBe(shown);
    }),
  );
});

/** A listener for one callback. */
async function listenOnce(): Promise<{ url: string; body: Promise<Body>; server: Server }> {
  let hear: (body: Body) => void = () => {};
  const body = new Promise<Body>((resolve) => {
    hear = resolve;
  });
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    request.on('end', () => {
      response.end();
      hear(JSON.parse(text));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, body, server };
}
