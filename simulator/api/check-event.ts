import type { Problem } from '../http/failure.ts';
import { idText, isList, isObject, type Json, type JsonObject } from '../json.ts';
import { whatModules } from '../metadata/stock-modules.ts';
import type { Row } from '../store/table.ts';
import { whyNotRelatable } from './check-state.ts';
import { type CheckContext, invalidField, lookupId } from './check-value.ts';
import { findByExternal } from './externals.ts';
import { participantOf } from './render-record.ts';
import { visibleRecord } from './visibility.ts';

/** Most participants of an event. Source: Zoho CRM API v7, Insert Records, Participants. */
export const mostParticipants = 50;

export type CheckedPart = { values: Record<string, Json> } | { problem: Problem };

/** Checks What_Id with $se_module of an activity. `existing` is the record before an update. */
export function checkWhat(
  context: CheckContext,
  input: JsonObject,
  existing: Row | undefined,
  path: string,
): CheckedPart {
  const given = input.What_Id;
  if (given === undefined) return { values: {} };
  if (given === null) return { values: { What_Id: null, $se_module: null } };
  const id = lookupId(given);
  if (id === undefined) {
    return { problem: invalidField('What_Id', `${path}.What_Id`, { expected_data_type: 'jsonobject' }) };
  }
  const moduleName = input.$se_module ?? existing?.$se_module;
  if (typeof moduleName !== 'string') return { problem: missingSeModule(path) };
  const module = context.call.org.module(moduleName);
  if (!module || !(whatModules.includes(module.apiName) || module.generated === 'custom')) {
    return {
      problem: invalidField('$se_module', `${path}.$se_module`, { supported_values: whatModules }),
    };
  }
  const external = context.externals.lookups.get('What_Id');
  const found =
    external && external.module === module
      ? findByExternal(context.call, module, external.field, id)
      : module.records.get(id);
  const refused = whyNotRelatable(context.call, module, found, 'What_Id', `${path}.What_Id`, id);
  if (refused || !found) return { problem: refused ?? missingSeModule(path) };
  return { values: { What_Id: found.id, $se_module: module.apiName } };
}

/** Who_Id may be a list where several contacts are rolled out, which is a switch: the others become participants. */
export function spreadContacts(context: CheckContext, input: JsonObject, existing: Row | undefined): JsonObject {
  const { Who_Id: given } = input;
  if (!isList(given) || given.length === 0 || !context.call.world.switches.isOn('multiContactActivities')) return input;
  const [first = null, ...others] = given;
  if (context.module.apiName !== 'Events' || others.length === 0) return { ...input, Who_Id: first };
  const people = input.Participants ?? existing?.Participants;
  const added = others.map((one) => ({ type: 'contact', participant: lookupId(one) ?? null, invited: false }));
  return { ...input, Who_Id: first, Participants: [...(isList(people) ? people : []), ...added] };
}

/** Rules between Who_Id and What_Id that orgs may enforce; both are switches. */
export function checkWhoBesideWhat(context: CheckContext, row: Row, path: string): Problem | undefined {
  const { call } = context;
  if (typeof row.Who_Id !== 'string' || typeof row.What_Id !== 'string') return undefined;
  if (row.$se_module === 'Leads' && call.world.switches.text('whoIdWithLead') === 'reject') {
    return invalidField('Who_Id', `${path}.Who_Id`, { id: row.Who_Id }, 'the related id given seems to be invalid');
  }
  if (call.world.switches.text('foreignWhoId') === 'accept') return undefined;
  const account =
    row.$se_module === 'Accounts' ? row.What_Id : call.org.module('Deals')?.records.get(row.What_Id)?.Account_Name;
  const contactAccount = call.org.module('Contacts')?.records.get(row.Who_Id)?.Account_Name;
  if (account === undefined || account === null || account === contactAccount) return undefined;
  return invalidField('Who_Id', `${path}.Who_Id`, { id: row.Who_Id }, 'the related id given seems to be invalid');
}

/** Start must not lie after the end. */
export function checkTimes(row: Row, path: string): Problem | undefined {
  if (Number(row.Start_DateTime) <= Number(row.End_DateTime)) return undefined;
  return invalidField('End_DateTime', `${path}.End_DateTime`, {}, 'the end time must be later than the start time');
}

/** Checks the Participants list and brings it into its stored form. Source: Zoho CRM API v7, Insert Records, Participants. */
export function checkParticipants(
  context: CheckContext,
  given: Json,
  held: Row | undefined,
  path: string,
): CheckedPart {
  if (given === null) return { values: { Participants: [] } };
  const listPath = `${path}.Participants`;
  if (!isList(given)) {
    return { problem: invalidField('Participants', listPath, { expected_data_type: 'jsonarray' }) };
  }
  const before = isList(held?.Participants) ? held.Participants.filter(isObject) : [];
  const isMerge = context.call.world.switches.text('participantsOnUpdate') === 'merge';
  const people: JsonObject[] = isMerge ? [...before] : [];
  for (const [index, element] of given.entries()) {
    const one = checkParticipant(context, element, before, `${listPath}[${index}]`);
    if ('problem' in one) return one;
    const at = people.findIndex((known) => isSamePerson(known, one.person));
    if (at >= 0) people[at] = one.person;
    else people.push(one.person);
  }
  if (people.length > mostParticipants || given.length > mostParticipants) {
    return {
      problem: {
        code: 'LIMIT_EXCEEDED',
        message: 'Only 50 participants can be added to an event.',
        details: { maximum_length: mostParticipants, api_name: 'Participants', json_path: listPath },
      },
    };
  }
  return { values: { Participants: people } };
}

function checkParticipant(
  context: CheckContext,
  element: Json,
  before: readonly JsonObject[],
  path: string,
): { person: JsonObject } | { problem: Problem } {
  if (!isObject(element)) return { problem: invalidField('Participants', path, { expected_data_type: 'jsonobject' }) };
  const type = element.type;
  const types = ['contact', 'lead', 'user', 'email'];
  if (typeof type !== 'string' || !types.includes(type)) {
    return { problem: invalidField('type', `${path}.type`, { supported_values: types }) };
  }
  const given = idText(element.participant) ?? (type === 'email' ? idText(element.Email) : undefined);
  if (given === undefined) {
    return {
      problem: {
        code: 'MANDATORY_NOT_FOUND',
        message: 'required field not found',
        details: { api_name: 'participant', json_path: `${path}.participant` },
      },
    };
  }
  const resolved = resolveParticipant(context, type, given);
  if (resolved === undefined) {
    return {
      problem: invalidField(
        'participant',
        `${path}.participant`,
        { id: given },
        'the related id given seems to be invalid',
      ),
    };
  }
  const known = before.find((one) => isSamePerson(one, { type, participant: resolved }));
  return {
    person: {
      id: known?.id ?? context.call.org.nextId(),
      type,
      participant: resolved,
      Email: type === 'email' ? resolved : null,
      name: type === 'email' ? (typeof element.name === 'string' ? element.name : resolved) : null,
      invited: invitedAfter(context, element, known),
      status: known?.status ?? null,
    },
  };
}

/** Adding and inviting are separate states; whether adding invites is an open question, and a switch. */
function invitedAfter(context: CheckContext, element: JsonObject, known: JsonObject | undefined): boolean {
  const mails = context.call.world.switches.text('participantMails');
  if (mails === 'never') return element.invited === true;
  if (mails === 'always') return true;
  return element.invited !== false || known?.invited === true;
}

function resolveParticipant(context: CheckContext, type: string, given: string): string | undefined {
  if (type === 'email') return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given) ? given : undefined;
  const external = context.externals.lookups.get('Participants.participant');
  const isExternal = external && external.module.apiName === (type === 'contact' ? 'Contacts' : 'Leads');
  if (external && isExternal && type !== 'user') {
    return findByExternal(context.call, external.module, external.field, given)?.id;
  }
  const module = context.call.org.module(type === 'contact' ? 'Contacts' : type === 'lead' ? 'Leads' : '');
  if (module && !visibleRecord(context.call, module, given)) return undefined;
  return participantOf(context.call.org, type, given) ? given : undefined;
}

function isSamePerson(a: JsonObject, b: JsonObject): boolean {
  return a.type === b.type && String(a.participant).toLowerCase() === String(b.participant).toLowerCase();
}

function missingSeModule(path: string): Problem {
  return {
    code: 'DEPENDENT_FIELD_MISSING',
    message: 'dependent field missing',
    details: {
      dependee: { api_name: 'What_Id', json_path: `${path}.What_Id` },
      api_name: '$se_module',
      json_path: `${path}.$se_module`,
    },
  };
}
