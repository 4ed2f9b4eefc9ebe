import type { OrgCapabilities } from '../../crm/capabilities.ts';
import { findConnection } from '../../db/queries/connections.ts';
import {
  type DriftCheck,
  type DriftKind,
  type DriftSize,
  type Finding,
  findNewestCheck,
  listFindings,
  readDriftSize,
} from '../../db/queries/drift.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { cutPage, readCursor } from '../page-cursor.ts';

export type DriftView = {
  check: DriftCheck | null;
  /** Share of compared meetings that are in Zoho as they were written, 0 to 100, one decimal; null: none compared yet. */
  truePercent: number | null;
  estimate: { meetings: number; credits: number };
  findings: Finding[];
  nextCursor: string | null;
};

/** The newest comparison of the ledger with Zoho, a page of its findings, and what another one would cost. No call to Zoho. */
export async function readDrift({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { kind?: DriftKind; cursor?: string; limit: number };
}): Promise<DriftView> {
  const after = readCursor(input.cursor, ['uuid', 'text', 'text']);
  const [check, estimate] = await Promise.all([findNewestCheck(ctx.db, ctx.organizationId), estimateDrift({ ctx })]);
  const rows =
    check === null
      ? []
      : await listFindings(ctx.db, ctx.organizationId, {
          checkId: check.id,
          kind: input.kind ?? null,
          after: after === null ? null : { meetingId: after[0], slot: after[1], kind: after[2] },
          limit: input.limit + 1,
        });
  const { data, nextCursor } = cutPage(rows, input.limit, (row) => [row.meetingId, row.slot, row.kind]);
  return { check, truePercent: percentOf(check), estimate, findings: data, nextCursor };
}

function percentOf(check: DriftCheck | null): number | null {
  if (check === null || check.meetingsChecked === 0) return null;
  return Math.floor(((check.counts.true ?? 0) / check.meetingsChecked) * 1000) / 10;
}

/** What a comparison costs at most where nothing has changed: to be said before it begins. Throws `not_connected`. */
export async function estimateDrift({ ctx }: { ctx: FeatureContext }): Promise<{ meetings: number; credits: number }> {
  const connection = await findConnection<OrgCapabilities>(ctx.db, ctx.organizationId);
  if (connection === null) {
    throw new AppError('not_connected', 'Connect Zoho CRM under Settings > Integrations before comparing with it.');
  }
  const size = await readDriftSize(ctx.db, ctx.organizationId);
  return { meetings: size.meetings, credits: creditsOf(size, connection.capabilities.canListNotes) };
}

const PER_CALL = 100;
const SIGNED_EVENTS_PER_QUERY = 2_000;
const CREDITS_PER_QUERY = 3;
const NOTES_PER_PAGE = 200;

function creditsOf({ events, notes, parents }: DriftSize, canListNotes: boolean): number {
  const signed = Math.max(1, Math.ceil(events / SIGNED_EVENTS_PER_QUERY)) * CREDITS_PER_QUERY;
  const copies = canListNotes ? Math.max(1, Math.ceil(notes / NOTES_PER_PAGE)) : 0;
  return Math.ceil(events / PER_CALL) + (canListNotes ? Math.ceil(notes / PER_CALL) : parents) + signed + copies;
}
