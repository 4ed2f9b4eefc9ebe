import type { CrmRecord } from '../zoho/answer-schemas.ts';
import { COMPOSITE_ROWS, readTogether } from '../zoho/composite-reads.ts';
import {
  type CoqlCondition,
  type CoqlPosition,
  type CoqlQuery,
  type CoqlRows,
  coqlPages,
  readCoqlAnswer,
  runCoql,
} from '../zoho/coql.ts';
import { formatCrmTime, parseCrmTime } from '../zoho/crm-time.ts';
import { getByIds } from '../zoho/read-records.ts';
import type { ZohoFailure, ZohoTransport } from '../zoho/transport.ts';
import { crmError, refusalError } from './crm-error.ts';
import { lookupId } from './lookup-id.ts';
import { type MirrorColumns, mirrorColumns } from './mirror-columns.ts';
import { type LoadedModule, type MirrorPage, toMirrorPage, ZOHO_NAME } from './read-mirror.ts';

/** What is read of Zoho's changes: the modules of the mirror, and events. */
export type ChangeModule = LoadedModule | 'events';

/** Accounts first, so that a contact's account is known when the contact is. */
export const CHANGE_MODULES: readonly ChangeModule[] = ['accounts', 'contacts', 'leads', 'deals', 'events'];

export const CHANGE_NAME = { ...ZOHO_NAME, events: 'Events' } as const;

/** A record that is gone at Zoho: deleted, merged into another or converted. `deletedAt` is ISO, on Zoho's clock. */
export type DeletedRecord = {
  id: string;
  name: string | null;
  deletedAt: string;
  deletedBy: string | null;
  isPermanent: boolean;
};

/** An event as the poll sees it, ours or not. `externalId` is our meeting's id where the event carries one. Times are ISO. */
export type ChangedEvent = {
  id: string;
  title: string | null;
  startsAt: string | null;
  endsAt: string | null;
  ownerId: string | null;
  externalId: string | null;
  createdAt: string | null;
  modifiedAt: string | null;
  modifiedById: string | null;
};

export type ChangePage = MirrorPage | { module: 'events'; rows: ChangedEvent[] };

/** Where reading begins: at a time of Zoho's clock (ISO), with or without that very second; null: with the oldest record. */
export type ReadFrom = { at: string; isIncluded: boolean } | null;

export type ChangeReading = {
  from: ReadonlyMap<ChangeModule, ReadFrom>;
  stages: ReadonlyMap<string, boolean>;
  externalField: string | null;
  columns: MirrorColumns | null;
};

/** A page of one module in the order of time, or why this module cannot be read now. `newest` is ISO; null: nothing changed. */
export type ChangeRead =
  | { kind: 'page'; module: ChangeModule; page: ChangePage; newest: string | null; isLast: boolean }
  | { kind: 'failed'; module: ChangeModule; reason: string };

const EVENT_FIELDS = [
  'Event_Title',
  'Start_DateTime',
  'End_DateTime',
  'Owner',
  'Created_Time',
  'Modified_Time',
  'Modified_By',
];
/** After the 25 rows of a composite part: a small page first (1 credit), then large ones (3 credits). */
const SMALL_PAGE = 200;
const LARGE_PAGE = 2_000;

/**
 * What changed in these modules, oldest change first: one composite request (1 credit) while no module has more than 25 changes,
 * else further pages of that module alone. Where composite requests are refused, one query a module (1 credit each). Throws
 * `crm_unavailable`, `crm_throttled` or `needs_reauth`; a module that may not be read is told as failed.
 */
export async function* readChanges(transport: ZohoTransport, reading: ChangeReading): AsyncGenerator<ChangeRead, void> {
  const modules = [...reading.from.keys()];
  const firsts = await readFirstRows(
    transport,
    modules.map((module) => changeQuery(module, reading)),
  );
  for (const [index, module] of modules.entries()) {
    const first = firsts[index];
    if (first === undefined) continue;
    yield* readOneModule(transport, module, reading, first);
  }
}

async function* readOneModule(
  transport: ZohoTransport,
  module: ChangeModule,
  reading: ChangeReading,
  first: CoqlRows | ZohoFailure,
): AsyncGenerator<ChangeRead, void> {
  let read = first;
  let position: CoqlPosition | null = null;
  for (let limit = SMALL_PAGE; ; limit = LARGE_PAGE) {
    if (read.kind === 'failed') {
      yield {
        kind: 'failed',
        module,
        reason: readableFailure(read, `Changes of ${module} could not be read from Zoho`),
      };
      return;
    }
    const last = read.rows.at(-1);
    position = last === undefined ? null : positionOf(last);
    const isLast = position === null || !read.hasMore;
    yield { kind: 'page', module, ...toChangePage(module, read.rows, reading), isLast };
    if (isLast || position === null) return;
    read = await readPageBehind(transport, module, reading, { position, limit });
  }
}

async function readPageBehind(
  transport: ZohoTransport,
  module: ChangeModule,
  reading: ChangeReading,
  { position, limit }: { position: CoqlPosition; limit: number },
): Promise<CoqlRows | ZohoFailure> {
  const { orderBy: _order, ...query } = changeQuery(module, reading);
  const pages = coqlPages(transport, { ...query, limit, pageBy: 'Modified_Time', after: position });
  for await (const page of pages) return page;
  return { kind: 'rows', rows: [], hasMore: false, limit };
}

/** The first rows of each query, in one call where Zoho takes it. */
async function readFirstRows(transport: ZohoTransport, queries: CoqlQuery[]): Promise<(CoqlRows | ZohoFailure)[]> {
  const together = await readTogether(
    transport,
    queries.map((query) => ({ coql: query })),
  );
  if (together.kind === 'failed') {
    if (!isRefusal(together)) throw crmError(together, 'Changes could not be read from Zoho');
    return readAlone(transport, queries);
  }
  const rows: (CoqlRows | ZohoFailure)[] = [];
  for (const [index, query] of queries.entries()) {
    const answer = together.answers[index] ?? { kind: 'empty' };
    const read = readCoqlAnswer(answer, query.limit);
    // What this kind of call refuses may be allowed alone; a missing right is missing either way.
    const isOddity = read.kind === 'failed' && read.class === 'permanent' && !isMissingRight(read);
    rows.push(isOddity ? await runCoql(transport, { ...query, limit: SMALL_PAGE }) : read);
  }
  return rows;
}

async function readAlone(transport: ZohoTransport, queries: CoqlQuery[]): Promise<(CoqlRows | ZohoFailure)[]> {
  const rows: (CoqlRows | ZohoFailure)[] = [];
  for (const query of queries) rows.push(await runCoql(transport, { ...query, limit: SMALL_PAGE }));
  return rows;
}

/**
 * The newest time that Zoho shows in each module (ISO; null for an empty one), 1 credit: from here on changes are read. A module
 * that may not be read is left out. Throws like `readChanges`.
 */
export async function readNewestTimes(transport: ZohoTransport): Promise<Map<ChangeModule, string | null>> {
  const queries = CHANGE_MODULES.map(
    (module): CoqlQuery => ({
      select: ['Modified_Time'],
      from: CHANGE_NAME[module],
      where: { field: 'id', op: 'is not null' },
      orderBy: [{ field: 'Modified_Time', direction: 'desc' }],
      limit: 1,
    }),
  );
  const reads = await readFirstRows(transport, queries);
  const newest = new Map<ChangeModule, string | null>();
  for (const [index, module] of CHANGE_MODULES.entries()) {
    const read = reads[index];
    if (read?.kind === 'failed') readableFailure(read, `The newest of the ${module} could not be read from Zoho`);
    if (read?.kind === 'rows') newest.set(module, isoTime(read.rows[0]?.Modified_Time));
  }
  return newest;
}

/**
 * These records as they are now, up to 100 in one call (1 credit). `absent` are those that Zoho does not have any more, or does
 * not show to us. Throws like `readChanges`, and `crm_rejected` when the module may not be read.
 */
export async function readNamed(
  transport: ZohoTransport,
  module: ChangeModule,
  ids: readonly string[],
  reading: Omit<ChangeReading, 'from'>,
): Promise<{ page: ChangePage; absent: string[] }> {
  const read = await getByIds(transport, CHANGE_NAME[module], ids, { fields: fieldsOf(module, reading) });
  if (read.kind === 'failed') throw refusalError(read, `The ${module} that Zoho named could not be read`);
  const { page } = toChangePage(module, [...read.found.values()], reading);
  return { page, absent: read.absent };
}

function changeQuery(module: ChangeModule, reading: ChangeReading): CoqlQuery {
  return {
    select: fieldsOf(module, reading),
    from: CHANGE_NAME[module],
    where: since(reading.from.get(module) ?? null),
    orderBy: [
      { field: 'Modified_Time', direction: 'asc' },
      { field: 'id', direction: 'asc' },
    ],
    limit: COMPOSITE_ROWS,
  };
}

function since(from: ReadFrom): CoqlCondition {
  if (from === null) return { field: 'id', op: 'is not null' };
  const value = formatCrmTime(Date.parse(from.at), 'UTC');
  return { field: 'Modified_Time', op: from.isIncluded ? '>=' : '>', value };
}

function fieldsOf(
  module: ChangeModule,
  { externalField, columns }: Pick<ChangeReading, 'externalField' | 'columns'>,
): string[] {
  if (module !== 'events') return mirrorColumns(ZOHO_NAME[module], columns);
  return externalField === null ? EVENT_FIELDS : [...EVENT_FIELDS, externalField];
}

function toChangePage(
  module: ChangeModule,
  records: CrmRecord[],
  { stages, externalField }: Omit<ChangeReading, 'from'>,
): { page: ChangePage; newest: string | null } {
  const page: ChangePage =
    module === 'events'
      ? { module, rows: records.map((record) => toChangedEvent(record, externalField)) }
      : toMirrorPage(module, records, stages);
  const times = records.flatMap((record) => isoTime(record.Modified_Time) ?? []);
  return { page, newest: times.reduce<string | null>((most, at) => (most === null || at > most ? at : most), null) };
}

function toChangedEvent(record: CrmRecord, externalField: string | null): ChangedEvent {
  const external = externalField === null ? null : record[externalField];
  return {
    id: record.id,
    title: typeof record.Event_Title === 'string' ? record.Event_Title : null,
    startsAt: isoTime(record.Start_DateTime),
    endsAt: isoTime(record.End_DateTime),
    ownerId: lookupId(record.Owner),
    externalId: typeof external === 'string' && external !== '' ? external : null,
    createdAt: isoTime(record.Created_Time),
    modifiedAt: isoTime(record.Modified_Time),
    modifiedById: lookupId(record.Modified_By),
  };
}

function positionOf(record: CrmRecord): CoqlPosition | null {
  return typeof record.Modified_Time === 'string' ? { modifiedTime: record.Modified_Time, id: record.id } : null;
}

function isoTime(value: unknown): string | null {
  const moment = typeof value === 'string' ? parseCrmTime(value) : null;
  return moment === null ? null : new Date(moment).toISOString();
}

/** A call of this kind is not for us: its scope is missing, or Zoho does not take it so. */
export function isRefusal(failure: ZohoFailure): boolean {
  return failure.class === 'permanent' || failure.code === 'OAUTH_SCOPE_MISMATCH';
}

const MISSING_RIGHTS = ['NO_PERMISSION', 'OAUTH_SCOPE_MISMATCH', 'INVALID_MODULE', 'NOT_ALLOWED'];

function isMissingRight({ code }: ZohoFailure): boolean {
  return code !== null && MISSING_RIGHTS.includes(code);
}

/** In words what concerns one module alone; throws what concerns the connection as a whole. */
export function readableFailure(failure: ZohoFailure, doing: string): string {
  const error = crmError(failure, doing);
  if (!isRefusal(failure)) throw error;
  return error.message;
}
