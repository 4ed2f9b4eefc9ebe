import { readTogether } from '../zoho/composite-reads.ts';
import {
  type CrmField,
  type CrmModule,
  type CrmProfile,
  type CrmUser,
  listFields,
  listModules,
  listRelatedLists,
  readCurrentUser,
  readProfile,
} from '../zoho/metadata.ts';
import type { ZohoAnswer, ZohoFailure, ZohoTransport } from '../zoho/transport.ts';
import { crmError } from './crm-error.ts';
import type { Right, RightResult, Rights } from './rights.ts';
import { coversScope, type Proof, RIGHTS, type RightRow } from './rights-table.ts';

/** What is known of the connection before anything is asked. `scopes` empty: Zoho did not say what it granted. */
export type RightsSubject = { scopes: readonly string[]; edition: string | null };

type Answer<T> = { kind: 'read'; value: T } | ZohoFailure;
type Evidence = {
  user: Answer<CrmUser>;
  modules: Answer<CrmModule[]>;
  profile: Answer<CrmProfile> | null;
  eventFields: Answer<CrmField[]>;
  coql: Answer<null>;
  notifications: Answer<null>;
  composite: Answer<null>;
  lists: Answer<null>;
  roles: Answer<null>;
  layouts: Answer<null>;
};
type Verdict = { result: RightResult; detail: string | null };

const QUERIED = ['Events', 'Contacts', 'Accounts', 'Deals', 'Leads'];

const OK: Verdict = { result: 'ok', detail: null };

/**
 * Tests every right of the checklist with the cheapest call that proves it: 7 credits, 10 where composite calls are refused.
 * What could not be tested is `unknown`. Throws `needs_reauth` when the access itself is dead, `crm_throttled`
 * or `crm_unavailable` when Zoho cannot be asked at all: no line means anything then.
 * Source: Zoho CRM API v8, Modules Metadata, Fields Metadata, Profiles, Get Users.
 */
export async function checkRights(transport: ZohoTransport, subject: RightsSubject): Promise<Rights> {
  const evidence = await gatherEvidence(transport, subject.scopes);
  const lines = RIGHTS.map((row) => toLine(row, judge(row, subject, evidence), subject, evidence));
  const user = evidence.user.kind === 'read' ? evidence.user.value : null;
  return {
    lines,
    userName: user?.name ?? null,
    profileName: user?.profileName ?? null,
    isAdministrator: /administrator/i.test(user?.profileName ?? ''),
  };
}

/** Asks Zoho who the connecting user is (1 credit). Throws `needs_reauth` when the access is dead, else what kept Zoho from answering. */
export async function checkAlive(transport: ZohoTransport): Promise<void> {
  const user = alive(await readCurrentUser(transport));
  if (user.kind === 'failed' && (user.class === 'throttle' || user.class === 'transient')) {
    throw crmError(user, 'Zoho did not say whether the connection lives');
  }
}

async function gatherEvidence(transport: ZohoTransport, scopes: readonly string[]): Promise<Evidence> {
  // First and alone: with a dead access nothing else is asked.
  const user = alive(await readCurrentUser(transport));
  if (user.kind === 'failed' && (user.class === 'throttle' || user.class === 'transient')) {
    throw crmError(user, 'The rights could not be tested now');
  }
  const modules = alive(await listModules(transport));
  const profileId = user.kind === 'read' ? user.value.profileId : null;
  const [profile, eventFields, coql, notifications, together] = await Promise.all([
    profileId === null ? null : readProfile(transport, profileId),
    listFields(transport, 'Events'),
    tryQuery(transport, modules, scopes),
    transport.call({ method: 'GET', path: '/actions/watch' }).then(withoutBody),
    readRelations(transport),
  ]);
  for (const answer of [eventFields, coql, notifications, together.composite]) alive<unknown>(answer);
  return { user, modules, profile, eventFields, coql, notifications, ...together };
}

/** The cheapest query there is, of a module that may be read: what is refused then is the query itself. */
async function tryQuery(
  transport: ZohoTransport,
  modules: Answer<CrmModule[]>,
  scopes: readonly string[],
): Promise<Answer<null>> {
  const isGranted = (name: string) => scopes.length === 0 || coversScope(scopes, `ZohoCRM.modules.${name}.READ`);
  const readable = modules.kind === 'read' ? modules.value.filter((module) => module.isViewable) : [];
  const name = QUERIED.find((one) => isGranted(one) && readable.some((module) => module.apiName === one)) ?? QUERIED[0];
  const body = { select_query: `select id from ${name} where id is not null limit 1` };
  return withoutBody(await transport.call({ method: 'POST', path: '/coql', body }));
}

/** Related lists, roles and layouts in one composite call; one by one where that is refused. */
async function readRelations(
  transport: ZohoTransport,
): Promise<Pick<Evidence, 'composite' | 'lists' | 'roles' | 'layouts'>> {
  const parts = [
    { path: '/settings/related_lists', query: { module: 'Deals' } },
    { path: '/Contacts/roles' },
    { path: '/settings/layouts', query: { module: 'Deals' } },
  ] as const;
  const together = await readTogether(transport, parts);
  if (together.kind === 'answers') {
    const [lists, roles, layouts] = together.answers.map(withoutBody);
    if (lists !== undefined && roles !== undefined && layouts !== undefined) {
      return { composite: { kind: 'read', value: null }, lists, roles, layouts };
    }
  }
  const [, rolesPart, layoutsPart] = parts;
  const [lists, roles, layouts] = await Promise.all([
    listRelatedLists(transport, 'Deals').then(withoutValue),
    transport.call({ method: 'GET', path: rolesPart.path }).then(withoutBody),
    transport.call({ method: 'GET', path: layoutsPart.path, query: layoutsPart.query }).then(withoutBody),
  ]);
  return { composite: together.kind === 'answers' ? { kind: 'read', value: null } : together, lists, roles, layouts };
}

function withoutBody(answer: ZohoAnswer): Answer<null> {
  return answer.kind === 'failed' ? answer : { kind: 'read', value: null };
}

function withoutValue(answer: Answer<unknown>): Answer<null> {
  return answer.kind === 'failed' ? answer : { kind: 'read', value: null };
}

/** A scope that lacks is a line of the list; every other refusal of the access ends it. */
function alive<T>(answer: Answer<T>): Answer<T> {
  if (answer.kind === 'failed' && isDead(answer)) throw crmError(answer, 'Zoho refuses this connection');
  return answer;
}

const NO_API = 'Crm_Implied_Api_Access';

function isDead(failure: ZohoFailure): boolean {
  if (failure.class === 'auth') return failure.code !== 'OAUTH_SCOPE_MISMATCH';
  const { permissions } = failure.details;
  return failure.code === 'NO_PERMISSION' && Array.isArray(permissions) && permissions.includes(NO_API);
}

function judge({ scopes, proof }: RightRow, subject: RightsSubject, evidence: Evidence): Verdict {
  if (proof.by === 'not_needed') return { result: 'not_needed', detail: proof.why };
  const missing = subject.scopes.length === 0 ? undefined : scopes.find((one) => !coversScope(subject.scopes, one));
  if (missing !== undefined) return { result: 'missing_scope', detail: `The scope ${missing} was not granted.` };
  switch (proof.by) {
    case 'module':
      return judgeModule(proof, evidence);
    case 'event_fields':
      return judgeFields(proof.fields, evidence.eventFields);
    case 'call':
      return judgeCall(proof.call, evidence);
    case 'permission':
      return judgePermission(proof, subject, evidence);
    case 'scope':
      return subject.scopes.length > 0
        ? { result: 'ok', detail: 'Judged by its scope: a test would cost 50 credits.' }
        : { result: 'unknown', detail: 'Zoho did not say which scopes it granted.' };
  }
}

function judgeModule(proof: Extract<Proof, { by: 'module' }>, { modules, profile }: Evidence): Verdict {
  if (modules.kind === 'failed')
    return { result: 'unknown', detail: `The modules could not be read: ${modules.message}` };
  const module = modules.value.find((one) => one.apiName === proof.module);
  if (module === undefined || !module.isApiSupported) {
    return { result: 'not_available_in_edition', detail: `Zoho lists no module ${proof.label} for this connection.` };
  }
  const flags = {
    View: module.isViewable,
    Create: module.isCreatable,
    Edit: module.isEditable,
    Delete: module.isDeletable,
  };
  const name = `Crm_Implied_${proof.action}_${module.internalName}`;
  const isSwitchedOff = profile?.kind === 'read' && profile.value.permissions.get(name) === false;
  if (flags[proof.action] && !isSwitchedOff) return OK;
  return { result: 'missing_profile_permission', detail: `${proof.action} is switched off for ${proof.label}.` };
}

function judgeFields(names: string[], fields: Answer<CrmField[]>): Verdict {
  if (fields.kind === 'failed') return ofFailure(fields);
  const hidden = names.find((name) => {
    const field = fields.value.find((one) => one.apiName === name);
    return field === undefined || field.isReadOnly || !field.isVisible;
  });
  if (hidden === undefined) return OK;
  return { result: 'missing_profile_permission', detail: `The field ${hidden} of meetings cannot be written.` };
}

function judgeCall(call: Extract<Proof, { by: 'call' }>['call'], evidence: Evidence): Verdict {
  const { modules, eventFields, layouts, user, profile } = evidence;
  switch (call) {
    case 'metadata':
      return [modules, eventFields, layouts].map(ofAnswer).find(({ result }) => result !== 'ok') ?? OK;
    case 'users':
      return ofAnswer(user);
    case 'profiles':
      if (profile === null) return { result: 'unknown', detail: 'The profile of the connecting user is not known.' };
      return ofAnswer(profile);
    case 'roles':
      return ['Deals', 'Contacts']
        .map((module) => judgeModule({ by: 'module', module, action: 'View', label: module }, evidence))
        .concat(ofAnswer(evidence.roles))
        .reduce((worst, one) => (worst.result === 'ok' ? one : worst));
    default:
      return ofAnswer(evidence[call]);
  }
}

function judgePermission(
  proof: Extract<Proof, { by: 'permission' }>,
  subject: RightsSubject,
  { profile }: Evidence,
): Verdict {
  if (proof.notInEditions.includes((subject.edition ?? '').toLowerCase())) {
    return { result: 'not_available_in_edition', detail: null };
  }
  if (profile?.kind !== 'read') {
    return { result: 'unknown', detail: 'The profile of the connecting user could not be read.' };
  }
  const isOn = profile.value.permissions.get(proof.permission);
  if (isOn === undefined) return { result: 'unknown', detail: `The profile does not tell about “${proof.label}”.` };
  return isOn ? OK : { result: 'missing_profile_permission', detail: `“${proof.label}” is switched off.` };
}

function ofAnswer(answer: Answer<unknown>): Verdict {
  return answer.kind === 'read' ? OK : ofFailure(answer);
}

const NOT_IN_EDITION = ['FEATURE_NOT_SUPPORTED', 'NOT_SUPPORTED_FEATURE', 'INVALID_MODULE', 'FEATURE_NOT_ENABLED'];

function ofFailure({ code, status, message }: ZohoFailure): Verdict {
  if (code === 'OAUTH_SCOPE_MISMATCH') return { result: 'missing_scope', detail: message };
  if (code !== null && NOT_IN_EDITION.includes(code)) return { result: 'not_available_in_edition', detail: message };
  if (code === 'NO_PERMISSION' || code === 'AUTHORIZATION_FAILED' || status === 403) {
    return { result: 'missing_profile_permission', detail: message };
  }
  return { result: 'unknown', detail: message };
}

function toLine(row: RightRow, verdict: Verdict, subject: RightsSubject, { user }: Evidence): Right {
  const profileName = user.kind === 'read' ? user.value.profileName : null;
  const { key, title, lost } = row;
  return { key, title, lost, ...verdict, cure: cureOf(row, verdict.result, { profileName, edition: subject.edition }) };
}

function cureOf(
  row: RightRow,
  result: RightResult,
  facts: { profileName: string | null; edition: string | null },
): string | null {
  switch (result) {
    case 'ok':
    case 'not_needed':
      return null;
    case 'missing_scope':
      return `Press Reconnect and accept the whole consent page; it asks for ${row.scopes.join(' and ')}.`;
    case 'missing_profile_permission':
      return `In Zoho open Setup > Users and Control > Security Control > Profiles > ${facts.profileName ?? 'the profile of the connecting user'} and ${permissionInWords(row.proof)}; or press Reconnect with a user who may.`;
    case 'not_available_in_edition':
      return `Zoho's edition ${facts.edition ?? 'of this org'} does not have this; the product goes on without it.`;
    case 'unknown':
      return 'Press “Check now”; when it stays unknown, press Reconnect with an administrator of Zoho CRM.';
  }
}

function permissionInWords(proof: Proof): string {
  if (proof.by === 'module') return `allow “${proof.action}” for ${proof.label}`;
  if (proof.by === 'permission') return `allow “${proof.label}”`;
  if (proof.by === 'event_fields') return 'let the profile write the fields of Meetings';
  return 'allow it';
}
