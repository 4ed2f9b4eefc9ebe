import { runCoql } from '../zoho/coql.ts';
import { formatCrmTime } from '../zoho/crm-time.ts';
import { listNotes } from '../zoho/read-records.ts';
import type { ZohoTransport } from '../zoho/transport.ts';
import { crmError } from './crm-error.ts';

/** A record in Zoho that carries our sign: the meeting that it names, and of a note the slot. */
export type Signed = { crmId: string; meetingId: string; slot: string | null; parentId: string | null };

/** The most that one COQL call gives, for 3 credits. Source: Zoho CRM API v8, COQL Limitations. */
const ROWS = 2_000;
const NOTE_PAGES_MAX = 100;

/** All events that carry a meeting's id: 1 to 3 credits per 2,000, the ids of a page at a time. Throws when Zoho cannot be read. */
export async function* signedEvents(transport: ZohoTransport, externalField: string): AsyncGenerator<Signed[]> {
  let afterId: string | null = null;
  for (;;) {
    const isSigned = { field: externalField, op: 'is not null' } as const;
    const read = await runCoql(transport, {
      select: ['id', externalField],
      from: 'Events',
      where: afterId === null ? isSigned : { and: [isSigned, { field: 'id', op: '>', value: afterId }] },
      orderBy: [{ field: 'id', direction: 'asc' }],
      limit: ROWS,
    });
    if (read.kind === 'failed')
      throw crmError(read, 'The events that carry a meeting’s id could not be listed in Zoho');
    yield read.rows.map((row) => ({
      crmId: row.id,
      meetingId: String(row[externalField]),
      slot: null,
      parentId: null,
    }));
    afterId = read.rows.at(-1)?.id ?? null;
    if (!read.hasMore || afterId === null) return;
  }
}

const MARKER = /(?:^|\n)salescaling:([^:\s]+):(\S+)\s*$/u;

/** Notes that end with our marker and were changed since a time (ms), 1 credit per 200 of all changed notes; for users who may list all. */
export async function* signedNotes(transport: ZohoTransport, since: number): AsyncGenerator<Signed[]> {
  let pageToken: string | null = null;
  for (let page = 0; page < NOTE_PAGES_MAX; page++) {
    const read = await listNotes(transport, null, {
      fields: ['Note_Content', 'Parent_Id'],
      sortBy: 'Modified_Time',
      sortOrder: 'desc',
      modifiedSince: formatCrmTime(since, 'UTC'),
      ...(pageToken === null ? {} : { pageToken }),
    });
    if (read.kind === 'failed') throw crmError(read, 'Notes could not be listed in Zoho');
    if (read.kind === 'not_modified') return;
    yield read.records.flatMap((record) => {
      const parent = record.Parent_Id as { id?: unknown } | null;
      const found = MARKER.exec(String(record.Note_Content ?? ''));
      const [, meetingId, slot] = found ?? [];
      if (meetingId === undefined || slot === undefined) return [];
      return [{ crmId: record.id, meetingId, slot, parentId: typeof parent?.id === 'string' ? parent.id : null }];
    });
    pageToken = read.nextPageToken;
    if (pageToken === null) return;
  }
}
