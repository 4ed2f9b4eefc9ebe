import {
  acceptEdits,
  type DriftKind,
  type Finding,
  findNewestCheck,
  forgetGoneRecords,
  forgetKeptRecords,
  listFindings,
  markRepaired,
} from '../../db/queries/drift.ts';
import { type NewPlacement, savePlacements } from '../../db/queries/ledger.ts';
import { oweMeetings } from '../../db/queries/owed-meetings.ts';
import type { Sql } from '../../db/sql.ts';
import { blankEvent } from '../../domain/blank-event.ts';
import type { NoteContent } from '../../domain/sync-plan.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';

export type RepairChoice = 'write_again' | 'take_theirs' | 'write_ours' | 'remove_extra';

/** Which choice is for which finding. */
const CHOICES: Record<RepairChoice, DriftKind> = {
  write_again: 'missing',
  take_theirs: 'edited',
  write_ours: 'edited',
  remove_extra: 'extra',
};

/** Findings that one call repairs; more are done by calling again. */
const REPAIR_MAX = 1_000;

/**
 * Repairs findings of the newest check as a person chose: some of them, or (`findings` null) all of the choice's kind. The meetings
 * are owed, and the sender writes. `remaining`: findings of the kind beyond the first thousand. Throws `not_found`, `invalid_input`.
 */
export async function repairDrift({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { choice: RepairChoice; findings: { meetingId: string; slot: string }[] | null };
}): Promise<{ repaired: number; remaining: boolean }> {
  const kind = CHOICES[input.choice];
  const check = await findNewestCheck(ctx.db, ctx.organizationId);
  if (check === null) throw new AppError('not_found', 'Nothing was compared with Zoho yet. Start a check first.');
  const wanted = input.findings === null ? null : new Set(input.findings.map(keyOf));
  const found: Finding[] = [];
  let after: { meetingId: string; slot: string; kind: string } | null = null;
  let isMore = true;
  while (isMore && found.length < REPAIR_MAX) {
    const page = await listFindings(ctx.db, ctx.organizationId, { checkId: check.id, kind, after, limit: REPAIR_MAX });
    found.push(...page.filter((one) => one.repairedAt === null && (wanted === null || wanted.has(keyOf(one)))));
    after = page.at(-1) ?? null;
    isMore = page.length === REPAIR_MAX;
  }
  const chosen = found.slice(0, REPAIR_MAX);
  if (wanted !== null && chosen.length === 0) {
    throw new AppError('not_found', 'These findings are repaired already, or of another check. Read the list again.');
  }
  await ctx.db.transaction(async (sql) => {
    await repair(ctx, sql, input.choice, chosen);
    await markRepaired(sql, ctx.organizationId, { checkId: check.id, findings: chosen, at: ctx.now() });
    await oweMeetings(sql, ctx.organizationId, [...new Set(chosen.map((one) => one.meetingId))], ctx.now());
    await ctx.wake(sql, ctx.organizationId);
  });
  return { repaired: chosen.length, remaining: found.length > REPAIR_MAX || isMore };
}

function keyOf({ meetingId, slot }: { meetingId: string; slot: string }): string {
  return `${meetingId}/${slot}`;
}

async function repair(ctx: FeatureContext, sql: Sql, choice: RepairChoice, findings: Finding[]): Promise<void> {
  switch (choice) {
    case 'write_again':
      return forgetGoneRecords(sql, ctx.organizationId, findings);
    case 'write_ours':
      return forgetKeptRecords(sql, ctx.organizationId, findings);
    case 'take_theirs':
      return acceptEdits(sql, ctx.organizationId, findings);
    case 'remove_extra':
      return savePlacements(sql, ctx.organizationId, findings.flatMap(toRemovable), ctx.now());
  }
}

/** A place that no plan wants: the next plan deletes what is there, by way of the ledger like everything else. */
function toRemovable({ meetingId, slot, crmId }: Finding): NewPlacement[] {
  if (crmId === null) return [];
  const isEvent = slot.startsWith('left:');
  const note: NoteContent = { parent: { module: 'events', id: null }, title: 'Copy of a note', content: '' };
  return [
    {
      meetingId,
      slot,
      crmId,
      parentModule: null,
      parentRecordId: null,
      content: isEvent ? blankEvent({ meetingId }) : note,
    },
  ];
}
