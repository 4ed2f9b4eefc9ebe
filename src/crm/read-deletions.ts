import { readTogether } from '../zoho/composite-reads.ts';
import { formatCrmTime } from '../zoho/crm-time.ts';
import {
  type DeletedPage,
  type DeletedRow,
  deletedSubRead,
  listDeleted,
  readDeletedAnswer,
} from '../zoho/deleted-records.ts';
import type { ZohoFailure, ZohoTransport } from '../zoho/transport.ts';
import { crmError } from './crm-error.ts';
import { CHANGE_NAME, type ChangeModule, type DeletedRecord, isRefusal, readableFailure } from './read-changes.ts';

/** What is gone in one module, newest first, or why it cannot be told. `isCut`: more is gone than Zoho lists. */
export type DeletionRead =
  | { kind: 'read'; module: ChangeModule; deleted: DeletedRecord[]; isCut: boolean }
  | { kind: 'failed'; module: ChangeModule; reason: string };

/**
 * What was deleted in these modules since a time of Zoho's clock (ISO; null: everything that Zoho still lists). One composite
 * request, 1 credit; a module with more than 25 deletions is listed alone, 2 credits per 200. Where composite requests are
 * refused, 2 credits a module. Throws `crm_unavailable`, `crm_throttled` or `needs_reauth`.
 */
export async function readDeletions(
  transport: ZohoTransport,
  since: ReadonlyMap<ChangeModule, string | null>,
): Promise<DeletionRead[]> {
  const modules = [...since].map(([module, at]) => ({
    module,
    since: at === null ? null : formatCrmTime(Date.parse(at), 'UTC'),
  }));
  const together = await readTogether(
    transport,
    modules.map((one) => deletedSubRead(CHANGE_NAME[one.module], one.since)),
  );
  if (together.kind === 'failed' && !isRefusal(together)) {
    throw crmError(together, 'Deletions could not be read from Zoho');
  }
  const reads: DeletionRead[] = [];
  for (const [index, one] of modules.entries()) {
    const answer = together.kind === 'failed' ? undefined : together.answers[index];
    reads.push(await readModule(transport, one, answer === undefined ? null : readDeletedAnswer(answer)));
  }
  return reads;
}

async function readModule(
  transport: ZohoTransport,
  { module, since }: { module: ChangeModule; since: string | null },
  first: DeletedPage | ZohoFailure | null,
): Promise<DeletionRead> {
  if (first?.kind === 'page' && first.next === null) {
    return { kind: 'read', module, deleted: first.rows.map(toDeletedRecord), isCut: false };
  }
  const doing = `Deletions of ${module} could not be read from Zoho`;
  if (first?.kind === 'failed') return { kind: 'failed', module, reason: readableFailure(first, doing) };
  const rows: DeletedRow[] = [];
  let page: string | null = null;
  do {
    const read: DeletedPage | ZohoFailure = await listDeleted(transport, CHANGE_NAME[module], {
      since,
      ...(page === null ? {} : { page }),
    });
    if (read.kind === 'failed') return { kind: 'failed', module, reason: readableFailure(read, doing) };
    rows.push(...read.rows);
    if (read.rows.length > 0 && read.next === null && isFull(rows)) {
      return { kind: 'read', module, deleted: rows.map(toDeletedRecord), isCut: true };
    }
    page = read.next;
  } while (page !== null);
  return { kind: 'read', module, deleted: rows.map(toDeletedRecord), isCut: false };
}

/** Lists by page number end at 2,000 rows, whether or not more is gone. */
const LISTED_MAX = 2_000;

function isFull(rows: readonly DeletedRow[]): boolean {
  return rows.length >= LISTED_MAX && rows.length % LISTED_MAX === 0;
}

function toDeletedRecord({ deletedAt, ...row }: DeletedRow): DeletedRecord {
  return { ...row, deletedAt: new Date(deletedAt).toISOString() };
}
