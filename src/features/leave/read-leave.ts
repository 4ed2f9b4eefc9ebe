import type { OrgCapabilities } from '../../crm/capabilities.ts';
import type { Rights } from '../../crm/rights.ts';
import { findConnection } from '../../db/queries/connections.ts';
import { countAtRest, findLeave, type LeaveFieldRow, listLeaveFields } from '../../db/queries/leaving.ts';
import type { ConnectionState } from '../../domain/connection-states.ts';
import { type JudgedChoices, judgeChoices, type LeaveChoices } from '../../domain/leave-choices.ts';
import type { FeatureContext } from '../context.ts';
import { countOurs, type LeavePreview, previewLeave, type Written } from './count-leave.ts';
import type { LeaveResult, StoredLeave } from './stored-leave.ts';

/** How leaving stands: `taking_out` meetings, `closing` fields and access, then over. */
export type LeaveRun = {
  id: string;
  choices: LeaveChoices;
  phase: 'taking_out' | 'closing' | 'stopped' | 'cancelled' | 'over';
  fields: LeaveFieldRow[];
  result: LeaveResult | null;
  /** It runs, and its end has not begun. */
  isStoppable: boolean;
};

export type LeaveView = {
  state: ConnectionState;
  /** Null: Zoho was never connected. */
  written: Written | null;
  judged: JudgedChoices;
  /** Null while the choices are refused, or nothing is connected. */
  preview: LeavePreview | null;
  /** The newest one. */
  run: LeaveRun | null;
  /** Meetings that leaving took out and that rest here. */
  atRest: number;
};

/** Everything of ours goes but the fields, which others may use in reports. */
export const USUAL_CHOICES: LeaveChoices = { events: 'remove', notes: 'remove', ids: 'remove', fields: 'keep' };

/** What is ours in Zoho, what choices would do to it, and how far leaving is. No call to Zoho. */
export async function readLeave({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { choices: LeaveChoices };
}): Promise<LeaveView> {
  const { organizationId, db } = ctx;
  const { choices } = input;
  const connection = await findConnection<OrgCapabilities, Rights>(db, organizationId);
  const written = connection === null ? null : await countOurs(ctx, connection);
  const judged = judgeChoices(choices);
  const isPriced = connection?.state === 'connected' && written !== null && judged.kind === 'accepted';
  return {
    state: connection?.state ?? 'none',
    written,
    judged,
    preview: isPriced
      ? await previewLeave(ctx, db, { connection, written, choices: judged.choices, says: judged.says })
      : null,
    run: await readLeaveRun({ ctx }),
    atRest: await countAtRest(db, organizationId),
  };
}

/** How far the newest leaving is; null: there was none. */
export async function readLeaveRun({ ctx }: { ctx: FeatureContext }): Promise<LeaveRun | null> {
  const row = await findLeave<StoredLeave>(ctx.db, ctx.organizationId);
  if (row === null || row.choices === null) return null;
  const fields = await listLeaveFields(ctx.db, ctx.organizationId, row.id);
  const isClosing = row.closingAt !== null || fields.length > 0;
  const phases = { paused: 'stopped', cancelled: 'cancelled', undone: 'over' } as const;
  const phase =
    row.state in phases ? phases[row.state as keyof typeof phases] : isClosing ? 'closing' : ('taking_out' as const);
  const isStoppable = row.state === 'undoing' && row.closingAt === null;
  return { id: row.id, choices: row.choices, phase, fields, result: row.simulation?.result ?? null, isStoppable };
}
