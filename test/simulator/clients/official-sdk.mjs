// As long as it is on purpose: one script that an outside client runs from its first call to its last.
// Runs the official @zohocrm/typescript-sdk-8.0, unmodified, against the simulator: `node test/simulator/clients/official-sdk.mjs`.
// The package brings 81 MB of old dependencies, so it is installed into a folder of its own and never into this project's tree.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const packageName = '@zohocrm/typescript-sdk-8.0';
const version = '3.0.0';
const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = process.env.CLIENTS_DIR ?? path.join(os.tmpdir(), 'simulator-clients', `typescript-sdk-8.0-${version}`);
const counts = { passed: 0, failed: 0, skipped: 0 };

/** Installs the package once; says why when it cannot. */
function install() {
  const isThere = fs.existsSync(path.join(folder, 'node_modules', packageName, 'package.json'));
  if (isThere) return true;
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'client', private: true }));
  try {
    execFileSync('npm', ['install', '--no-audit', '--no-fund', `${packageName}@${version}`], {
      cwd: folder,
      stdio: 'pipe',
    });
    return true;
  } catch (error) {
    console.log(`skipped: ${packageName} cannot be installed (${String(error.message).split('\n')[0]})`);
    return false;
  }
}

async function startSimulator() {
  const child = spawn(process.execPath, ['--import', 'tsx', 'simulator/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  return { place: JSON.parse(line), stop: () => child.kill('SIGTERM') };
}

const control = async (place, name, body) => {
  const response = await fetch(`${place.accounts}/sandbox/${name}`, { method: 'POST', body: JSON.stringify(body) });
  return response.json();
};

/** Brings the SDK up on the simulator as its manual says, and gives the parts that the checks need. */
async function initialize(place) {
  const require = createRequire(path.join(folder, 'package.json'));
  require(packageName);
  const load = (file) => require(`${packageName}/dist/${file}`);
  const api = (file) => load(`core/com/zoho/crm/api/${file}`);
  const { DataCenter } = load('routes/dc/data_center');
  const { InitializeBuilder } = load('routes/initialize_builder');
  const { OAuthBuilder } = load('models/authenticator/oauth_builder');
  const { FileStore } = load('models/authenticator/store/file_store');
  const { SDKConfigBuilder } = load('routes/sdk_config_builder');
  const { LogBuilder } = load('routes/logger/log_builder');
  const { Levels } = load('routes/logger/logger');
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'sdk-run-'));
  fs.mkdirSync(path.join(work, 'resources'));
  const scope =
    'ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.ALL,ZohoCRM.org.ALL,ZohoCRM.coql.READ,ZohoCRM.bulk.ALL,ZohoCRM.notifications.ALL,ZohoSearch.securesearch.READ';
  const { code } = await control(place, 'grants', { scope });
  const token = new OAuthBuilder()
    .clientId(place.clientId)
    .clientSecret(place.clientSecret)
    .grantToken(code)
    .redirectURL(place.redirectUri)
    .build();
  const builder = await new InitializeBuilder();
  const ready = await builder
    .environment(DataCenter.setEnvironment(place.api, `${place.accounts}/oauth/v2/token`, place.api))
    .token(token)
    .store(new FileStore(path.join(work, 'tokens.txt')))
    .SDKConfig(new SDKConfigBuilder().autoRefreshFields(false).pickListValidation(true).build())
    .resourcePath(`${work}/`)
    .logger(new LogBuilder().level(Levels.ERROR).filePath(path.join(work, 'sdk.log')).build());
  await ready.initialize();
  return { load, api, place, work };
}

/** Short names for what every check uses. */
function tools(sdk) {
  const { RecordOperations } = sdk.api('record/record_operations');
  const { BodyWrapper } = sdk.api('record/body_wrapper');
  const { Record } = sdk.api('record/record');
  const { ParameterMap } = sdk.load('routes/parameter_map');
  const { HeaderMap } = sdk.load('routes/header_map');
  const { Choice } = sdk.load('utils/util/choice');
  const record = (values) => {
    const made = new Record();
    for (const [name, value] of Object.entries(values)) made.addKeyValue(name, value);
    return made;
  };
  const link = (id) => {
    const made = new Record();
    made.setId(BigInt(id));
    return made;
  };
  const body = (...records) => {
    const wrapper = new BodyWrapper();
    wrapper.setData(records);
    return wrapper;
  };
  const parameters = async (...pairs) => {
    const map = new ParameterMap();
    for (const [parameter, value] of pairs) await map.add(parameter, value);
    return map;
  };
  const first = (response) => response.getObject().getData()[0];
  const idOf = (response) => {
    assert.equal(first(response).getStatus().getValue(), 'success');
    return first(response).getDetails().get('id');
  };
  return { RecordOperations, record, link, body, parameters, first, idOf, HeaderMap, ParameterMap, Choice };
}

/** The checks, in order; `made` carries ids from one to the next. */
function checksOf(sdk) {
  const t = tools(sdk);
  const on = (module) => new t.RecordOperations(module);
  const made = {};
  const insert = async (module, values) =>
    t.idOf(await on(module).createRecords(t.body(t.record(values)), new t.HeaderMap()));
  return {
    'creates an account and a contact that points to it': async () => {
      made.account = await insert('Accounts', { Account_Name: 'SDK Co' });
      made.contact = await insert('Contacts', {
        Last_Name: 'Sdk',
        Email: 'sdk@x.example',
        Account_Name: t.link(made.account),
      });
    },
    'reads it back': async () => {
      const response = await on('Contacts').getRecord(BigInt(made.contact), new t.ParameterMap(), new t.HeaderMap());
      assert.equal(t.first(response).getKeyValue('Account_Name').getId().toString(), made.account);
      assert.equal(t.first(response).getKeyValue('Email'), 'sdk@x.example');
    },
    'takes 204 for an unknown id': async () => {
      const response = await on('Contacts').getRecord(1234567890123456789n, new t.ParameterMap(), new t.HeaderMap());
      assert.equal(response.getStatusCode(), 204);
    },
    lists: async () => {
      const { GetRecordsParam } = sdk.api('record/record_operations');
      const response = await on('Contacts').getRecords(
        await t.parameters([GetRecordsParam.FIELDS, 'Last_Name,Owner,Created_Time']),
        new t.HeaderMap(),
      );
      assert.equal(response.getObject().getData().length, 1);
      assert.equal(response.getObject().getInfo().getMoreRecords(), false);
    },
    'sees the error of a list without fields': async () => {
      const response = await on('Contacts').getRecords(new t.ParameterMap(), new t.HeaderMap());
      assert.equal(response.getObject().getCode().getValue(), 'REQUIRED_PARAM_MISSING');
    },
    'sees the error of a record without its mandatory field': async () => {
      const response = await on('Contacts').createRecords(t.body(t.record({ First_Name: 'x' })), new t.HeaderMap());
      assert.equal(t.first(response).getCode().getValue(), 'MANDATORY_NOT_FOUND');
      assert.equal(t.first(response).getDetails().get('api_name'), 'Last_Name');
    },
    'updates and upserts': async () => {
      t.idOf(
        await on('Contacts').updateRecord(BigInt(made.contact), t.body(t.record({ Title: 'CEO' })), new t.HeaderMap()),
      );
      const response = await on('Contacts').upsertRecords(
        t.body(t.record({ Last_Name: 'Again', Email: 'sdk@x.example' })),
        new t.HeaderMap(),
      );
      assert.equal(t.first(response).getAction().getValue(), 'update');
    },
    'sees the errors of upserts: without its mandatory field, and on a module without upsert': async () => {
      const refused = await on('Contacts').upsertRecords(
        t.body(t.record({ Email: 'new@x.example' })),
        new t.HeaderMap(),
      );
      assert.equal(t.first(refused).getStatus().getValue(), 'error');
      assert.equal(t.first(refused).getCode().getValue(), 'MANDATORY_NOT_FOUND');
      const start = new Date('2026-01-01T10:00:00Z');
      const event = t.record({ Event_Title: 'No', Start_DateTime: start, End_DateTime: start });
      const unsupported = await on('Events').upsertRecords(t.body(event), new t.HeaderMap());
      assert.equal(unsupported.getStatusCode(), 400);
      assert.equal(unsupported.getObject().getStatus().getValue(), 'error');
    },
    'searches by criteria and by word, takes 204 for nothing, sees the error of a search for nothing': async () => {
      await control(sdk.place, 'clock', { advanceSeconds: 60 });
      const { SearchRecordsParam } = sdk.api('record/record_operations');
      const search = async (...pairs) => on('Contacts').searchRecords(await t.parameters(...pairs), new t.HeaderMap());
      for (const pair of [
        [SearchRecordsParam.CRITERIA, '(Email:equals:sdk@x.example)'],
        [SearchRecordsParam.WORD, 'again'],
      ]) {
        assert.equal(
          t
            .first(await search(pair))
            .getId()
            .toString(),
          made.contact,
        );
      }
      assert.equal((await search([SearchRecordsParam.EMAIL, 'nobody@x.example'])).getStatusCode(), 204);
      assert.equal((await search()).getObject().getCode().getValue(), 'REQUIRED_PARAM_MISSING');
    },
    searches: async () => {
      await control(sdk.place, 'clock', { advanceSeconds: 60 });
      const { SearchRecordsParam } = sdk.api('record/record_operations');
      const response = await on('Contacts').searchRecords(
        await t.parameters([SearchRecordsParam.EMAIL, 'sdk@x.example']),
        new t.HeaderMap(),
      );
      assert.equal(t.first(response).getId().toString(), made.contact);
    },
    'creates a deal with stage, amount and date': async () => {
      made.deal = await insert('Deals', {
        Deal_Name: 'SDK deal',
        Stage: new t.Choice('Qualification'),
        Amount: 12.5,
        Closing_Date: new Date('2026-12-31'),
        Account_Name: t.link(made.account),
      });
    },
    'creates an event with participants and reads the same instants': async () => {
      const { Participants } = sdk.api('record/participants');
      const person = new Participants();
      for (const [name, value] of [
        ['participant', made.contact],
        ['type', 'contact'],
        ['invited', false],
      ])
        person.addKeyValue(name, value);
      const start = new Date('2026-01-01T10:00:00Z');
      made.event = await insert('Events', {
        Event_Title: 'SDK',
        Start_DateTime: start,
        End_DateTime: new Date('2026-01-01T11:00:00Z'),
        What_Id: t.link(made.deal),
        $se_module: 'Deals',
        Participants: [person],
      });
      const response = await on('Events').getRecord(BigInt(made.event), new t.ParameterMap(), new t.HeaderMap());
      assert.equal(t.first(response).getKeyValue('Participants')[0].getParticipant(), made.contact);
      assert.equal(t.first(response).getKeyValue('Start_DateTime').getTime(), start.getTime());
    },
    'adds a note and lists it': async () => {
      const { NotesOperations, GetNotesParam } = sdk.api('notes/notes_operations');
      const { Note } = sdk.api('notes/note');
      const { ParentId } = sdk.api('notes/parent_id');
      const { BodyWrapper } = sdk.api('notes/body_wrapper');
      const { MinifiedModule } = sdk.api('modules/minified_module');
      const module = new MinifiedModule();
      module.setAPIName('Deals');
      const parent = new ParentId();
      parent.setId(BigInt(made.deal));
      parent.setModule(module);
      const note = new Note();
      note.setNoteTitle('Title');
      note.setNoteContent('Content');
      note.setParentId(parent);
      const wrapper = new BodyWrapper();
      wrapper.setData([note]);
      t.idOf(await new NotesOperations().createNotes(wrapper));
      const listed = await new NotesOperations().getNotes(
        await t.parameters([GetNotesParam.FIELDS, 'Note_Title,Note_Content,Parent_Id']),
        new t.HeaderMap(),
      );
      assert.equal(t.first(listed).getNoteTitle(), 'Title');
    },
    queries: async () => {
      const { QueryOperations } = queryOf(sdk);
      const { BodyWrapper } = sdk.api(`${queryFolder(sdk)}/body_wrapper`);
      const wrapper = new BodyWrapper();
      wrapper.setSelectQuery(
        "select Last_Name, Account_Name.Account_Name from Contacts where Email = 'sdk@x.example' limit 5",
      );
      const response = await new QueryOperations().getRecords(wrapper);
      assert.equal(t.first(response).getKeyValue('Account_Name.Account_Name'), 'SDK Co');
    },
    'sees the errors of queries, and takes 204 for an empty one': async () => {
      const { QueryOperations } = queryOf(sdk);
      const { BodyWrapper } = sdk.api(`${queryFolder(sdk)}/body_wrapper`);
      const query = async (text) => {
        const wrapper = new BodyWrapper();
        wrapper.setSelectQuery(text);
        return new QueryOperations().getRecords(wrapper);
      };
      const code = async (text) => (await query(text)).getObject().getCode().getValue();
      assert.equal(await code('select Last_Name from Contacts'), 'SYNTAX_ERROR');
      assert.equal(await code('select Nonsense from Contacts where id is not null'), 'INVALID_QUERY');
      assert.equal(await code('select id from Contacts where id is not null limit 2001'), 'LIMIT_EXCEEDED');
      assert.equal((await query("select id from Contacts where Email = 'nobody@x.example'")).getStatusCode(), 204);
    },
    'adds, reads and removes a contact role of a deal': async () => {
      const roles = sdk.api('deal_contact_roles/deal_contact_roles_operations');
      const { Data } = sdk.api('deal_contact_roles/data');
      const { ContactRole } = sdk.api('deal_contact_roles/contact_role');
      const { BodyWrapper } = sdk.api('deal_contact_roles/body_wrapper');
      const { ContactRolesOperations } = sdk.api('contact_roles/contact_roles_operations');
      const operations = new roles.DealContactRolesOperations();
      const [deal, contact] = [BigInt(made.deal), BigInt(made.contact)];
      const catalogue = (await new ContactRolesOperations().getRoles()).getObject().getContactRoles();
      const role = new ContactRole();
      role.setId(catalogue[0].getId());
      role.setName(catalogue[0].getName());
      const data = new Data();
      data.setContactRole(role);
      const wrapper = new BodyWrapper();
      wrapper.setData([data]);
      const list = async () =>
        operations.getAssociatedContactRoles(
          deal,
          await t.parameters([roles.GetAssociatedContactRolesParam.FIELDS, 'Last_Name,Email']),
        );
      assert.equal((await list()).getStatusCode(), 204);
      const added = await operations.associateContactRoleToDeal(contact, deal, wrapper);
      assert.equal(t.first(added).getStatus().getValue(), 'success');
      assert.equal(
        t
          .first(await list())
          .getId()
          .toString(),
        made.contact,
      );
      assert.equal(
        t
          .first(await list())
          .getContactRole()
          .getName(),
        catalogue[0].getName(),
      );
      const removed = await operations.deleteContactRoleRelation(contact, deal);
      assert.equal(t.first(removed).getStatus().getValue(), 'success');
      assert.equal((await list()).getStatusCode(), 204);
      const again = await operations.deleteContactRoleRelation(contact, deal);
      assert.equal(t.first(again).getStatus().getValue(), 'error');
    },
    'reads users, org, modules, fields, layouts, related lists, roles and profiles': async () => {
      const get = (file, name, call) => call(new (sdk.api(file)[name])(), sdk.api(file));
      const users = await get('users/users_operations', 'UsersOperations', async (o, m) =>
        o.getUsers(await t.parameters([m.GetUsersParam.TYPE, 'CurrentUser']), new t.HeaderMap()),
      );
      assert.match(users.getObject().getUsers()[0].getEmail(), /@/);
      const org = await get('org/org_operations', 'OrgOperations', (o) => o.getOrganization());
      assert.ok(org.getObject().getOrg()[0].getZgid());
      const modules = await get('modules/modules_operations', 'ModulesOperations', (o) =>
        o.getModules(new t.ParameterMap(), new t.HeaderMap()),
      );
      assert.ok(modules.getObject().getModules().length > 10);
      const fields = await get('fields/fields_operations', 'FieldsOperations', async (o, m) =>
        o.getFields(await t.parameters([m.GetFieldsParam.MODULE, 'Deals'])),
      );
      assert.ok(
        fields
          .getObject()
          .getFields()
          .every((field) => field?.getAPIName()),
      );
      const layouts = await get('layouts/layouts_operations', 'LayoutsOperations', async (o, m) =>
        o.getLayouts(await t.parameters([m.GetLayoutsParam.MODULE, 'Deals'])),
      );
      assert.equal(layouts.getObject().getLayouts()[0].getSections()[0].getDisplayLabel(), 'Deal Information');
      const lists = await get('related_lists/related_lists_operations', 'RelatedListsOperations', async (o, m) =>
        o.getRelatedLists(await t.parameters([m.GetRelatedListsParam.MODULE, 'Contacts'])),
      );
      assert.ok(
        lists
          .getObject()
          .getRelatedLists()
          .some((list) => list.getAPIName() === 'Invited_Events'),
      );
      assert.equal((await get('roles/roles_operations', 'RolesOperations', (o) => o.getRoles())).getStatusCode(), 200);
      assert.equal(
        (
          await get('profiles/profiles_operations', 'ProfilesOperations', (o) => o.getProfiles(new t.ParameterMap()))
        ).getStatusCode(),
        200,
      );
      assert.ok(
        (await get('contact_roles/contact_roles_operations', 'ContactRolesOperations', (o) => o.getRoles()))
          .getObject()
          .getContactRoles().length > 5,
      );
    },
    'reads related records': async () => {
      const { RelatedRecordsOperations, GetRelatedRecordsParam } = sdk.api(
        'related_records/related_records_operations',
      );
      const related = new RelatedRecordsOperations('Contacts', 'Accounts');
      const response = await related.getRelatedRecords(
        BigInt(made.account),
        await t.parameters([GetRelatedRecordsParam.FIELDS, 'Last_Name']),
        new t.HeaderMap(),
      );
      assert.equal(t.first(response).getId().toString(), made.contact);
    },
    'opens a notification channel and sees it': async () => {
      const { NotificationsOperations } = sdk.api('notifications/notifications_operations');
      const { Notification } = sdk.api('notifications/notification');
      const { BodyWrapper } = sdk.api('notifications/body_wrapper');
      const channel = new Notification();
      channel.setChannelId('1000');
      channel.setEvents(['Contacts.all']);
      channel.setToken('t');
      channel.setNotifyUrl('http://127.0.0.1:9/');
      const wrapper = new BodyWrapper();
      wrapper.setWatch([channel]);
      const opened = await new NotificationsOperations().enableNotifications(wrapper);
      assert.equal(opened.getObject().getWatch()[0].getStatus().getValue(), 'success');
      const listed = await new NotificationsOperations().getNotifications(new t.ParameterMap());
      assert.equal(String(listed.getObject().getWatch()[0].getChannelId()), '1000');
    },
    'changes a notification channel, takes an event from it, and closes it': async () => {
      const { NotificationsOperations, GetNotificationsParam, DeleteNotificationParam } = sdk.api(
        'notifications/notifications_operations',
      );
      const { Notification } = sdk.api('notifications/notification');
      const { BodyWrapper } = sdk.api('notifications/body_wrapper');
      const operations = new NotificationsOperations();
      const body = (id, events, more = () => {}) => {
        const channel = new Notification();
        channel.setChannelId(id);
        channel.setEvents(events);
        more(channel);
        const wrapper = new BodyWrapper();
        wrapper.setWatch([channel]);
        return wrapper;
      };
      const toHook = (channel) => channel.setNotifyUrl('http://127.0.0.1:9/other');
      const outcome = (response) => response.getObject().getWatch()[0].getStatus().getValue();
      const details = async () => {
        const response = await operations.getNotifications(
          await t.parameters([GetNotificationsParam.CHANNEL_ID, '1000']),
        );
        return response.getStatusCode() === 204 ? undefined : response.getObject().getWatch()[0];
      };
      assert.equal(
        outcome(await operations.updateNotifications(body('1000', ['Deals.all', 'Contacts.edit'], toHook))),
        'success',
      );
      assert.equal((await details()).getNotifyUrl(), 'http://127.0.0.1:9/other');
      assert.deepEqual((await details()).getEvents(), ['Deals.all', 'Contacts.edit']);
      assert.equal(outcome(await operations.updateNotification(body('1000', ['Deals.edit']))), 'success');
      assert.deepEqual((await details()).getEvents(), ['Deals.edit']);
      assert.equal(outcome(await operations.updateNotifications(body('9999', ['Deals.all'], toHook))), 'error');
      const close = async () =>
        operations.deleteNotification(await t.parameters([DeleteNotificationParam.CHANNEL_IDS, '1000']));
      assert.equal(outcome(await close()), 'success');
      assert.equal(await details(), undefined);
      assert.equal(outcome(await close()), 'error');
    },
    'runs a bulk read to its file': async () => {
      const { BulkReadOperations } = sdk.api('bulk_read/bulk_read_operations');
      const { BodyWrapper } = sdk.api('bulk_read/body_wrapper');
      const { Query } = sdk.api('bulk_read/query');
      const { MinifiedModule } = sdk.api('modules/minified_module');
      const module = new MinifiedModule();
      module.setAPIName('Contacts');
      const query = new Query();
      query.setModule(module);
      query.setFields(['Last_Name', 'Email']);
      const wrapper = new BodyWrapper();
      wrapper.setQuery(query);
      const created = await new BulkReadOperations().createBulkReadJob(wrapper);
      const details = t.first(created).getDetails();
      const id = BigInt(details.get ? details.get('id') : details.getId());
      await control(sdk.place, 'clock', { advanceSeconds: 10 });
      const state = await new BulkReadOperations().getBulkReadJobDetails(id);
      assert.equal(t.first(state).getState().getValue(), 'COMPLETED');
      const file = await new BulkReadOperations().downloadResult(id);
      assert.equal(file.getStatusCode(), 200);
    },
    'deletes, and finds the deletion': async () => {
      t.idOf(await on('Contacts').deleteRecord(BigInt(made.contact), new t.ParameterMap(), new t.HeaderMap()));
      const response = await on('Contacts').getDeletedRecords(new t.ParameterMap(), new t.HeaderMap());
      assert.equal(t.first(response).getId().toString(), made.contact);
    },
    'sees the error of a token that is refused': async () => {
      await control(sdk.place, 'faults', { rules: [{ match: { path: '/Accounts' }, kind: '401', count: 1 }] });
      const response = await on('Accounts').getRecord(BigInt(made.account), new t.ParameterMap(), new t.HeaderMap());
      assert.equal(response.getStatusCode(), 401);
      assert.equal(response.getObject().getCode().getValue(), 'INVALID_TOKEN');
    },
  };
}

const queryFolder = (sdk) => (exists(sdk, 'coql') ? 'coql' : 'query');
const exists = (_sdk, name) =>
  fs.existsSync(path.join(folder, 'node_modules', packageName, 'dist/core/com/zoho/crm/api', name));
const queryOf = (sdk) => {
  const operations = sdk.api(`${queryFolder(sdk)}/${queryFolder(sdk)}_operations`);
  return { QueryOperations: operations.QueryOperations ?? operations.CoqlOperations };
};

async function main() {
  if (!install()) {
    counts.skipped++;
    return;
  }
  const simulator = await startSimulator();
  try {
    const checks = checksOf(await initialize(simulator.place));
    for (const [name, check] of Object.entries(checks)) {
      try {
        await check();
        counts.passed++;
        console.log(`✓ ${name}`);
      } catch (error) {
        counts.failed++;
        console.log(`× ${name}: ${error.message}`);
      }
    }
  } finally {
    simulator.stop();
  }
}

await main();
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 ? 1 : 0);
