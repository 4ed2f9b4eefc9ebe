import { describe, expect, it } from 'vitest';
import { createFields, createTextField } from '../../src/zoho/create-fields.ts';
import {
  listFields,
  listModules,
  listRelatedLists,
  listUsers,
  readCurrentUser,
  readOrganization,
} from '../../src/zoho/metadata.ts';
import { openOddTransport } from './odd-transport.ts';
import { type OddHandler, sendJson } from './start-odd-server.ts';

const ID = '6001234000000000001';
const wireUser = {
  id: ID,
  email: 'ana@us.example',
  full_name: 'Ana Host',
  status: 'active',
  confirm: true,
  time_zone: 'Europe/Madrid',
  profile: { id: '2', name: 'Administrator' },
  role: { id: '3', name: 'CEO' },
};
const user = {
  id: ID,
  email: 'ana@us.example',
  name: 'Ana Host',
  isActive: true,
  isConfirmed: true,
  timeZone: 'Europe/Madrid',
  profileId: '2',
  profileName: 'Administrator',
};
const wireText = {
  id: '71',
  api_name: 'Our_Meeting_ID',
  field_label: 'Our Meeting ID',
  data_type: 'text',
  length: 100,
  external: { type: 'org', show: false },
  unique: {},
  system_mandatory: false,
  read_only: false,
  visible: true,
  pick_list_values: [],
};
const text = {
  id: '71',
  apiName: 'Our_Meeting_ID',
  label: 'Our Meeting ID',
  dataType: 'text',
  length: 100,
  external: 'org',
  isUnique: false,
  isMandatory: false,
  isReadOnly: false,
  isVisible: true,
  tooltip: null,
  isRestricted: false,
  picklistValues: [],
};

const open = (body: unknown, status = 200) => openOddTransport((_, response) => sendJson(response, status, body));

describe('reading', () => {
  it('the organization', async () => {
    const org = {
      id: ID,
      zgid: '7001',
      company_name: 'Us',
      type: 'sandbox',
      time_zone: 'Europe/Madrid',
      license_details: { paid: true, paid_type: 'enterprise', users_license_purchased: 12 },
    };
    const { transport } = await open({ org: [org] });
    expect(await readOrganization(transport)).toEqual({
      kind: 'read',
      value: {
        id: ID,
        zgid: '7001',
        name: 'Us',
        kind: 'sandbox',
        edition: 'enterprise',
        licensedUsers: 12,
        timeZone: 'Europe/Madrid',
      },
    });
  });

  it('the current user', async () => {
    const { transport, seen } = await open({ users: [wireUser] });
    expect(await readCurrentUser(transport)).toEqual({ kind: 'read', value: user });
    expect(seen[0]?.query.get('type')).toBe('CurrentUser');
  });

  it('all users, page by page, inactive and unconfirmed ones told apart', async () => {
    const { transport } = await openOddTransport((request, response) => {
      const isFirst = request.query.get('page') === '1';
      const second = {
        ...wireUser,
        status: 'disabled',
        confirm: false,
        full_name: null,
        time_zone: null,
        profile: null,
      };
      sendJson(response, 200, {
        users: isFirst ? [wireUser] : [{ ...wireUser, email: null }, second],
        info: { more_records: isFirst },
      });
    });
    expect(await listUsers(transport)).toEqual({
      kind: 'read',
      value: [
        user,
        {
          ...user,
          name: 'ana@us.example',
          isActive: false,
          isConfirmed: false,
          timeZone: null,
          profileId: null,
          profileName: null,
        },
      ],
    });
  });

  it('what the caller may do with a module', async () => {
    const module = {
      api_name: 'Events',
      plural_label: 'Meetings',
      api_supported: true,
      viewable: true,
      creatable: true,
      editable: false,
      deletable: false,
    };
    const { transport } = await open({ modules: [module] });
    expect(await listModules(transport)).toEqual({
      kind: 'read',
      value: [
        {
          apiName: 'Events',
          internalName: 'Events',
          label: 'Meetings',
          isApiSupported: true,
          isViewable: true,
          isCreatable: true,
          isEditable: false,
          isDeletable: false,
        },
      ],
    });
  });

  it('fields with their length, external and unique marks and picklist values', async () => {
    const picklist = {
      ...wireText,
      id: '72',
      api_name: 'Stage',
      data_type: 'picklist',
      length: null,
      external: null,
      unique: { casesensitive: false },
      system_mandatory: true,
      field_read_only: true,
      visible: false,
      pick_list_values: [{ display_value: 'A', actual_value: 'a' }, { actual_value: null }],
    };
    const { transport, seen } = await open({ fields: [wireText, picklist] });
    expect(await listFields(transport, 'Events')).toEqual({
      kind: 'read',
      value: [
        text,
        {
          ...text,
          id: '72',
          apiName: 'Stage',
          dataType: 'picklist',
          length: null,
          external: null,
          isUnique: true,
          isMandatory: true,
          isReadOnly: true,
          isVisible: false,
          picklistValues: ['a'],
        },
      ],
    });
    expect(Object.fromEntries(seen[0]?.query ?? [])).toEqual({ module: 'Events', type: 'all' });
  });

  it('related lists', async () => {
    const lists = [
      {
        id: '1',
        api_name: 'Invited_Events',
        display_label: 'Invited Meetings',
        href: 'Contacts/{ENTITYID}/Invited_Events',
        module: { api_name: 'Events', id: '5' },
      },
      { id: '2', api_name: 'Attachments', display_label: 'Attachments', module: null },
    ];
    const { transport } = await open({ related_lists: lists });
    expect(await listRelatedLists(transport, 'Contacts')).toEqual({
      kind: 'read',
      value: [
        {
          id: '1',
          apiName: 'Invited_Events',
          label: 'Invited Meetings',
          module: 'Events',
          href: 'Contacts/{ENTITYID}/Invited_Events',
        },
        { id: '2', apiName: 'Attachments', label: 'Attachments', module: null, href: null },
      ],
    });
  });

  const readers = { readOrganization, readCurrentUser, listUsers, listModules };
  const bad: [string, OddHandler][] = [
    ['502', (_, r) => r.writeHead(502).end('<html>')],
    ['another shape', (_, r) => sendJson(r, 200, { org: [], users: [{ id: 5 }], modules: [{}] })],
    ['no permission', (_, r) => sendJson(r, 403, { code: 'NO_PERMISSION', status: 'error' })],
  ];
  it.each(
    Object.entries(readers).flatMap(([name, reader]) => bad.map(([why, handle]) => ({ name, reader, why, handle }))),
  )('$name does not take $why for an answer', async ({ reader, handle }) => {
    const { transport } = await openOddTransport(handle);
    expect(await reader(transport)).toMatchObject({ kind: 'failed' });
  });
});

describe('creating fields', () => {
  const created = (id: string) => ({ code: 'SUCCESS', details: { id }, message: 'field created', status: 'success' });
  const openFields = (status: number, elements: unknown[], listed: unknown[] = [wireText]) =>
    openOddTransport((request, response) =>
      request.method === 'POST'
        ? sendJson(response, status, { fields: elements })
        : sendJson(response, 200, { fields: listed }),
    );

  it('an external text field, read back for the name that Zoho gave it', async () => {
    const { transport, seen } = await openFields(201, [created('71')]);
    const wanted = { label: 'Our Meeting ID', length: 100, tooltip: 'Do not edit', kind: 'external' } as const;
    expect(await createTextField(transport, 'Events', wanted)).toEqual({ kind: 'created', field: text });
    expect(seen.map((one) => one.method)).toEqual(['POST', 'GET']);
    expect(seen[0]?.query.get('module')).toBe('Events');
    expect(seen[0]?.json).toEqual({
      fields: [
        {
          field_label: 'Our Meeting ID',
          data_type: 'text',
          length: 100,
          external: { type: 'org', show: false },
          tooltip: { name: 'info_icon', value: 'Do not edit' },
        },
      ],
    });
  });

  it('unique text, picklist, percent and website as Zoho wants them', async () => {
    const { transport, seen } = await openFields(201, [created('71'), created('71'), created('71'), created('71')]);
    const outcomes = await createFields(transport, 'Events', [
      { label: 'Key', type: 'text', length: 50, isUnique: true },
      { label: 'Activity Type', type: 'picklist', values: ['Demo', 'Review'] },
      { label: 'AI Score', type: 'percent' },
      { label: 'Recording', type: 'website' },
    ]);
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['created', 'created', 'created', 'created']);
    expect(seen[0]?.json).toEqual({
      fields: [
        { field_label: 'Key', data_type: 'text', length: 50, unique: { case_sensitive: false } },
        {
          field_label: 'Activity Type',
          data_type: 'picklist',
          pick_list_values: [
            { display_value: 'Demo', actual_value: 'Demo' },
            { display_value: 'Review', actual_value: 'Review' },
          ],
        },
        { field_label: 'AI Score', data_type: 'percent' },
        { field_label: 'Recording', data_type: 'website' },
      ],
    });
  });

  it('each field has its own outcome', async () => {
    const refused = {
      code: 'DUPLICATE_DATA',
      details: { api_name: 'field_label' },
      message: 'duplicate',
      status: 'error',
    };
    const { transport } = await openFields(207, [refused, created('71'), created('404')]);
    const label = 'x';
    const outcomes = await createFields(transport, 'Events', [
      { label, type: 'website' },
      { label, type: 'percent' },
      { label, type: 'percent' },
    ]);
    expect(outcomes).toMatchObject([
      { kind: 'failed', class: 'permanent', code: 'DUPLICATE_DATA' },
      { kind: 'created', field: { apiName: 'Our_Meeting_ID' } },
      { kind: 'unknown' },
    ]);
  });

  it.each<[string, OddHandler, object]>([
    ['a cut connection', (_, r) => r.destroy(), { kind: 'unknown' }],
    ['502', (_, r) => r.writeHead(502).end('<html>'), { kind: 'unknown' }],
    [
      'no right to customise',
      (_, r) => sendJson(r, 403, { code: 'NO_PERMISSION', message: 'permission denied', status: 'error' }),
      { kind: 'failed', class: 'permanent', code: 'NO_PERMISSION' },
    ],
    [
      'no more fields in this edition',
      (_, r) => sendJson(r, 400, { fields: [{ code: 'LICENSE_LIMIT_EXCEEDED', status: 'error' }] }),
      { kind: 'failed', class: 'permanent', code: 'LICENSE_LIMIT_EXCEEDED' },
    ],
    [
      'a missing scope',
      (_, r) => sendJson(r, 401, { code: 'OAUTH_SCOPE_MISMATCH', status: 'error' }),
      { kind: 'failed', class: 'auth' },
    ],
  ])('%s', async (_name, handle, expected) => {
    const { transport, seen } = await openOddTransport(handle);
    const outcome = await createTextField(transport, 'Events', { label: 'x', length: 10, kind: 'plain' });
    expect(outcome).toMatchObject(expected);
    expect(seen).toHaveLength(1);
  });

  it('takes one to five fields', async () => {
    const { transport } = await openOddTransport((_, response) => response.end());
    await expect(createFields(transport, 'Events', [])).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
