import { invalidData, noPermission, type Reply } from '../http/failure.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import { formatDateTime } from '../world/date-times.ts';
import { isAdministrator, profileNumbers, roleNumbers } from '../world/org.ts';
import { generalPermissions, hasPermission, isEnabled } from '../world/permissions.ts';
import { type Call, isTakenAway, permissionName, requireScope, zoneOf } from './call.ts';
import { readPage } from './page-of.ts';

type UserFilter = (call: Call, user: Row) => boolean;

const isActive: UserFilter = (_call, user) => user.status === 'active';
const isAdmin: UserFilter = (call, user) => isAdministrator(call.org, user);

/** Values of `type`. Source: Zoho CRM API v8, Get Users. */
const userTypes: Record<string, UserFilter> = {
  AllUsers: (_call, user) => user.status !== 'deleted',
  ActiveUsers: isActive,
  DeactiveUsers: (_call, user) => user.status === 'inactive',
  ConfirmedUsers: (_call, user) => user.confirm === true,
  NotConfirmedUsers: (_call, user) => user.confirm !== true,
  DeletedUsers: (_call, user) => user.status === 'deleted',
  ActiveConfirmedUsers: (call, user) => isActive(call, user) && user.confirm === true,
  AdminUsers: isAdmin,
  ActiveConfirmedAdmins: (call, user) => isActive(call, user) && isAdmin(call, user),
  CurrentUser: (call, user) => user.id === call.user.id,
};

/** `GET /users`. Source: Zoho CRM API v8, Get Users. */
export function listUsers(call: Call): Reply {
  requireScope(call, 'ZohoCRM.users.READ');
  const type = call.query.get('type') ?? 'AllUsers';
  const filter = userTypes[type];
  if (!filter) throw invalidData({ param_name: 'type', supported_values: Object.keys(userTypes) });
  if (type !== 'CurrentUser' && !hasPermission(call.org, call.user, generalPermissions.viewUsers)) {
    throw noPermission(generalPermissions.viewUsers);
  }
  const page = readPage(call, `users?${type}`);
  const ids = call.query.get('ids')?.split(',');
  const found = [...call.org.users.rows()].filter((user) => filter(call, user) && (!ids || ids.includes(user.id)));
  const users = found.slice(page.offset, page.offset + page.perPage).map((user) => renderPerson(call, user));
  if (users.length === 0) return { status: 204 };
  const hasMore = found.length > page.offset + users.length;
  return {
    status: 200,
    body: { users, info: { per_page: page.perPage, count: users.length, page: page.number, more_records: hasMore } },
  };
}

/** `GET /users/{id}`. */
export function getUser(call: Call): Reply {
  requireScope(call, 'ZohoCRM.users.READ');
  const user = call.org.users.get(call.parts.id ?? '');
  return user ? { status: 200, body: { users: [renderPerson(call, user)] } } : { status: 204 };
}

/** `GET /org`. Source: Zoho CRM API v8, Get Organization. */
export function getOrg(call: Call): Reply {
  requireScope(call, 'ZohoCRM.org.READ');
  const { org } = call;
  const users = [...org.users.rows()].filter((user) => user.status === 'active');
  const administrator = users.find((user) => isAdministrator(org, user));
  const body: JsonObject = {
    id: org.id,
    zgid: org.zgid,
    company_name: org.name,
    alias: null,
    type: call.world.switches.text('orgType') === 'bigin' ? 'bigin' : org.environment,
    primary_email: administrator?.email ?? null,
    primary_zuid: administrator?.zuid ?? null,
    country: 'Spain',
    country_code: 'ES',
    time_zone: 'Europe/Madrid',
    currency: 'Euro - EUR',
    currency_symbol: '€',
    iso_code: 'EUR',
    currency_locale: 'es_ES',
    domain_name: `org${org.zgid}`,
    license_details: {
      paid: org.edition.isPaid,
      paid_type: org.edition.paidType,
      paid_expiry: null,
      trial_type: null,
      trial_expiry: null,
      users_license_purchased: users.length,
    },
    mc_status: false,
    gapps_enabled: false,
    privacy_settings: false,
    translation_enabled: false,
    hipaa_compliance_enabled: false,
    lookup_filter: true,
    zia_portal_id: null,
  };
  return { status: 200, body: { org: [body] } };
}

const permissionModules = ['Leads', 'Accounts', 'Contacts', 'Deals', 'Events', 'Tasks', 'Calls', 'Notes'];

/** `GET /settings/profiles`, `GET /settings/profiles/{id}`. Source: Zoho CRM API v8, Profiles. */
export function listProfiles(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.profiles.READ');
  const all = Object.keys(profileNumbers).map((name) => renderProfile(call, name, call.parts.id !== undefined));
  const profiles = call.parts.id === undefined ? all : all.filter((one) => one.id === call.parts.id);
  return profiles.length === 0 ? { status: 204 } : { status: 200, body: { profiles } };
}

/** `GET /settings/roles`, `GET /settings/roles/{id}`. */
export function listCompanyRoles(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.roles.READ');
  const all = Object.keys(roleNumbers).map((name) => ({
    ...roleStub(call, name),
    display_label: roleLabel(name),
    share_with_peers: true,
    admin_user: name === 'ceo',
  }));
  const roles = call.parts.id === undefined ? all : all.filter((one) => one.id === call.parts.id);
  return roles.length === 0 ? { status: 204 } : { status: 200, body: { roles } };
}

function renderPerson(call: Call, user: Row): JsonObject {
  const { org } = call;
  const isAdministratorUser = isAdministrator(org, user);
  return {
    id: user.id,
    first_name: user.first_name ?? null,
    last_name: user.last_name ?? null,
    full_name: user.full_name ?? null,
    email: user.email ?? null,
    zuid: user.zuid ?? null,
    status: user.status ?? null,
    confirm: user.confirm ?? false,
    type__s: 'Regular User',
    profile: profileStub(call, isAdministratorUser ? 'administrator' : 'standard'),
    role: roleStub(call, isAdministratorUser ? 'ceo' : 'manager'),
    time_zone: user.time_zone ?? null,
    locale: 'en_US',
    language: 'en_US',
    country: null,
    country_locale: 'en_US',
    date_format: 'MM/dd/yyyy',
    time_format: 'hh:mm a',
    decimal_separator: 'Period',
    number_separator: 'Comma',
    alias: null,
    mobile: null,
    phone: null,
    microsoft: false,
    personal_account: false,
    default_tab_group: '0',
    created_time: formatDateTime(Number(user.created_time), zoneOf(call)),
    Modified_Time: formatDateTime(Number(user.created_time), zoneOf(call)),
    Isonline: false,
    offset: 3_600_000,
  };
}

type ProfileName = keyof typeof profileNumbers;
type RoleName = keyof typeof roleNumbers;

function profileStub(call: Call, name: string): { name: string; id: string } {
  return {
    name: name === 'administrator' ? 'Administrator' : 'Standard',
    id: call.org.fixedId(profileNumbers[name as ProfileName]),
  };
}

function roleLabel(name: string): string {
  return name === 'ceo' ? 'CEO' : 'Manager';
}

function roleStub(call: Call, name: string): { name: string; id: string } {
  return { name: roleLabel(name), id: call.org.fixedId(roleNumbers[name as RoleName]) };
}

function renderProfile(call: Call, name: string, isWhole: boolean): JsonObject & { id: string } {
  const stub = profileStub(call, name);
  const shape = {
    ...stub,
    display_label: stub.name,
    type: 'normal_profile',
    custom: false,
    default: true,
    _default: true,
  };
  return isWhole ? { ...shape, permissions_details: permissions(call, name), sections: [] } : shape;
}

function permissions(call: Call, name: string): Json[] {
  const profile = name === 'administrator' ? 'Administrator' : 'Standard';
  const moduleNames = permissionModules.flatMap((apiName) => {
    const module = call.org.module(apiName);
    if (!module) return [];
    return (['READ', 'CREATE', 'UPDATE', 'DELETE'] as const).map((operation) => ({
      permission: permissionName(module, operation),
      isOn: isEnabled(call.org, profile, permissionName(module, operation)) && !isTakenAway(call, module, operation),
    }));
  });
  const general = Object.values(generalPermissions).map((permission) => ({
    permission,
    isOn: isEnabled(call.org, profile, permission),
  }));
  return [...moduleNames, ...general].map(({ permission, isOn }, index) => ({
    display_label: permission.replace('Crm_Implied_', '').replaceAll('_', ' '),
    module: null,
    name: permission,
    id: call.org.fixedId(2_000 + 800_000 + index),
    enabled: isOn,
  }));
}
