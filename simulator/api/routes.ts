import { runQuery } from '../coql/run-query.ts';
import type { Reply } from '../http/failure.ts';
import { createBulkRead, getBulkRead, getBulkReadResult } from './bulk-read.ts';
import type { Call } from './call.ts';
import { deleteContactRoles, getContactRoles, listRoles, putContactRoles } from './contact-roles.ts';
import { convertLead } from './convert-lead.ts';
import { createFields } from './create-fields.ts';
import { createModules } from './create-modules.ts';
import { deleteField } from './delete-field.ts';
import { cancelEvent } from './event-actions.ts';
import { listCurrencies, listCustomViews, listDataSharing, listPipelines } from './further-settings.ts';
import { mergeRecords, mergeState } from './merge-records.ts';
import { getOrg, getUser, listCompanyRoles, listProfiles, listUsers } from './people.ts';
import { countRecords, getRecord, listDeleted, listRecords } from './read-records.ts';
import { getRelatedRecords, listEmails } from './related-records.ts';
import { restoreFromBin } from './restore-record.ts';
import { fetchFullData } from './rich-text.ts';
import { searchByBody, searchRecords } from './search-records.ts';
import { listFields, listLayouts, listModules, listRelatedLists } from './settings.ts';
import { addTags, createTags, listTags, removeTags } from './tags.ts';
import { upsertRecords } from './upsert-records.ts';
import { disableChannels, enableChannels, listChannels, patchChannels, replaceChannels } from './watch.ts';
import { deleteRecords, insertRecords, updateRecords } from './write-records.ts';
import { deleteRelatedNotes, insertRelatedNotes, updateRelatedNotes } from './write-related-notes.ts';

/** One operation of the API: `:name` parts match anything. */
export type Route = {
  method: string;
  pattern: string;
  handle(call: Call): Reply;
  /** What it is called in the list of supported operations. */
  title: string;
  /** Counts against sub-concurrency. Source: Zoho CRM API v8, API Limits. */
  isSub?: boolean;
};

const route = (
  method: string,
  pattern: string,
  title: string,
  handle: Route['handle'],
  more: Partial<Route> = {},
): Route => ({
  method,
  pattern,
  title,
  handle,
  ...more,
});

/** All operations but composite, in order of precedence: fixed words before `:name` parts. */
export const routes: readonly Route[] = [
  route('GET', '/users', 'Get users', listUsers),
  route('GET', '/users/:id', 'Get a user', getUser),
  route('GET', '/org', 'Get the organization', getOrg),
  route('GET', '/settings/modules', 'Modules metadata', listModules),
  route('POST', '/settings/modules', 'Create custom modules', createModules),
  route('GET', '/settings/modules/:name', 'Module metadata', listModules),
  route('GET', '/settings/fields', 'Fields metadata', listFields),
  route('GET', '/settings/fields/:id', 'Field metadata', listFields),
  route('POST', '/settings/fields', 'Create custom fields', createFields),
  route('DELETE', '/settings/fields/:id', 'Delete a custom field', deleteField),
  route('GET', '/settings/layouts', 'Layouts metadata', listLayouts),
  route('GET', '/settings/layouts/:id', 'Layout metadata', listLayouts),
  route('GET', '/settings/related_lists', 'Related list metadata', listRelatedLists),
  route('GET', '/settings/profiles', 'Profiles', listProfiles),
  route('GET', '/settings/profiles/:id', 'Profile', listProfiles),
  route('GET', '/settings/roles', 'Roles', listCompanyRoles),
  route('GET', '/settings/roles/:id', 'Role', listCompanyRoles),
  route('GET', '/settings/custom_views', 'Custom views', listCustomViews),
  route('GET', '/settings/custom_views/:id', 'Custom view', listCustomViews),
  route('GET', '/settings/pipeline', 'Pipelines', listPipelines),
  route('GET', '/settings/pipeline/:id', 'Pipeline', listPipelines),
  route('GET', '/settings/tags', 'Tags', listTags),
  route('POST', '/settings/tags', 'Create tags', createTags),
  route('GET', '/settings/data_sharing', 'Default data sharing', listDataSharing),
  route('POST', '/settings/recycle_bin/:id/actions/restore', 'Restore a record from the recycle bin', restoreFromBin),
  route('GET', '/org/currencies', 'Currencies', listCurrencies),
  route('POST', '/actions/watch', 'Enable notifications', enableChannels),
  route('GET', '/actions/watch', 'Notification details', listChannels),
  route('PUT', '/actions/watch', 'Update notification details', replaceChannels),
  route('PATCH', '/actions/watch', 'Update specific notification information', patchChannels),
  route('DELETE', '/actions/watch', 'Disable notifications', disableChannels),
  route('POST', '/bulk/read', 'Create a bulk read job', createBulkRead),
  route('GET', '/bulk/read/:id', 'State of a bulk read job', getBulkRead),
  route('GET', '/bulk/read/:id/result', 'Result of a bulk read job', getBulkReadResult),
  route('POST', '/coql', 'COQL query', runQuery, { isSub: true }),
  route('GET', '/Contacts/roles', 'Contact roles', listRoles),
  route('GET', '/Deals/:id/Contact_Roles', 'Contact roles of a deal', getContactRoles),
  route('PUT', '/Deals/:id/Contact_Roles', 'Associate contact roles', putContactRoles),
  route('DELETE', '/Deals/:id/Contact_Roles', 'Remove contact roles', deleteContactRoles),
  route('GET', '/Deals/:id/Contact_Roles/:contactId', 'A contact role of a deal', getContactRoles),
  route('PUT', '/Deals/:id/Contact_Roles/:contactId', 'Associate a contact role', putContactRoles),
  route('DELETE', '/Deals/:id/Contact_Roles/:contactId', 'Remove a contact role', deleteContactRoles),
  route('POST', '/Leads/:id/actions/convert', 'Convert a lead', convertLead, { isSub: true }),
  route('POST', '/Events/:id/actions/cancel', 'Cancel a meeting', cancelEvent),
  route('POST', '/:module/:id/actions/merge', 'Merge records', mergeRecords),
  route('GET', '/:module/:id/actions/merge', 'State of a merge', mergeState),
  route('POST', '/:module/:id/actions/add_tags', 'Add tags to a record', addTags),
  route('POST', '/:module/:id/actions/remove_tags', 'Remove tags from a record', removeTags),
  route('POST', '/:module/actions/add_tags', 'Add tags to records', addTags),
  route('POST', '/:module/actions/remove_tags', 'Remove tags from records', removeTags),
  route('POST', '/:module/upsert', 'Upsert records', upsertRecords),
  route('GET', '/:module/deleted', 'Deleted records', listDeleted),
  route('GET', '/:module/search', 'Search records', searchRecords, { isSub: true }),
  route('POST', '/:module/search', 'Search records by long criteria', searchByBody, { isSub: true }),
  route('GET', '/:module/actions/fetch_full_data', 'Rich text of records in full', fetchFullData),
  route('GET', '/:module/:id/actions/fetch_full_data', 'Rich text of a record in full', fetchFullData),
  route('GET', '/:module/actions/count', 'Count records', countRecords),
  route('GET', '/:module', 'List records', listRecords),
  route('POST', '/:module', 'Insert records', insertRecords),
  route('PUT', '/:module', 'Update records', updateRecords),
  route('DELETE', '/:module', 'Delete records', deleteRecords),
  route('GET', '/:module/:id', 'Get a record', getRecord),
  route('PUT', '/:module/:id', 'Update a record', updateRecords),
  route('DELETE', '/:module/:id', 'Delete a record', deleteRecords),
  route('POST', '/:parentModule/:parentId/Notes', 'Add notes to a record', insertRelatedNotes),
  route('PUT', '/:parentModule/:parentId/Notes', 'Update notes of a record', updateRelatedNotes),
  route('DELETE', '/:parentModule/:parentId/Notes', 'Delete notes of a record', deleteRelatedNotes),
  route('PUT', '/:parentModule/:parentId/Notes/:id', 'Update a note of a record', updateRelatedNotes),
  route('DELETE', '/:parentModule/:parentId/Notes/:id', 'Delete a note of a record', deleteRelatedNotes),
  route('GET', '/:module/:id/Emails', 'E-mails of a record', listEmails),
  route('GET', '/:module/:id/:list', 'Related records', getRelatedRecords),
];

const bySize = new Map<number, { route: Route; parts: string[] }[]>();
for (const one of routes) {
  const parts = one.pattern.slice(1).split('/');
  const held = bySize.get(parts.length) ?? [];
  held.push({ route: one, parts });
  bySize.set(parts.length, held);
}

export type Found = { route: Route; parts: Record<string, string> } | 'no-such-method' | undefined;

/** Finds the operation of a path (already split and decoded, without `/crm/v8`). */
export function findRoute(method: string, segments: readonly string[]): Found {
  let isKnownPath = false;
  for (const { route: one, parts } of bySize.get(segments.length) ?? []) {
    const named = matchParts(parts, segments);
    if (!named) continue;
    if (one.method === method) return { route: one, parts: named };
    isKnownPath = true;
  }
  return isKnownPath ? 'no-such-method' : undefined;
}

function matchParts(parts: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const named: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':')) named[part.slice(1)] = segment;
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return named;
}
