import { countUndo, listLeft, type UndoCounts, type UndoScope } from '../../db/queries/backfills.ts';
import type { Sql } from '../../db/sql.ts';
import { tellLeft } from '../tell-left.ts';
import { priceUndo } from './price-lot.ts';

/** What taking meetings out of Zoho does. `left`: the first records that stay because a person edited them, each in a sentence. */
export type UndoPreview = UndoCounts & {
  credits: { looks: number; writes: number; total: number };
  left: { externalId: string; title: string; detail: string }[];
};

const LEFT_SHOWN = 20;

/** Counts in two statements what an undo would do, by what is known here; each record is looked at again before it goes. */
export async function countWhatLeaves(sql: Sql, organizationId: string, scope: UndoScope): Promise<UndoPreview> {
  const counts = await countUndo(sql, organizationId, scope);
  const left = await listLeft(sql, organizationId, scope, LEFT_SHOWN);
  return {
    ...counts,
    credits: priceUndo(counts),
    left: tellLeft(left),
  };
}
