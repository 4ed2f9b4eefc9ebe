import type { RightKey } from './rights.ts';

export type ModuleAction = 'View' | 'Create' | 'Edit' | 'Delete';

/** How a right is proven; see `check-rights.ts`. */
export type Proof =
  | { by: 'module'; module: string; action: ModuleAction; label: string }
  /** Fields of Events that the API must be able to write. */
  | { by: 'event_fields'; fields: string[] }
  /** A read that was made; `permission` is looked up in the profile as well. */
  | { by: 'call'; call: 'users' | 'metadata' | 'profiles' | 'notifications' | 'coql' | 'composite' | 'roles' | 'lists' }
  | { by: 'scope' }
  | { by: 'permission'; permission: string; label: string; notInEditions: string[] }
  | { by: 'not_needed'; why: string };

export type RightRow = { key: RightKey; title: string; lost: string; scopes: string[]; proof: Proof };

const LATER = 'Asked for only when the canary or the creation of contacts is switched on; nothing of today needs it.';
const OUR_FIELDS = ['Event_Title', 'Start_DateTime', 'End_DateTime', 'Description'];

const view = (module: string): Proof => ({ by: 'module', module, action: 'View', label: module });
const events = (action: ModuleAction): Proof => ({ by: 'module', module: 'Events', action, label: 'Meetings' });
const notes = (action: ModuleAction): Proof => ({ by: 'module', module: 'Notes', action, label: 'Notes' });
const later = (): Proof => ({ by: 'not_needed', why: LATER });

/**
 * Every right that the product uses: what stops without it, the scope behind it, the cheapest proof. Scopes: Zoho CRM API v8,
 * OAuth scopes of each operation.
 */
export const RIGHTS: readonly RightRow[] = [
  {
    key: 'contacts_read',
    title: 'Read contacts',
    lost: 'Participants are not found among contacts; what is known of them stays.',
    scopes: ['ZohoCRM.modules.contacts.READ'],
    proof: view('Contacts'),
  },
  {
    key: 'accounts_read',
    title: 'Read accounts',
    lost: 'Meetings are not linked to accounts; links that exist stay.',
    scopes: ['ZohoCRM.modules.accounts.READ'],
    proof: view('Accounts'),
  },
  {
    key: 'deals_read',
    title: 'Read deals',
    lost: 'Deals are unknown: meetings stand on accounts and contacts, and no link to a deal is taken away.',
    scopes: ['ZohoCRM.modules.deals.READ'],
    proof: view('Deals'),
  },
  {
    key: 'leads_read',
    title: 'Read leads',
    lost: 'People who are only leads are not found.',
    scopes: ['ZohoCRM.modules.leads.READ'],
    proof: view('Leads'),
  },
  {
    key: 'contacts_write',
    title: 'Write contacts',
    lost: 'Nothing: the product changes no contact.',
    scopes: [],
    proof: later(),
  },
  {
    key: 'accounts_write',
    title: 'Write accounts',
    lost: 'Nothing: the product changes no account.',
    scopes: [],
    proof: later(),
  },
  {
    key: 'deals_write',
    title: 'Write deals',
    lost: 'Nothing: the product changes no deal.',
    scopes: [],
    proof: later(),
  },
  {
    key: 'events_read',
    title: 'Read meetings',
    lost: 'What was written cannot be verified, and edits in Zoho are not seen.',
    scopes: ['ZohoCRM.modules.events.READ'],
    proof: events('View'),
  },
  {
    key: 'events_create',
    title: 'Create meetings',
    lost: 'New meetings wait here until it is allowed again.',
    scopes: ['ZohoCRM.modules.events.CREATE'],
    proof: events('Create'),
  },
  {
    key: 'events_edit',
    title: 'Change meetings',
    lost: 'Changes of meetings wait here until it is allowed again.',
    scopes: ['ZohoCRM.modules.events.UPDATE'],
    proof: events('Edit'),
  },
  {
    key: 'events_delete',
    title: 'Delete meetings',
    lost: 'Retracted meetings stay in Zoho until it is allowed again.',
    scopes: ['ZohoCRM.modules.events.DELETE'],
    proof: events('Delete'),
  },
  {
    key: 'event_participants',
    title: 'Set participants of meetings',
    lost: 'People are named in the description instead, and contacts get the note.',
    scopes: ['ZohoCRM.settings.fields.READ'],
    proof: { by: 'event_fields', fields: ['Participants'] },
  },
  {
    key: 'notes_list',
    title: 'Read notes',
    lost: 'Notes are written and cannot be verified; edits of notes in Zoho are not seen.',
    scopes: ['ZohoCRM.modules.notes.READ'],
    proof: notes('View'),
  },
  {
    key: 'notes_create',
    title: 'Create notes',
    lost: 'Events are written without their notes and summaries.',
    scopes: ['ZohoCRM.modules.notes.CREATE'],
    proof: notes('Create'),
  },
  {
    key: 'notes_edit',
    title: 'Change notes',
    lost: 'Notes in Zoho keep their first text.',
    scopes: ['ZohoCRM.modules.notes.UPDATE'],
    proof: notes('Edit'),
  },
  {
    key: 'notes_delete',
    title: 'Delete notes',
    lost: 'Notes of unlinked records and retracted meetings stay in Zoho.',
    scopes: ['ZohoCRM.modules.notes.DELETE'],
    proof: notes('Delete'),
  },
  {
    key: 'contact_roles',
    title: 'Relations: contact roles of deals',
    lost: 'Who plays a part in a deal is unknown; deals are found by account and primary contact.',
    scopes: ['ZohoCRM.modules.deals.READ', 'ZohoCRM.modules.contacts.READ'],
    proof: { by: 'call', call: 'roles' },
  },
  {
    key: 'lookups',
    title: 'Relations: the record and the contact of a meeting',
    lost: 'Meetings stand in the calendar without their account, deal and contact.',
    scopes: ['ZohoCRM.settings.fields.READ'],
    proof: { by: 'event_fields', fields: ['What_Id', 'Who_Id', ...OUR_FIELDS] },
  },
  {
    key: 'related_lists',
    title: 'Relations: related lists',
    lost: 'Notes of a record cannot be looked up after a lost answer.',
    scopes: ['ZohoCRM.settings.related_lists.READ'],
    proof: { by: 'call', call: 'lists' },
  },
  {
    key: 'metadata',
    title: 'Read modules, fields and layouts',
    lost: 'What fits into a field and which stages are open is not known.',
    scopes: ['ZohoCRM.settings.modules.READ', 'ZohoCRM.settings.fields.READ', 'ZohoCRM.settings.layouts.READ'],
    proof: { by: 'call', call: 'metadata' },
  },
  {
    key: 'users',
    title: 'Read users',
    lost: 'Hosts are not found among Zoho users; the connecting user owns every meeting.',
    scopes: ['ZohoCRM.users.READ'],
    proof: { by: 'call', call: 'users' },
  },
  {
    key: 'profiles',
    title: 'Read the profile of the connecting user',
    lost: 'A missing permission is seen only when Zoho refuses something.',
    scopes: ['ZohoCRM.settings.profiles.READ'],
    proof: { by: 'call', call: 'profiles' },
  },
  {
    key: 'notifications',
    title: 'Notifications',
    lost: 'Changes in Zoho are seen at the next poll instead of at once.',
    scopes: ['ZohoCRM.notifications.READ', 'ZohoCRM.notifications.CREATE'],
    proof: { by: 'call', call: 'notifications' },
  },
  {
    key: 'coql',
    title: 'Queries (COQL)',
    lost: 'The mirror is not loaded, and changes are not read.',
    scopes: ['ZohoCRM.coql.READ'],
    proof: { by: 'call', call: 'coql' },
  },
  {
    key: 'bulk',
    title: 'Bulk read',
    lost: 'A large first load is read page by page, which takes longer.',
    scopes: ['ZohoCRM.bulk.READ'],
    proof: { by: 'scope' },
  },
  {
    key: 'composite',
    title: 'Several reads in one call',
    lost: 'The same is read one by one, which costs more calls.',
    scopes: ['ZohoCRM.composite_requests.CUSTOM'],
    proof: { by: 'call', call: 'composite' },
  },
  {
    key: 'fields_create',
    title: 'Create fields',
    lost: 'The field of the meeting id and the optional fields cannot be made here; an administrator can make them.',
    scopes: ['ZohoCRM.settings.fields.CREATE'],
    proof: {
      by: 'permission',
      permission: 'Crm_Implied_Customize_Zoho_CRM',
      label: 'Customize Zoho CRM',
      notInEditions: ['free'],
    },
  },
];

/** Whether the scopes of a token cover one; `ALL` and shorter names cover more. Source: Zoho CRM API v8, Scopes. */
export function coversScope(granted: readonly string[], needed: string): boolean {
  const parts = needed.toLowerCase().split('.');
  const operation = parts.pop() ?? '';
  const accepted = ['all', operation, ...(operation === 'create' || operation === 'update' ? ['write'] : [])];
  return granted.some((scope) => {
    const have = scope.toLowerCase().split('.');
    const granting = have.pop() ?? '';
    return accepted.includes(granting) && have.length <= parts.length && have.every((part, at) => part === parts[at]);
  });
}
