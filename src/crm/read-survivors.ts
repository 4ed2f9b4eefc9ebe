import type { CrmModule } from '../domain/crm-picture.ts';
import { runCoql } from '../zoho/coql.ts';
import { formatCrmTime } from '../zoho/crm-time.ts';
import { getByIds, getRecord, listNotes } from '../zoho/read-records.ts';
import type { ZohoTransport } from '../zoho/transport.ts';
import { crmError, refusalError } from './crm-error.ts';
import { MIRROR_FIELDS } from './from-zoho.ts';
import { lookupId } from './lookup-id.ts';
import { type MirrorColumns, mirrorColumns } from './mirror-columns.ts';
import { type LoadedModule, type MirrorPage, toMirrorPage, ZOHO_NAME } from './read-mirror.ts';
import { ZOHO_MODULES } from './to-zoho.ts';

/** What an event of ours points to at Zoho now. */
export type EventLinks = {
  contactId: string | null;
  related: { module: CrmModule; id: string } | null;
  people: { type: 'contact' | 'lead'; id: string }[];
};

const MODULE_OF = new Map(
  (['contacts', 'leads', 'accounts', 'deals'] as const).map((module) => [ZOHO_MODULES[module], module]),
);
const NOTE_PAGES = 5;
const NOTES_A_PAGE = 200;
const LAST_CHANGED_ROWS = 200;

/** Reads the links of one event (1 credit); null: it is not there (any more). Throws what Zoho throws. */
export async function readEventLinks(transport: ZohoTransport, eventId: string): Promise<EventLinks | null> {
  const read = await getRecord(transport, 'Events', eventId);
  if (read.kind === 'failed') throw crmError(read, 'An event could not be read from Zoho');
  if (read.kind === 'absent') return null;
  const { record } = read;
  const relatedId = lookupId(record.What_Id);
  const module = MODULE_OF.get(String(record.$se_module ?? ''));
  const entries: unknown[] = Array.isArray(record.Participants) ? record.Participants : [];
  return {
    contactId: lookupId(record.Who_Id),
    related: relatedId === null || module === undefined ? null : { module, id: relatedId },
    people: entries.flatMap((entry) => {
      const { type, participant } = entry as Record<string, unknown>;
      return (type === 'contact' || type === 'lead') && typeof participant === 'string'
        ? [{ type, id: participant }]
        : [];
    }),
  };
}

/** The record that one note hangs on now (1 credit); null: the note is gone, or hangs on nothing. */
export async function readNoteParent(transport: ZohoTransport, noteId: string): Promise<string | null> {
  const read = await getRecord(transport, 'Notes', noteId, { fields: ['Note_Title', 'Parent_Id'] });
  if (read.kind === 'failed') throw crmError(read, 'A note could not be read from Zoho');
  return read.kind === 'absent' ? null : lookupId(read.record.Parent_Id);
}

/** Ids of all notes on a record (1 credit per 200); null: it has more than a thousand, and not all were read. */
export async function listNoteIds(
  transport: ZohoTransport,
  module: CrmModule,
  id: string,
): Promise<Set<string> | null> {
  const ids = new Set<string>();
  let pageToken: string | null = null;
  for (let page = 0; page < NOTE_PAGES; page++) {
    const read = await listNotes(
      transport,
      { module: ZOHO_MODULES[module], id },
      { fields: ['Note_Title'], perPage: NOTES_A_PAGE, ...(pageToken === null ? {} : { pageToken }) },
    );
    if (read.kind === 'failed') throw crmError(read, 'The notes of a record could not be read from Zoho');
    if (read.kind === 'not_modified') return null;
    for (const record of read.records) ids.add(record.id);
    pageToken = read.nextPageToken;
    if (pageToken === null) return ids;
  }
  return null;
}

/** The records of a module that changed last in this span of Zoho's clock, the newest 200 (1 credit). Throws what Zoho throws. */
export async function readLastChanged(
  transport: ZohoTransport,
  module: LoadedModule,
  span: { from: Date; to: Date },
  reading: { stages: ReadonlyMap<string, boolean>; columns: MirrorColumns | null },
): Promise<MirrorPage> {
  const inZohosWords = (time: Date) => formatCrmTime(time.getTime(), 'UTC');
  const read = await runCoql(transport, {
    select: mirrorColumns(ZOHO_NAME[module], reading.columns),
    from: ZOHO_NAME[module],
    where: { field: 'Modified_Time', op: 'between', from: inZohosWords(span.from), to: inZohosWords(span.to) },
    orderBy: [{ field: 'Modified_Time', direction: 'desc' }],
    limit: LAST_CHANGED_ROWS,
  });
  if (read.kind === 'failed') throw refusalError(read, `The ${module} that changed last could not be read from Zoho`);
  return toMirrorPage(module, read.rows, reading.stages);
}

/** Up to 100 records of a module as a page of the mirror (1 credit); those that are not there are left out. */
export async function readRecordsById(
  transport: ZohoTransport,
  module: LoadedModule,
  ids: readonly string[],
  stages: ReadonlyMap<string, boolean>,
): Promise<MirrorPage> {
  const name = ZOHO_MODULES[module] as keyof typeof MIRROR_FIELDS;
  const read = await getByIds(transport, name, ids, { fields: MIRROR_FIELDS[name] });
  if (read.kind === 'failed') throw crmError(read, `Some ${module} could not be read from Zoho`);
  return toMirrorPage(module, [...read.found.values()], stages);
}
