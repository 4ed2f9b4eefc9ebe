import type { EventContent, NoteContent } from '../domain/sync-plan.ts';
import { runCoql } from '../zoho/coql.ts';
import { type LayoutField, listLayouts } from '../zoho/layouts.ts';
import type { ZohoTransport } from '../zoho/transport.ts';
import { deleteRecords, insertRecords, type RecordFields, type WriteOutcome } from '../zoho/write-records.ts';
import type { OrgCapabilities } from './capabilities.ts';
import { NUMBER_TYPES } from './constant-types.ts';
import { crmError, refusalError } from './crm-error.ts';
import { isRefusal } from './read-changes.ts';
import { type CrmWrite, writeMeetings } from './write-meeting.ts';

/**
 * The trial's contact: a name, an address and whatever else the org demands of contacts; no workflow. 2 credits. Where the layouts may
 * not be read, Zoho's refusal tells the rest. Throws what concerns the connection. Source: Zoho CRM API v8, Insert Records (Contacts).
 */
export async function createCanaryContact(
  transport: ZohoTransport,
  contact: { name: string; email: string },
): Promise<WriteOutcome> {
  const layouts = await listLayouts(transport, 'Contacts');
  if (layouts.kind === 'failed' && !isRefusal(layouts)) {
    throw crmError(layouts, 'The layouts of contacts could not be read');
  }
  const fields =
    layouts.kind === 'failed' ? [] : layouts.value.flatMap((layout) => (layout.isActive ? layout.fields : []));
  const records = [{ ...fillDemanded(fields, contact), Last_Name: contact.name, Email: contact.email }];
  return onlyOne(await insertRecords(transport, 'Contacts', records, { trigger: [] }));
}

/** Something that each demanded field takes: the contact lives for an hour. What points to another record is left alone. */
function fillDemanded(fields: readonly LayoutField[], { name, email }: { name: string; email: string }): RecordFields {
  const demanded = fields.filter((field) => (field.isRequired || field.isMandatory) && !field.isReadOnly);
  const values = demanded.map((field) => [field.apiName, placeholderFor(field, { name, email })] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

function placeholderFor(field: LayoutField, { name, email }: { name: string; email: string }): unknown {
  const { dataType, length } = field;
  const choice = field.picklistValues.find((value) => value !== '-None-');
  if (dataType === 'picklist') return choice;
  if (dataType === 'multiselectpicklist') return choice === undefined ? undefined : [choice];
  if (NUMBER_TYPES.includes(dataType)) return 1;
  switch (dataType) {
    case 'text':
    case 'textarea': {
      // Its end is what makes the name of a trial its own, should the field have to be unique.
      const text = [...name];
      return text.slice(length !== null && length > 0 ? Math.max(0, text.length - length) : 0).join('');
    }
    case 'email':
      return email;
    case 'phone':
      return '+10000000000';
    case 'website':
      return 'https://example.com';
    case 'boolean':
      return true;
    case 'date':
      return '2026-01-01';
    case 'datetime':
      return '2026-01-01T12:00:00+00:00';
    default:
      return undefined;
  }
}

/** One write of a trial, exactly as the writes of meetings leave; 1 credit. */
export async function writeCanary(
  transport: ZohoTransport,
  capabilities: OrgCapabilities,
  write:
    | { kind: 'create_event'; content: EventContent }
    | { kind: 'update_event'; crmId: string; content: EventContent }
    | { kind: 'create_note'; content: NoteContent }
    | { kind: 'delete_event'; crmId: string },
): Promise<WriteOutcome> {
  return onlyOne(await writeMeetings(transport, capabilities, [toWrite(write)]));
}

function toWrite(write: Parameters<typeof writeCanary>[2]): CrmWrite {
  switch (write.kind) {
    case 'update_event':
      return { ...write, changed: ['title', 'description', 'endsAt', 'participants'], unmodifiedSince: null };
    case 'create_note':
      return { ...write, event: { id: '', url: '' } };
    default:
      return write;
  }
}

export type CanaryRecords = { contactIds: string[]; events: { id: string; title: string }[] };

const ROWS = 200;

/** Records of a trial that are in Zoho, found by its name; two credits. Throws what concerns the connection. */
export async function findCanaryRecords(transport: ZohoTransport, name: string): Promise<CanaryRecords> {
  const contacts = await runCoql(transport, {
    select: ['id'],
    from: 'Contacts',
    where: { field: 'Last_Name', op: '=', value: name },
    limit: ROWS,
  });
  if (contacts.kind === 'failed') throw refusalError(contacts, 'The test contact could not be looked for');
  const events = await runCoql(transport, {
    select: ['Event_Title'],
    from: 'Events',
    where: { field: 'Event_Title', op: 'like', value: `${name}%` },
    limit: ROWS,
  });
  if (events.kind === 'failed') throw refusalError(events, 'The test events could not be looked for');
  return {
    contactIds: contacts.rows.map(({ id }) => id),
    events: events.rows.map((row) => ({ id: row.id, title: String(row.Event_Title) })),
  };
}

/** Removes the trial's records, events first; notes go with what they are on. One credit each kind. */
export async function removeCanaryRecords(
  transport: ZohoTransport,
  capabilities: OrgCapabilities,
  found: { contactIds: readonly string[]; eventIds: readonly string[] },
): Promise<WriteOutcome[]> {
  const deletions = found.eventIds.map((crmId): CrmWrite => ({ kind: 'delete_event', crmId }));
  const events = await writeMeetings(transport, capabilities, deletions);
  if (found.contactIds.length === 0) return events;
  const contacts = await deleteRecords(transport, 'Contacts', found.contactIds, { trigger: [] });
  return [...events, ...contacts];
}

function onlyOne(outcomes: WriteOutcome[]): WriteOutcome {
  return outcomes[0] ?? { kind: 'unknown', why: 'Zoho answered for no record.' };
}
