import {
  countMeetingsOfRecords,
  listRecords as findRecords,
  type RecordFilters,
  type RecordListRow,
  type RecordPlace,
} from '../../db/queries/records.ts';
import type { CrmModule } from '../../domain/crm-picture.ts';
import type { FeatureContext } from '../context.ts';
import { readPolicy } from '../organization-policy.ts';
import { cutPage, readCursor } from '../page-cursor.ts';
import { type RecordRow, toRecordRow } from './record-row.ts';

export type ListRecordsInput = RecordFilters & { module: CrmModule; cursor?: string; limit: number };

const NO_DATE = '0001-01-01';

/** A page of a module's records with how many meetings each has. Throws `invalid_input` for a cursor of another list. */
export async function listRecords({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: ListRecordsInput;
}): Promise<{ data: RecordRow[]; nextCursor: string | null }> {
  const { module, cursor, limit, ...filters } = input;
  const after = placeOf(module, cursor);
  const policy = await readPolicy(ctx);
  const found = await findRecords(ctx.db, ctx.organizationId, { module, filters, after, limit: limit + 1 });
  const { data, nextCursor } = cutPage(found, limit, (row) => keyOf(module, row));
  const counts = await countMeetingsOfRecords(ctx.db, ctx.organizationId, {
    module,
    ids: data.map(({ crmId }) => crmId),
    policy,
  });
  return { data: data.map((row) => toRecordRow(module, row, counts.get(row.crmId))), nextCursor };
}

function placeOf(module: CrmModule, cursor: string | undefined): RecordPlace | null {
  if (module === 'deals') {
    const key = readCursor(cursor, ['boolean', 'day', 'text']);
    return key === null ? null : { isOpen: key[0], closingDate: key[1], id: key[2] };
  }
  const key = readCursor(cursor, ['text', 'text']);
  return key === null ? null : { name: key[0], id: key[1] };
}

function keyOf(module: CrmModule, row: RecordListRow): (string | boolean)[] {
  if (module !== 'deals') return [row.name, row.crmId];
  return [row.isOpen ?? false, row.closingDate ?? NO_DATE, row.crmId];
}
