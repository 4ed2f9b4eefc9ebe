import type { OrgCapabilities } from '../../crm/capabilities.ts';
import { refusalError } from '../../crm/crm-error.ts';
import { signedEvents } from '../../crm/find-extra.ts';
import { readOwnFields, removeOwnField } from '../../crm/own-fields.ts';
import type { Rights } from '../../crm/rights.ts';
import { findBackfill, lockBackfill, saveBackfill } from '../../db/queries/backfills.ts';
import { findConnection, saveCapabilities } from '../../db/queries/connections.ts';
import {
  countLeaving,
  countWritten,
  findDueLeave,
  forgetIds,
  type LeaveCounts,
  type LeaveFieldRow,
  listLeaveFields,
  markLeaving,
  planLeaveFields,
  saveLeaveField,
  unmarkLeaving,
} from '../../db/queries/leaving.ts';
import { type LeaveChoices, leavesRecords } from '../../domain/leave-choices.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';
import { readsIdsBack } from './price-leave.ts';
import type { LeaveResult, StoredLeave } from './stored-leave.ts';

/**
 * Goes on with leaving once no meeting is left to take out: meetings that were on their way when it began, the fields, and what is
 * still there. From then on the access may be given back. Every step can run again after a crash. Throws what concerns the connection.
 */
export async function advanceLeave({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection };
}): Promise<void> {
  const id = await findDueLeave(ctx.db, ctx.organizationId);
  if (id === null) return;
  const row = await findBackfill<StoredLeave>(ctx.db, ctx.organizationId, id);
  if (row === null || row.choices === null || row.closingAt !== null) return;
  const late = await markLeaving(ctx.db, ctx.organizationId, { id, name: row.createdBy, at: ctx.now() });
  if (late > 0) return;
  const { choices } = row;
  const problems = choices.fields === 'remove' ? await removeFields(ctx, input.open, id) : [];
  const result = await lookAtTheEnd(ctx, input.open, choices, problems);
  await ctx.db.transaction(async (sql) => {
    const now = await lockBackfill<StoredLeave>(sql, ctx.organizationId, id);
    if (now?.state !== 'undoing' || now.simulation === null) return;
    // What was in Zoho before is there still: a reconnection goes on with it.
    if (leavesRecords(choices)) await unmarkLeaving(sql, ctx.organizationId, { id, owedAt: null });
    const simulation: StoredLeave = { ...now.simulation, result };
    await saveBackfill(sql, ctx.organizationId, { ...now, simulation, closingAt: ctx.now() });
  });
}

/** Takes out every field of ours that Zoho lets go. Returns what stayed and why, in sentences. */
async function removeFields(ctx: FeatureContext, open: OpenConnection, leaveId: string): Promise<string[]> {
  const { organizationId, db } = ctx;
  const there = await readOwnFields(open.transport);
  await planLeaveFields(db, organizationId, leaveId, there);
  const planned = await listLeaveFields(db, organizationId, leaveId);
  for (const field of planned.filter(({ state }) => state === 'planned' || state === 'sending')) {
    // Its request may have arrived before a crash.
    const isThere = there.some(({ id }) => id === field.fieldId);
    if (isThere) await removeField(ctx, open, leaveId, field);
    else {
      await saveLeaveField(db, organizationId, leaveId, { ...field, state: 'done', message: null, at: ctx.now() });
      await forgetField(ctx, field.apiName);
    }
  }
  const left = await readOwnFields(open.transport);
  const outcomes = await listLeaveFields(db, organizationId, leaveId);
  return left.map(({ id, label }) => {
    const message = outcomes.find(({ fieldId }) => fieldId === id)?.message ?? 'it is still there.';
    return `Zoho kept the field “${label}”: ${message} Delete it in Zoho under Setup > Modules and Fields > Meetings.`;
  });
}

async function removeField(
  ctx: FeatureContext,
  open: OpenConnection,
  leaveId: string,
  field: LeaveFieldRow,
): Promise<void> {
  const save = (state: LeaveFieldRow['state'], message: string | null) =>
    saveLeaveField(ctx.db, ctx.organizationId, leaveId, { fieldId: field.fieldId, state, message, at: ctx.now() });
  await save('sending', null);
  const removal = await removeOwnField(open.transport, field.fieldId);
  if (removal.kind === 'done') {
    await save('done', null);
    return forgetField(ctx, field.apiName);
  }
  const isRefused =
    removal.kind === 'failed' && (removal.class === 'permanent' || removal.code === 'OAUTH_SCOPE_MISMATCH');
  if (isRefused) return save('failed', `${removal.message}.`);
  const what = `The field “${field.label}” could not be deleted now`;
  if (removal.kind === 'failed') throw refusalError(removal, what);
  throw new AppError('crm_unavailable', `${what}: ${removal.why} It is looked for again.`);
}

/** At once, because leaving may be cancelled from here on: what is written then must not name a field that is gone. */
async function forgetField(ctx: FeatureContext, apiName: string): Promise<void> {
  const connection = await findConnection<OrgCapabilities, Rights>(ctx.db, ctx.organizationId);
  if (connection === null) return;
  const known = connection.capabilities;
  const kept = (field: string | null) => (field === apiName ? null : field);
  const capabilities: OrgCapabilities = {
    ...known,
    mode: known.externalField === apiName ? 'marker' : known.mode,
    externalField: kept(known.externalField),
    activityTypeField: kept(known.activityTypeField),
    aiScoreField: kept(known.aiScoreField),
    recordingField: kept(known.recordingField),
    ownFields: known.ownFields?.filter((field) => field.apiName !== apiName) ?? [],
  };
  if (known.externalField === apiName) await forgetIds(ctx.db, ctx.organizationId);
  await saveCapabilities(ctx.db, ctx.organizationId, capabilities);
}

/** What is still in Zoho, by the ledger and, of the ids, as Zoho lists them; what should have gone and has not is said. */
async function lookAtTheEnd(
  ctx: FeatureContext,
  open: OpenConnection,
  choices: LeaveChoices,
  ofFields: string[],
): Promise<LeaveResult> {
  const { externalField } = open.connection.capabilities;
  const hasField = externalField !== null;
  const counts = await countWritten(ctx.db, ctx.organizationId, hasField);
  const undone = tellUndone(await countLeaving(ctx.db, ctx.organizationId, { choices, hasField }));
  let idsSeen: number | null = null;
  if (externalField !== null && readsIdsBack(choices, { hasField })) {
    idsSeen = 0;
    for await (const page of signedEvents(open.transport, externalField)) idsSeen += page.length;
  }
  const unknown = idsSeen === null ? 0 : idsSeen - counts.ids;
  return {
    events: counts.ownEvents,
    adoptedEvents: counts.adoptedEvents,
    notes: counts.summaryNotes + counts.consolidatedNotes,
    ids: counts.ids,
    idsSeen,
    problems: [...ofFields, ...undone, ...(unknown > 0 ? [tellUnknown(unknown)] : [])],
  };
}

/** What the choices would still take out. */
function tellUndone({ eventsDeleted, notesDeleted, idsTaken, eventsReleased }: LeaveCounts): string[] {
  const ids = idsTaken + eventsReleased;
  const parts = [
    ...(eventsDeleted > 0 ? [`${eventsDeleted} of our events`] : []),
    ...(notesDeleted > 0 ? [`${notesDeleted} of our notes`] : []),
    ...(ids > 0 ? [`${ids} of our ids`] : []),
  ];
  if (parts.length === 0) return [];
  return [
    `Zoho still has ${parts.join(', ')} that should have gone: it refused, or taking them out would have mailed people. Each meeting says why.`,
  ];
}

function tellUnknown(count: number): string {
  return `Zoho lists ${count} more events with a meeting’s id than are known here. Connect again and look at Settings > Comparison to find them.`;
}
