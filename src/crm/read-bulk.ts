import type { CrmRecord } from '../zoho/answer-schemas.ts';
import { type BulkRow, openBulkResult, readBulkState, startBulkRead } from '../zoho/bulk-read.ts';
import type { ZohoTransport } from '../zoho/transport.ts';
import { crmError } from './crm-error.ts';
import { type MirrorColumns, mirrorColumns } from './mirror-columns.ts';
import { type LoadedModule, type MirrorPage, toMirrorPage, ZOHO_NAME } from './read-mirror.ts';

/** Modules with more records than this come as a file; below it, pages of queries are as cheap and come at once. */
export const FILE_ABOVE = 20_000;

/** Rows that are saved together. */
const PAGE_ROWS = 2_000;
const TIMING = { priority: 'history' } as const;

/**
 * Asks Zoho for a file of all records of a module, or of the next 200,000 (50 credits). Null: Zoho refuses files to this
 * connection. Throws what else Zoho throws.
 */
export async function startModuleFile(
  transport: ZohoTransport,
  module: LoadedModule,
  from: { pageToken: string | null; columns: MirrorColumns | null },
): Promise<string | null> {
  const name = ZOHO_NAME[module];
  const fields = mirrorColumns(name, from.columns);
  const started = await startBulkRead(transport, { module: name, fields, pageToken: from.pageToken }, TIMING);
  if (started.kind === 'started') return started.jobId;
  if (started.class === 'permanent' || started.code === 'OAUTH_SCOPE_MISMATCH') return null;
  throw crmError(started, `Zoho could not be asked for a file of the ${module}`);
}

/** Whether a file is ready (1 credit); `gone`: it failed or is kept no longer. */
export async function readFileState(transport: ZohoTransport, module: LoadedModule, jobId: string) {
  const state = await readBulkState(transport, jobId, TIMING);
  if (state.kind === 'failed') throw crmError(state, `The file of the ${module} could not be asked for`);
  return state;
}

/**
 * The pages of a file that is ready, behind the first `skip` rows; null: it is gone (1 credit). Throws `crm_unavailable` when the
 * file breaks off.
 */
export async function openModuleFile(
  transport: ZohoTransport,
  module: LoadedModule,
  file: { jobId: string; skip: number; stages: ReadonlyMap<string, boolean> },
): Promise<AsyncGenerator<MirrorPage, void> | null> {
  const opened = await openBulkResult(transport, file.jobId, TIMING);
  if (opened.kind === 'gone') return null;
  if (opened.kind === 'failed') throw crmError(opened, `The file of the ${module} could not be read`);
  return readPages(module, opened.rows, file);
}

async function* readPages(
  module: LoadedModule,
  rows: AsyncIterable<BulkRow>,
  { skip, stages }: { skip: number; stages: ReadonlyMap<string, boolean> },
): AsyncGenerator<MirrorPage, void> {
  let page: CrmRecord[] = [];
  let seen = 0;
  for await (const row of rows) {
    seen += 1;
    if (seen <= skip) continue;
    page.push(toRecord(row));
    if (page.length < PAGE_ROWS) continue;
    yield toMirrorPage(module, page, stages);
    page = [];
  }
  if (page.length > 0) yield toMirrorPage(module, page, stages);
}

/** A line of the file as a record: its numbers are texts there. */
function toRecord(row: BulkRow): CrmRecord {
  const amount = row.Amount === undefined ? Number.NaN : Number(row.Amount);
  return { ...row, Amount: Number.isFinite(amount) ? amount : null };
}
