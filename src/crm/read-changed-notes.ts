import { formatCrmTime, parseCrmTime } from '../zoho/crm-time.ts';
import { listRecords } from '../zoho/read-records.ts';
import type { ZohoTransport } from '../zoho/transport.ts';
import { refusalError } from './crm-error.ts';

/** A note that changed, by anyone; `modifiedAt` is ISO, on Zoho's clock. */
export type ChangedNote = { id: string; modifiedAt: string };

/** Notes that one look reads at most: 50 pages. */
const PAGES_MAX = 50;

/**
 * The notes of the whole org that changed since a time (ISO), 1 credit per 200. Only for users who may list all notes. `isCut`:
 * more than 10,000 changed, and the oldest of them were not read. Throws what Zoho throws.
 */
export async function readChangedNotes(
  transport: ZohoTransport,
  since: string,
): Promise<{ notes: ChangedNote[]; isCut: boolean }> {
  const notes: ChangedNote[] = [];
  let pageToken: string | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const read = await listRecords(transport, 'Notes', {
      fields: ['Modified_Time'],
      sortBy: 'Modified_Time',
      sortOrder: 'desc',
      modifiedSince: formatCrmTime(Date.parse(since), 'UTC'),
      ...(pageToken === null ? {} : { pageToken }),
    });
    if (read.kind === 'failed') throw refusalError(read, 'Changed notes could not be read from Zoho');
    if (read.kind === 'not_modified') return { notes, isCut: false };
    for (const record of read.records) {
      const at = typeof record.Modified_Time === 'string' ? parseCrmTime(record.Modified_Time) : null;
      if (at !== null) notes.push({ id: record.id, modifiedAt: new Date(at).toISOString() });
    }
    pageToken = read.nextPageToken;
    if (pageToken === null) return { notes, isCut: false };
  }
  return { notes, isCut: true };
}
