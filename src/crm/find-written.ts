import type { EventContent, NoteContent } from '../domain/sync-plan.ts';
import { runCoql } from '../zoho/coql.ts';
import { formatCrmTime } from '../zoho/crm-time.ts';
import { getByIds, getRecord, listNotes } from '../zoho/read-records.ts';
import type { ZohoFailure, ZohoTransport } from '../zoho/transport.ts';
import type { OrgCapabilities } from './capabilities.ts';
import { ZOHO_MODULES } from './to-zoho.ts';

/** Events that are in the CRM for these meetings: id by meeting id. A meeting that is not in the map has none. */
export type FoundEvents = { kind: 'read'; found: Map<string, string> } | ZohoFailure;

const IDS_PER_CALL = 100;
const CANDIDATES_MAX = 200;

/**
 * Looks for the events of meetings whose creation has an unknown outcome. By external id: one call per 100. In marker mode:
 * the events of the same start are read one by one and recognised by the meeting's page in their description.
 */
export async function findEvents(
  transport: ZohoTransport,
  capabilities: OrgCapabilities,
  contents: readonly EventContent[],
): Promise<FoundEvents> {
  if (capabilities.externalField === null) return findEventsByMarker(transport, contents);
  const found = new Map<string, string>();
  for (let at = 0; at < contents.length; at += IDS_PER_CALL) {
    const ids = contents.slice(at, at + IDS_PER_CALL).map((content) => content.meetingId);
    const read = await getByIds(transport, 'Events', ids, {
      fields: ['Event_Title'],
      external: `Events.${capabilities.externalField}`,
    });
    if (read.kind === 'failed') return read;
    for (const [meetingId, record] of read.found) found.set(meetingId, record.id);
  }
  return { kind: 'read', found };
}

async function findEventsByMarker(transport: ZohoTransport, contents: readonly EventContent[]): Promise<FoundEvents> {
  const found = new Map<string, string>();
  for (const content of contents) {
    const startsAt = formatCrmTime(content.startsAt, content.timeZone);
    const rows = await runCoql(transport, {
      select: ['id'],
      from: 'Events',
      where: { field: 'Start_DateTime', op: '=', value: startsAt },
      limit: CANDIDATES_MAX,
    });
    if (rows.kind === 'failed') return rows;
    for (const row of rows.rows) {
      const read = await getRecord(transport, 'Events', row.id);
      if (read.kind === 'failed') return read;
      const description = read.kind === 'found' ? read.record.Description : null;
      if (typeof description === 'string' && isSameBlock(description, content.description)) {
        found.set(content.meetingId, row.id);
        break;
      }
    }
  }
  return { kind: 'read', found };
}

/** The meeting's page stands in every description of ours that is long enough for it; the whole of it is compared, as one id may begin another. */
function isSameBlock(read: string, wanted: string): boolean {
  const page = pageLinkOf(wanted);
  return page === null ? read.includes(wanted) : pageLinkOf(read) === page;
}

function pageLinkOf(description: string): string | null {
  return description.match(/^Meeting page: (\S+)$/m)?.[1] ?? null;
}

/**
 * The notes of one parent that end with this marker, oldest first: more than one means that a copy was made. `parent_gone`:
 * the record was deleted or merged, and its notes with it. One call per 200 notes of the parent.
 */
export async function findNotesByMarker(
  transport: ZohoTransport,
  parent: { module: NoteContent['parent']['module']; id: string },
  marker: string,
): Promise<{ kind: 'read'; ids: string[] } | { kind: 'parent_gone' } | ZohoFailure> {
  const ids: { id: string; createdAt: string }[] = [];
  let pageToken: string | null = null;
  do {
    const read = await listNotes(
      transport,
      { module: ZOHO_MODULES[parent.module], id: parent.id },
      { fields: ['Note_Title', 'Note_Content', 'Created_Time'], ...(pageToken === null ? {} : { pageToken }) },
    );
    if (read.kind === 'failed') return isParentUnknown(read) ? { kind: 'parent_gone' } : read;
    if (read.kind === 'not_modified') break;
    for (const record of read.records) {
      const content = record.Note_Content;
      if (typeof content !== 'string' || !content.trimEnd().endsWith(marker)) continue;
      ids.push({ id: record.id, createdAt: String(record.Created_Time ?? '') });
    }
    pageToken = read.nextPageToken;
  } while (pageToken !== null);
  ids.sort((one, two) => (one.createdAt < two.createdAt ? -1 : one.createdAt > two.createdAt ? 1 : 0));
  return { kind: 'read', ids: ids.map(({ id }) => id) };
}

/** Source: Zoho CRM API v8, Get Related Records: INVALID_DATA, "the related id given seems to be invalid". */
function isParentUnknown({ code, message }: ZohoFailure): boolean {
  return code === 'INVALID_DATA' && /\bid given seems to be invalid/i.test(message);
}
