import { revokeToken } from '../accounts/tokens.ts';
import type { Reply } from '../http/failure.ts';
import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import { addUser, environments, isAdministrator, type Org, profileNumbers } from '../world/org.ts';
import { changedPermissions, type ProfileName, profileNames, setPermission } from '../world/permissions.ts';
import { type DataCentre, oauthTables, type World } from '../world/world.ts';

const states = ['active', 'inactive', 'deleted'];
const calendars = ['off', 'google', 'office365'];

/** `GET /sandbox/people`: users with their state and refresh tokens, profiles with what was changed in them. */
export function showPeople(world: World, dc: DataCentre): Reply {
  const org = homeOf(dc);
  const users = [...org.users.rows()].map((user) => ({
    id: user.id,
    email: user.email ?? null,
    name: user.full_name ?? null,
    status: user.status ?? null,
    profile: isAdministrator(org, user) ? 'Administrator' : 'Standard',
    timeZone: user.time_zone ?? null,
    calendarSync: user.calendarSync ?? null,
    refreshTokens: refreshTokensOf(world, dc, user).length,
  }));
  const profiles = Object.keys(profileNames).map((name) => ({ name, ...changedPermissions(org, name as ProfileName) }));
  return { status: 200, body: { users, profiles } };
}

/**
 * `POST /sandbox/people {users?, profiles?, revoke?}`: adds, changes, deactivates and deletes users, gives and withdraws
 * permissions of the two profiles, ends all refresh tokens of a user. All of it, or nothing.
 */
export function changePeople(world: World, dc: DataCentre, body: JsonObject): Reply {
  const reason = world.store.attempt(() => {
    const why = changeAll(world, dc, body);
    return { result: why, undo: why !== undefined };
  });
  if (reason !== undefined) return { status: 400, body: { error: `${reason} Nothing was changed.` } };
  return showPeople(world, dc);
}

function changeAll(world: World, dc: DataCentre, body: JsonObject): string | undefined {
  const unknown = Object.keys(body).filter((key) => !['users', 'profiles', 'revoke'].includes(key));
  if (unknown.length > 0) return `There is no ${unknown.join(', ')} here: give users, profiles or revoke.`;
  for (const one of listed(body.users)) {
    const why = isObject(one) ? changeUser(world, dc, one) : 'users is a list of objects.';
    if (why !== undefined) return why;
  }
  for (const one of listed(body.profiles)) {
    const why = isObject(one) ? changeProfile(dc, one) : 'profiles is a list of objects.';
    if (why !== undefined) return why;
  }
  for (const email of listed(body.revoke)) {
    const user = userOf(homeOf(dc), email);
    if (!user) return `There is no user ${String(email)}.`;
    for (const token of refreshTokensOf(world, dc, user)) revokeToken(world, token);
  }
  return undefined;
}

const listed = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);

function changeUser(world: World, dc: DataCentre, input: JsonObject): string | undefined {
  const home = homeOf(dc);
  if (typeof input.email !== 'string' || !input.email.includes('@')) return 'A user needs an email.';
  if (input.status !== undefined && !states.includes(String(input.status))) return `status is ${states.join(', ')}.`;
  if (input.profile !== undefined && !isProfile(input.profile)) return 'profile is Administrator or Standard.';
  if (input.calendarSync !== undefined && !calendars.includes(String(input.calendarSync)))
    return `calendarSync is ${calendars.join(', ')}.`;
  if (!userOf(home, input.email) && input.add !== true) {
    return `There is no user ${input.email}; give add: true for a new one.`;
  }
  if (!userOf(home, input.email)) addNew(world, home, input);
  for (const environment of environments) {
    const org = dc.orgs.get(environment);
    const user = org && userOf(org, input.email);
    if (org && user) org.users.put({ ...user, ...changesOf(org, input) });
  }
  return undefined;
}

function addNew(world: World, org: Org, input: JsonObject): void {
  const [first = '', ...rest] = String(input.name ?? String(input.email).split('@')[0]).split(' ');
  addUser(org, {
    id: org.nextId(),
    firstName: rest.length > 0 ? first : '',
    lastName: rest.length > 0 ? rest.join(' ') : first,
    email: String(input.email),
    isAdministrator: input.profile === 'Administrator',
    isActive: true,
    timeZone: typeof input.timeZone === 'string' ? input.timeZone : 'Europe/Madrid',
    now: world.clock.now(),
  });
}

function changesOf(org: Org, input: JsonObject): JsonObject {
  return {
    ...(input.status === undefined ? {} : { status: input.status }),
    ...(input.timeZone === undefined ? {} : { time_zone: input.timeZone }),
    ...(input.calendarSync === undefined ? {} : { calendarSync: input.calendarSync }),
    ...(input.profile === undefined
      ? {}
      : { profile: org.fixedId(profileNumbers[input.profile === 'Administrator' ? 'administrator' : 'standard']) }),
  };
}

function changeProfile(dc: DataCentre, input: JsonObject): string | undefined {
  const { name } = input;
  if (!isProfile(name)) return 'A profile has the name Administrator or Standard.';
  const [withdrawn, given] = [listed(input.withdraw).map(String), listed(input.give).map(String)];
  const wrong = [...withdrawn, ...given].find((permission) => !/^Crm_Implied_\w+$/.test(permission));
  if (wrong !== undefined) return `“${wrong}” is no permission: they are called Crm_Implied_….`;
  for (const org of dc.orgs.values()) {
    for (const permission of withdrawn) setPermission(org, name, permission, false);
    for (const permission of given) setPermission(org, name, permission, true);
  }
  return undefined;
}

const isProfile = (value: unknown): value is ProfileName => typeof value === 'string' && value in profileNames;

function refreshTokensOf(world: World, dc: DataCentre, user: Row): string[] {
  const held = world.store.table(oauthTables.refresh);
  const ids = [...dc.orgs.values()].flatMap((org) => userOf(org, user.email)?.id ?? []);
  return ids.flatMap((id) => held.find('userId', id).map((row) => row.id));
}

function userOf(org: Org, email: Json | undefined): Row | undefined {
  return org.users.find('email', String(email).trim().toLowerCase())[0];
}

function homeOf(dc: DataCentre): Org {
  const org = dc.orgs.get('production');
  if (!org) throw new Error(`The data centre ${dc.key} has no production org`);
  return org;
}
