import { invalidData, type Reply, ZohoFailure } from '../http/failure.ts';
import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { buildRow } from './build-row.ts';
import { type Call, jsonBody, listOf, requireModule } from './call.ts';
import { lookupId } from './check-value.ts';
import { leaveActivitiesBehind } from './leave-behind.ts';
import { afterWrite, hear } from './record-effects.ts';
import { nameOf } from './render-record.ts';
import { failed, type Outcome, reply, success } from './write-records.ts';

const credits = 5;

/** `POST /Leads/{id}/actions/convert`: 5 credits; the lead disappears as a deletion. Source: Zoho CRM API v8, Convert Lead. */
export function convertLead(call: Call): Reply {
  const leads = requireModule(call, 'Leads', 'UPDATE');
  const modules = {
    contacts: requireModule(call, 'Contacts', 'CREATE'),
    accounts: requireModule(call, 'Accounts', 'CREATE'),
    deals: requireModule(call, 'Deals', 'CREATE'),
  };
  const id = call.parts.id ?? '';
  const lead = leads.records.get(id);
  if (!lead) {
    const isGone = call.org.deleted.get(id)?.convertedTo !== undefined;
    if (isGone)
      throw new ZohoFailure(400, 'ID_ALREADY_CONVERTED', 'the id is already converted', { resource_path_index: 1 });
    throw invalidData({ resource_path_index: 1 }, 'the id given seems to be invalid');
  }
  const [given] = listOf(jsonBody(call), 'data', 1);
  const input = isObject(given) ? given : {};
  const heard = call.world.changes.length;
  const result = call.world.store.attempt(() => {
    const outcome = convert(call, leads, modules, lead, input);
    return { result: outcome, undo: !outcome.isOk };
  });
  if (!result.isOk) call.world.changes.length = heard;
  return reply([result], 200, credits);
}

/** A record that a conversion uses or makes, or why it cannot. */
type Made = { row: Row } | { failure: Outcome };

type Modules = { contacts: Module; accounts: Module; deals: Module };

function convert(call: Call, leads: Module, modules: Modules, lead: Row, input: JsonObject): Outcome {
  const owner = isObject(input.assign_to) ? (lookupId(input.assign_to) ?? lead.Owner) : lead.Owner;
  const madeAccount = existingOrNew(call, modules.accounts, input.Accounts, () =>
    typeof lead.Company === 'string'
      ? { Account_Name: lead.Company, Phone: lead.Phone ?? null, Website: lead.Website ?? null }
      : undefined,
  );
  if (madeAccount && 'failure' in madeAccount) return madeAccount.failure;
  const account = madeAccount?.row;
  const madeContact = existingOrNew(call, modules.contacts, input.Contacts, () => ({
    First_Name: lead.First_Name ?? null,
    Last_Name: lead.Last_Name ?? null,
    Email: lead.Email ?? null,
    Secondary_Email: lead.Secondary_Email ?? null,
    Phone: lead.Phone ?? null,
    Mobile: lead.Mobile ?? null,
    Title: lead.Designation ?? null,
    Lead_Source: lead.Lead_Source ?? null,
    Account_Name: account ? { id: account.id } : null,
  }));
  if (!madeContact) return failed({ code: 'INVALID_DATA', message: 'invalid data', details: { api_name: 'Contacts' } });
  if ('failure' in madeContact) return madeContact.failure;
  const contact = madeContact.row;
  const madeDeal = isObject(input.Deals)
    ? created(
        call,
        modules.deals,
        { ...input.Deals, Contact_Name: { id: contact.id }, Account_Name: account ? { id: account.id } : null },
        '$.data[0].Deals',
      )
    : undefined;
  if (madeDeal && 'failure' in madeDeal) return madeDeal.failure;
  const deal = madeDeal?.row;
  for (const [module, row] of [
    [modules.contacts, contact],
    [modules.accounts, account],
    [modules.deals, deal],
  ] as const) {
    const held = row && module.records.get(row.id);
    if (held && held.Created_Time === call.now) module.records.put({ ...held, Owner: owner });
  }
  if (deal) addRole(call, deal, contact, isObject(input.Deals) ? input.Deals.Contact_Role : undefined);
  if (call.world.switches.isOn('conversionMovesRelated')) moveActivities(call, lead, contact, deal ?? account);
  else leaveActivitiesBehind(call, lead);
  retire(call, leads, lead, contact);
  logMails(call, lead, input, contact);
  const stub = (module: Module, row: Row | undefined) => (row ? { name: nameOf(module, row), id: row.id } : null);
  const details = {
    Contacts: stub(modules.contacts, contact),
    Deals: stub(modules.deals, deal),
    Accounts: stub(modules.accounts, account),
  };
  const ids = { Contacts: contact.id, Deals: deal?.id ?? null, Accounts: account?.id ?? null };
  const body = call.version < 6 ? ids : success(details, 'The record has been converted successfully');
  return { isOk: true, status: 200, body };
}

/** The record that the caller names, else a new one from the lead; undefined when there is nothing to make one of. */
function existingOrNew(
  call: Call,
  module: Module,
  named: Json | undefined,
  values: () => JsonObject | undefined,
): Made | undefined {
  const id = named === undefined || named === null ? undefined : lookupId(named);
  if (id !== undefined) {
    const row = module.records.get(id);
    if (row) return { row };
    const details = { api_name: module.apiName, json_path: `$.data[0].${module.apiName}.id`, id };
    return { failure: failed({ code: 'INVALID_DATA', message: 'the id given seems to be invalid', details }) };
  }
  const fresh = values();
  return fresh && created(call, module, fresh, `$.data[0].${module.apiName}`);
}

function created(call: Call, module: Module, values: JsonObject, path: string): Made {
  const built = buildRow({ call, module, externals: { lookups: new Map() } }, values, undefined, path);
  if ('problem' in built) return { failure: failed(built.problem) };
  module.records.put(built.row);
  afterWrite(call, module, built.row, undefined, []);
  return { row: built.row };
}

function addRole(call: Call, deal: Row, contact: Row, role: Json | undefined): void {
  const roleId = role === undefined || role === null ? undefined : lookupId(role);
  call.org.dealRoles.put({
    id: `${deal.id}:${contact.id}`,
    dealId: deal.id,
    contactId: contact.id,
    roleId: roleId ?? null,
  });
}

/** Notes and activities of the lead go to the contact; activities are about the deal or account from then on. */
function moveActivities(call: Call, lead: Row, contact: Row, subject: Row | undefined): void {
  const notes = call.org.module('Notes')?.records;
  for (const note of notes?.find('Parent_Id', lead.id) ?? [])
    notes?.put({ ...note, Parent_Id: contact.id, $se_module: 'Contacts' });
  const about = subject
    ? { What_Id: subject.id, $se_module: subject.Deal_Name === undefined ? 'Accounts' : 'Deals' }
    : { What_Id: null, $se_module: null };
  for (const name of ['Events', 'Tasks', 'Calls']) {
    const records = call.org.module(name)?.records;
    for (const row of records?.find('What_Id', lead.id) ?? []) records?.put({ ...row, ...about, Who_Id: contact.id });
  }
  const events = call.org.module('Events')?.records;
  for (const event of events?.find('participant', lead.id) ?? []) {
    const people = (isList(event.Participants) ? event.Participants : []).filter(isObject);
    const moved = people.map((one) =>
      one.participant === lead.id ? { ...one, type: 'contact', participant: contact.id } : one,
    );
    events?.put({ ...event, Participants: moved });
  }
}

function retire(call: Call, leads: Module, lead: Row, contact: Row): void {
  leads.records.remove(lead.id);
  hear(call, leads, 'delete', lead.id, {});
  call.org.deleted.put({
    id: lead.id,
    module: 'Leads',
    display_name: nameOf(leads, lead),
    type: 'permanent',
    deleted_time: call.now,
    deleted_by: call.user.id,
    created_by: lead.Created_By ?? null,
    convertedTo: contact.id,
  });
}

function logMails(call: Call, lead: Row, input: JsonObject, contact: Row): void {
  const mail = (cause: string) =>
    call.world.mails.add({
      at: call.now,
      to: String(call.org.users.get(String(lead.Owner))?.email ?? lead.Owner),
      cause,
      recordId: contact.id,
    });
  if (input.notify_lead_owner === true) mail('owner of a lead that was converted');
  if (input.notify_new_entity_owner === true) mail('owner of records made from a lead');
}
