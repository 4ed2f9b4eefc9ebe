import {
  findRefusedAdoptions,
  forgetAdoptions,
  loadAdoptions,
  oweUnsure,
  placeReadOnly,
  saveAdoptions,
} from '../../db/queries/candidates.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Publication } from '../../domain/sync-plan.ts';
import type { FeatureContext } from '../context.ts';

/**
 * Looks after a send at those meetings whose calendar event refused our write: one that changed meanwhile is read again, one that
 * is gone is looked for again, one that may not be written at all has its notes on the records. Returns the meetings that can be
 * planned again at once.
 */
export async function settleRefusedAdoptions({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { meetingIds: string[] };
}): Promise<Set<string>> {
  if (input.meetingIds.length === 0) return new Set();
  const refused = await findRefusedAdoptions(ctx.db, ctx.organizationId, input.meetingIds);
  const rows = await loadAdoptions(
    ctx.db,
    ctx.organizationId,
    refused.map(({ meetingId }) => meetingId),
  );
  for (const { meetingId, code, message } of refused) {
    const row = rows.get(meetingId);
    const taken = row?.candidates.find(({ event }) => event.id === row.eventId);
    if (row === undefined || code === 'ALREADY_MODIFIED') continue;
    if (taken === undefined || isGone(code, message)) {
      await forgetAdoptions(ctx.db, ctx.organizationId, [meetingId]);
      continue;
    }
    await ctx.db.transaction(async (sql) => {
      await saveAdoptions(sql, ctx.organizationId, [{ ...row, readOnlyBecause: message }]);
      const { content } = taken;
      await placeReadOnly(sql, ctx.organizationId, { meetingId, crmId: taken.event.id, content, at: ctx.now() });
    });
  }
  return new Set(refused.map(({ meetingId }) => meetingId));
}

/** Source: Zoho CRM API v8, Update Records: INVALID_DATA, "the id given seems to be invalid". */
function isGone(code: string, message: string): boolean {
  return code === 'INVALID_DATA' && /\bthe id given seems to be invalid/i.test(message);
}

/** Wakes meetings that wait for a person at the end of their time, where the organization does not keep waiting. */
export async function scheduleUnsure({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { policy: Policy; meetings: { meetingId: string; publication: Publication }[] };
}): Promise<void> {
  if (input.policy.unsureEvent !== 'create') return;
  const asked = input.meetings.flatMap(({ meetingId, publication }) =>
    publication.kind === 'held' && publication.cause === 'calendar_event_unsure' ? [meetingId] : [],
  );
  if (asked.length > 0) await oweUnsure(ctx.db, ctx.organizationId, asked, ctx.now());
}
