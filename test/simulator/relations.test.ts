// As long as it is on purpose: every way to read and write records is tried on one running simulator.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Simulator } from '../../simulator/start-simulator.ts';
import { type Body, type Client, connect, create, send, startConnected } from './sandbox-client.ts';

let simulator: Simulator;
let client: Client;

beforeAll(async () => {
  ({ simulator, client } = await startConnected());
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  await send(`${simulator.accounts}/sandbox/reset`, { method: 'POST', body: '{}' });
  client = await connect(simulator);
});

const names = (answer: { body: Body }, key: string) => (answer.body?.data ?? []).map((row: Body) => row[key]);

describe('created lookups', () => {
  test('point to their module, are queried by path, and are emptied with their target', async () => {
    const field = { field_label: 'Second Account', data_type: 'lookup', lookup: { module: { api_name: 'Accounts' } } };
    const created = await client.call('POST', '/settings/fields?module=Contacts', { fields: [field] });
    expect(created.body.fields[0].code).toBe('SUCCESS');
    const account = await create(client, 'Accounts', { Account_Name: 'Second' });
    const contact = await create(client, 'Contacts', { Last_Name: 'C', Second_Account: { id: account } });
    const found = await client.coql(
      `select Second_Account.Account_Name from Contacts where Second_Account = '${account}'`,
    );
    expect(found.body.data).toEqual([{ id: contact, 'Second_Account.Account_Name': 'Second' }]);
    await client.call('DELETE', `/Accounts/${account}`);
    expect((await client.get(`/Contacts/${contact}`)).body.data[0].Second_Account).toBeNull();
    const wrong = await client.call('POST', '/settings/fields?module=Contacts', {
      fields: [{ field_label: 'X', data_type: 'lookup' }],
    });
    expect(wrong.body.fields[0]).toMatchObject({ code: 'MANDATORY_NOT_FOUND' });
  });
});

describe('linking modules', () => {
  const field = {
    field_label: 'Other Accounts',
    data_type: 'multiselectlookup',
    multiselectlookup: {
      connected_details: { module: { api_name: 'Accounts' }, field: { field_label: 'Other Contacts' } },
      linking_details: { module: { plural_label: 'Contacts X Accounts' } },
    },
  };

  test('hold the links of a multi-select lookup, once each, readable from every side', async () => {
    const made = await client.call('POST', '/settings/fields?module=Contacts', { fields: [field] });
    expect(made.body.fields[0].code).toBe('SUCCESS');
    const fields = (await client.get('/settings/fields?module=Contacts')).body.fields;
    const lookup = fields.find((one: Body) => one.id === made.body.fields[0].details.id);
    expect(lookup).toMatchObject({ api_name: 'Other_Accounts', data_type: 'multiselectlookup' });
    const linking = lookup.multiselectlookup.linking_details.module.api_name;
    expect(linking).toBe('Contacts_X_Accounts');
    expect((await client.get(`/settings/modules/${linking}`)).body.modules[0].generated_type).toBe('linking');

    const contact = await create(client, 'Contacts', { Last_Name: 'C' });
    const account = await create(client, 'Accounts', { Account_Name: 'A' });
    const link = await create(client, linking, { Contacts: { id: contact }, Accounts: { id: account } });
    const again = await client.call('POST', `/${linking}`, {
      data: [{ Contacts: { id: contact }, Accounts: { id: account } }],
    });
    expect(again.body.data[0]).toMatchObject({ code: 'DUPLICATE_LINKING_DATA', details: { id: link } });
    expect((await client.get(`/Contacts/${contact}`)).body.data[0].Other_Accounts).toEqual([
      { id: link, Accounts: { name: 'A', id: account } },
    ]);
    expect(names(await client.get(`/Accounts/${account}/Other_Contacts?fields=Last_Name`), 'id')).toEqual([contact]);
    const rows = await client.coql(
      `select Contacts, Accounts.Account_Name from ${linking} where Contacts = '${contact}'`,
    );
    expect(rows.body.data).toEqual([{ id: link, Contacts: { id: contact }, 'Accounts.Account_Name': 'A' }]);
    await client.call('DELETE', `/Accounts/${account}`);
    expect((await client.get(`/${linking}/${link}`)).status).toBe(204);
  });

  test('are made on contacts, not on events, and need the scope of custom modules', async () => {
    const onEvents = await client.call('POST', '/settings/fields?module=Events', { fields: [field] });
    expect(onEvents.body.fields[0].code).toBe('INVALID_DATA');
    await client.call('POST', '/settings/fields?module=Contacts', { fields: [field] });
    const narrow = await connect(simulator, { scope: 'ZohoCRM.modules.contacts.READ' });
    expect((await narrow.get('/Contacts_X_Accounts?fields=id')).body.code).toBe('OAUTH_SCOPE_MISMATCH');
    const wide = await connect(simulator, { scope: 'ZohoCRM.modules.custom.READ' });
    expect((await wide.get('/Contacts_X_Accounts?fields=id')).status).toBe(204);
  });
});

describe('custom modules', () => {
  test('take records, notes, fields and meetings, and are gone after a reset', async () => {
    const made = await client.call('POST', '/settings/modules', {
      modules: [{ plural_label: 'Recordings', singular_label: 'Recording' }],
    });
    expect(made.status).toBe(201);
    await client.call('POST', '/settings/fields?module=Recordings', {
      fields: [{ field_label: 'Link', data_type: 'website' }],
    });
    const id = await create(client, 'Recordings', { Name: 'R', Link: 'https://x.example' });
    await create(client, 'Notes', { Parent_Id: { module: { api_name: 'Recordings' }, id }, Note_Content: 'n' });
    await create(client, 'Events', {
      Event_Title: 'E',
      Start_DateTime: '2026-02-01T10:00:00Z',
      End_DateTime: '2026-02-01T11:00:00Z',
      What_Id: { id },
      $se_module: 'Recordings',
    });
    expect((await client.get(`/recordings/${id}`)).body.data[0]).toMatchObject({
      Name: 'R',
      Link: 'https://x.example',
    });
    expect((await client.control('GET', 'ledger')).body.rows.some((row: Body) => row.credits === 500)).toBe(true);
    await send(`${simulator.accounts}/sandbox/reset`, { method: 'POST', body: '{}' });
    client = await connect(simulator);
    expect((await client.get('/Recordings?fields=id')).body.code).toBe('INVALID_MODULE');
  });
});

describe('conversion and merge', () => {
  test('a converted lead becomes contact, account and deal; what hung on it moves', async () => {
    const lead = await create(client, 'Leads', {
      First_Name: 'Eva',
      Last_Name: 'Lind',
      Email: 'eva@new.example',
      Company: 'New Co',
    });
    const note = await create(client, 'Notes', {
      Parent_Id: { module: { api_name: 'Leads' }, id: lead },
      Note_Content: 'n',
    });
    const event = await create(client, 'Events', {
      Event_Title: 'E',
      Start_DateTime: '2026-02-01T10:00:00Z',
      End_DateTime: '2026-02-01T11:00:00Z',
      What_Id: { id: lead },
      $se_module: 'Leads',
      Participants: [{ type: 'lead', participant: lead, invited: false }],
    });
    const convert = () =>
      client.call('POST', `/Leads/${lead}/actions/convert`, {
        data: [{ Deals: { Deal_Name: 'D', Stage: 'Qualification', Closing_Date: '2026-09-01' } }],
      });
    const { details } = (await convert()).body.data[0];
    expect(details).toMatchObject({
      Contacts: { name: 'Eva Lind' },
      Accounts: { name: 'New Co' },
      Deals: { name: 'D' },
    });
    expect((await convert()).body.code).toBe('ID_ALREADY_CONVERTED');
    expect((await client.get(`/Leads/${lead}`)).status).toBe(204);
    expect(names(await client.get('/Leads/deleted'), 'id')).toEqual([lead]);
    expect((await client.get(`/Notes/${note}`)).body.data[0].Parent_Id.id).toBe(details.Contacts.id);
    expect((await client.get(`/Events/${event}`)).body.data[0]).toMatchObject({
      Who_Id: { id: details.Contacts.id },
      What_Id: { id: details.Deals.id },
      $se_module: 'Deals',
      Participants: [{ type: 'contact', participant: details.Contacts.id }],
    });
    expect(names(await client.get(`/Deals/${details.Deals.id}/Contact_Roles?fields=Email`), 'Email')).toEqual([
      'eva@new.example',
    ]);
  });

  test('a conversion that fails leaves nothing behind', async () => {
    const lead = await create(client, 'Leads', { Last_Name: 'Lind', Company: 'New Co' });
    const answer = await client.call('POST', `/Leads/${lead}/actions/convert`, {
      data: [{ Deals: { Deal_Name: 'D', Stage: 'Nonsense' } }],
    });
    expect(answer.status).toBe(400);
    expect((await client.get(`/Leads/${lead}`)).status).toBe(200);
    expect((await client.get('/Accounts?fields=id')).status).toBe(204);
  });

  test('a merged contact disappears as a deletion, its deals and meetings hang on the master', async () => {
    const master = await create(client, 'Contacts', { Last_Name: 'Master' });
    const child = await create(client, 'Contacts', { Last_Name: 'Child', Phone: '123' });
    const deal = await create(client, 'Deals', { Deal_Name: 'D', Stage: 'Qualification', Contact_Name: { id: child } });
    await client.call('PUT', `/Deals/${deal}/Contact_Roles/${child}`, { data: [{}] });
    const event = await create(client, 'Events', {
      Event_Title: 'E',
      Start_DateTime: '2026-02-01T10:00:00Z',
      End_DateTime: '2026-02-01T11:00:00Z',
      Who_Id: { id: child },
      Participants: [{ type: 'contact', participant: child, invited: false }],
    });
    const answer = await client.call('POST', `/Contacts/${master}/actions/merge`, {
      merge: [{ data: [{ id: child, _fields: [{ api_name: 'Phone' }] }] }],
    });
    expect(answer.body.merge[0].code).toBe('SUCCESS');
    expect(names(await client.get('/Contacts/deleted'), 'id')).toEqual([child]);
    expect((await client.get(`/Contacts/${master}`)).body.data[0].Phone).toBe('123');
    expect((await client.get(`/Deals/${deal}`)).body.data[0].Contact_Name.id).toBe(master);
    expect(names(await client.get(`/Deals/${deal}/Contact_Roles?fields=id`), 'id')).toEqual([master]);
    expect((await client.get(`/Events/${event}`)).body.data[0]).toMatchObject({
      Who_Id: { id: master },
      Participants: [{ participant: master }],
    });
  });
});
