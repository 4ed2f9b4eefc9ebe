import { invalidData, type Reply } from '../http/failure.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { type Call, requireModule } from './call.ts';
import { findAddressed, readExternals } from './externals.ts';
import { readPage } from './page-of.ts';
import { fieldNames, listReply, modifiedSinceHeader, readSort, sortRows, takePage } from './read-records.ts';
import { canSee, seen } from './visibility.ts';

/** A related list: which module its rows are of, and which rows belong to a record. */
export type RelatedList = { apiName: string; label: string; module: string; rows(call: Call, parent: Row): Row[] };

const from =
  (module: string, index: string, filter: (call: Call, row: Row) => boolean = () => true) =>
  (call: Call, parent: Row): Row[] =>
    (call.org.module(module)?.records.find(index, parent.id) ?? []).filter((row) => filter(call, row));

/** A meeting is closed once its end has passed; closed ones leave the open list. Source: Zoho CRM API v8, Related Records. */
const isClosed = (call: Call, row: Row) => Number(row.End_DateTime) < call.now;

const eventsOf = (index: string, closed: boolean) =>
  from('Events', index, (call, row) => isClosed(call, row) === closed);

/** Meetings of an account's deals and contacts, where an org shows them on the account. */
function rolledUp(call: Call, account: Row): Row[] {
  const events = call.org.module('Events')?.records;
  const find = (module: string, index: string) =>
    (call.org.module(module)?.records.find('Account_Name', account.id) ?? []).flatMap(
      (row) => events?.find(index, row.id) ?? [],
    );
  return [...find('Deals', 'What_Id'), ...find('Contacts', 'Who_Id')];
}

function withRollUp(list: RelatedList): RelatedList {
  if (list.module !== 'Events') return list;
  const isHistory = list.apiName.endsWith('History');
  const rows = (call: Call, parent: Row) => {
    const more = rolledUp(call, parent).filter((row) => isClosed(call, row) === isHistory);
    return [...new Map([...list.rows(call, parent), ...more].map((row) => [row.id, row])).values()];
  };
  return { ...list, rows };
}

function withSwitchedRollUp(call: Call, lists: RelatedList[]): RelatedList[] {
  return call.world.switches.isOn('accountRollUp') ? lists.map(withRollUp) : lists;
}

function eventLists(index: string, historyName: string): RelatedList[] {
  return [
    { apiName: 'Events', label: 'Open Meetings', module: 'Events', rows: eventsOf(index, false) },
    { apiName: historyName, label: 'Closed Meetings', module: 'Events', rows: eventsOf(index, true) },
    { apiName: 'Activities', label: 'Open Activities', module: 'Events', rows: eventsOf(index, false) },
    { apiName: 'Tasks', label: 'Open Tasks', module: 'Tasks', rows: from('Tasks', index) },
    { apiName: 'Calls', label: 'Open Calls', module: 'Calls', rows: from('Calls', index) },
    ...(historyName === 'Activities_History'
      ? []
      : [{ apiName: 'Activities_History', label: 'Closed Activities', module: 'Events', rows: eventsOf(index, true) }]),
  ];
}

/** The related lists that a module's records have. */
export function relatedListsOf(call: Call, module: Module): RelatedList[] {
  const hidden = call.world.switches.text('hiddenRelatedLists').toLowerCase().split(',');
  const isHidden = (list: RelatedList) =>
    hidden.some((name) => name.trim() === `${module.apiName}.${list.apiName}`.toLowerCase());
  return [...stockLists(call, module), ...linkedLists(call, module)].filter((list) => !isHidden(list));
}

/** Records at the other end of the links of multi-select lookups. */
function linkedLists(call: Call, module: Module): RelatedList[] {
  return call.org.fields(module).flatMap((field): RelatedList[] => {
    const { linking } = field;
    if (!linking) return [];
    const rows = (inner: Call, parent: Row) => {
      const target = inner.org.module(linking.connected)?.records;
      const links = inner.org.module(linking.module)?.records.find(linking.own, parent.id) ?? [];
      return links.flatMap((link) => target?.get(String(link[linking.other])) ?? []);
    };
    return [{ apiName: field.apiName, label: field.label, module: linking.connected, rows }];
  });
}

function stockLists(call: Call, module: Module): RelatedList[] {
  const notes: RelatedList = { apiName: 'Notes', label: 'Notes', module: 'Notes', rows: from('Notes', 'Parent_Id') };
  const history = call.world.switches.text('historyListName');
  const invited: RelatedList[] = call.world.switches.isOn('invitedEventsListed')
    ? [{ apiName: 'Invited_Events', label: 'Invited Meetings', module: 'Events', rows: from('Events', 'participant') }]
    : [];
  switch (module.apiName) {
    case 'Contacts':
      return [
        notes,
        { apiName: 'Deals', label: 'Deals', module: 'Deals', rows: dealsOfContact },
        ...eventLists('Who_Id', history),
        ...invited,
      ];
    case 'Leads':
      return [notes, ...eventLists('What_Id', history), ...invited];
    case 'Accounts':
      return withSwitchedRollUp(call, [
        notes,
        { apiName: 'Contacts', label: 'Contacts', module: 'Contacts', rows: from('Contacts', 'Account_Name') },
        { apiName: 'Deals', label: 'Deals', module: 'Deals', rows: from('Deals', 'Account_Name') },
        {
          apiName: 'Child_Accounts',
          label: 'Member Accounts',
          module: 'Accounts',
          rows: from('Accounts', 'Parent_Account'),
        },
        ...eventLists('What_Id', history),
      ]);
    case 'Deals':
      return [
        notes,
        { apiName: 'Contact_Roles', label: 'Contact Roles', module: 'Contacts', rows: contactsOfDeal },
        ...eventLists('What_Id', history),
      ];
    case 'Notes':
      return [];
    default:
      return [notes];
  }
}

/** `GET /{module}/{id}/{list}`. Source: Zoho CRM API v8, Get Related Records. */
export function getRelatedRecords(call: Call): Reply {
  const parentModule = requireModule(call, call.parts.module ?? '', 'READ');
  const name = call.parts.list ?? '';
  const list = relatedListsOf(call, parentModule).find((one) => one.apiName.toLowerCase() === name.toLowerCase());
  if (!list) throw invalidData({ resource_path_index: 2 }, 'the relation name given seems to be invalid');
  const module = requireModule(call, list.module, 'READ');
  const parent = findAddressed(call, parentModule, readExternals(call, parentModule), call.parts.id ?? '');
  if (!parent || !canSee(call, parentModule, parent))
    throw invalidData({ resource_path_index: 1 }, 'the related id given seems to be invalid');
  const names = fieldNames(call, module);
  const place = `${parentModule.apiName}/${parent.id}/${list.apiName}`;
  const page = readPage(call, place);
  const sort = readSort(call);
  const since = modifiedSinceHeader(call);
  const changed = [...seen(call, module, list.rows(call, parent))].filter(
    (row) => since === undefined || Number(row.Modified_Time) >= since,
  );
  if (since !== undefined && changed.length === 0) return { status: 304 };
  const { rows, hasMore } = takePage(sortRows(changed, sort), page);
  return listReply(call, { module, names, rows, hasMore, page, place, sort });
}

/** `GET /{module}/{id}/Emails`: nothing is ever mailed here, so there is nothing to list. */
export function listEmails(call: Call): Reply {
  const module = requireModule(call, call.parts.module ?? '', 'READ');
  if (!module.records.get(call.parts.id ?? '')) {
    throw invalidData({ resource_path_index: 1 }, 'the related id given seems to be invalid');
  }
  return { status: 204 };
}

function dealsOfContact(call: Call, contact: Row): Row[] {
  const deals = call.org.module('Deals')?.records;
  const byRole = call.org.dealRoles
    .find('contactId', contact.id)
    .flatMap((role) => deals?.get(String(role.dealId)) ?? []);
  const primary = deals?.find('Contact_Name', contact.id) ?? [];
  return [...new Map([...primary, ...byRole].map((row) => [row.id, row])).values()];
}

function contactsOfDeal(call: Call, deal: Row): Row[] {
  const contacts = call.org.module('Contacts')?.records;
  return call.org.dealRoles.find('dealId', deal.id).flatMap((role) => contacts?.get(String(role.contactId)) ?? []);
}
