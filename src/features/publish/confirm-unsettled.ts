import { crmError } from '../../crm/crm-error.ts';
import { findEvents, findNotesByMarker } from '../../crm/find-written.ts';
import {
  findTriedCreations,
  findUnsettledOperations,
  listPlacements,
  type NewPlacement,
  type OperationOutcome,
  type OperationRow,
  recordOutcomes,
  savePlacements,
} from '../../db/queries/ledger.ts';
import { findWithdrawnMeetings } from '../../db/queries/owed-meetings.ts';
import { blankEvent } from '../../domain/blank-event.ts';
import { noteMarker } from '../../domain/note-slot.ts';
import type { EventContent, NoteContent } from '../../domain/sync-plan.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import type { OpenConnection } from '../open-connection.ts';
import { takeEdits } from './take-edits.ts';

/** Longer than a request can live on the other side: what is not there after it never comes. */
export const QUARANTINE_SECONDS = 60;

/** How long a meeting waits whose notes Zoho refuses to list. */
const REFUSED_RETRY_SECONDS = 15 * 60;

/** When a meeting may go on: now, or at a time that is later because a request may still be under way at Zoho. */
export type Confirmation = Map<string, Date>;

/**
 * Finds out what became of writes whose outcome nobody knows, before anything is sent again. Events are looked for by external
 * id at once (a late arrival is refused as a duplicate), but after a quarantine where no second one would refuse it: the meeting was
 * retracted or is private now. New notes are looked for by their marker after a quarantine. Found ones are taken over and read
 * (a person may have edited them since), extra copies are kept in mind to be removed, missing ones are planned again. Updates and
 * deletions can simply be repeated.
 * Returns the meetings that have to wait, with their time. Throws when Zoho cannot be read.
 */
export async function confirmUnsettled({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: Pick<CrmGateway, 'pagesOf'>;
  input: { open: OpenConnection; meetingIds: string[] };
}): Promise<Confirmation> {
  const unsettled = await findUnsettledOperations(ctx.db, ctx.organizationId, input.meetingIds);
  const waiting: Confirmation = new Map();
  if (unsettled.length === 0) return waiting;
  const isMarkerMode = input.open.connection.capabilities.externalField === null;
  const withdrawn = await findWithdrawnMeetings(ctx.db, ctx.organizationId, input.meetingIds);
  const ready = unsettled.filter((operation) => {
    const until = quarantineEnd(operation, isMarkerMode || withdrawn.has(operation.meetingId));
    if (until === null || until <= ctx.now()) return true;
    const known = waiting.get(operation.meetingId);
    if (known === undefined || known < until) waiting.set(operation.meetingId, until);
    return false;
  });
  const taken: TakenOver = { eventIds: [], noteIds: [] };
  const events = await confirmEvents(ctx, input.open, ready, taken);
  await confirmNotes(ctx, input.open, ready, { events, waiting, taken });
  await repeatOthers(ctx, ready);
  // Nobody knows what happened to them since, nor, of earlier requests, which one arrived: so they are compared before they are planned.
  const { open } = input;
  await takeEdits({ ctx, gateway, input: { open, ...taken, deletedEvents: [], deletedNotes: [] } });
  return waiting;
}

/** Records that were found although the answer to their creation was lost. */
type TakenOver = { eventIds: string[]; noteIds: string[] };

function quarantineEnd(operation: OperationRow, areEventsWaitedFor: boolean): Date | null {
  const { action } = operation;
  const needsQuarantine = action === 'create_note' || (areEventsWaitedFor && action === 'create_event');
  if (!needsQuarantine || operation.sentAt === null) return null;
  return new Date(operation.sentAt.getTime() + QUARANTINE_SECONDS * 1000);
}

/** Returns where the events of the meetings concerned are. */
async function confirmEvents(
  ctx: FeatureContext,
  open: OpenConnection,
  operations: OperationRow[],
  taken: TakenOver,
): Promise<Map<string, string>> {
  const creations = operations.filter((operation) => operation.action === 'create_event');
  const placements = await listPlacements(ctx.db, ctx.organizationId, [
    ...new Set(operations.map((operation) => operation.meetingId)),
  ]);
  const events = new Map(
    placements.filter((placement) => placement.slot === 'event').map(({ meetingId, crmId }) => [meetingId, crmId]),
  );
  if (creations.length === 0) return events;
  const answer = await findEvents(
    open.transport,
    open.connection.capabilities,
    creations.map((operation) => operation.after as EventContent),
  );
  if (answer.kind === 'failed') throw crmError(answer, 'Zoho could not be asked for events that may have been written');
  const tried = await findTriedCreations(ctx.db, ctx.organizationId, creations);
  const outcomes: OperationOutcome[] = [];
  const placed: NewPlacement[] = [];
  for (const operation of creations) {
    const crmId = answer.found.get(operation.meetingId) ?? null;
    outcomes.push(crmId === null ? neverArrived(operation) : arrived(operation, crmId));
    if (crmId === null) continue;
    events.set(operation.meetingId, crmId);
    // Zoho had it before our first request: what is in it is older than the meeting, and nobody's edit of it.
    const isStranger = operation.errorCode === 'DUPLICATE_DATA' && !tried.has(operation.meetingId);
    if (!isStranger) taken.eventIds.push(crmId);
    const wanted = operation.after as EventContent;
    const content = isStranger ? blankEvent(wanted) : wanted;
    placed.push({
      meetingId: operation.meetingId,
      slot: null,
      crmId,
      parentModule: null,
      parentRecordId: null,
      content,
    });
  }
  await save(ctx, outcomes, placed);
  return events;
}

async function confirmNotes(
  ctx: FeatureContext,
  open: OpenConnection,
  operations: OperationRow[],
  { events, waiting, taken }: { events: Map<string, string>; waiting: Confirmation; taken: TakenOver },
): Promise<void> {
  for (const operation of operations.filter(({ action }) => action === 'create_note')) {
    const { meetingId, slot } = operation;
    const content = operation.after as NoteContent;
    const parentId = content.parent.id ?? events.get(meetingId) ?? null;
    if (parentId === null || slot === null) {
      await save(ctx, [neverArrived(operation)], []);
      continue;
    }
    const parent = { module: content.parent.module, id: parentId };
    const answer = await findNotesByMarker(open.transport, parent, noteMarker(meetingId, slot));
    if (answer.kind === 'parent_gone') {
      await save(ctx, [neverArrived(operation)], []);
      continue;
    }
    if (answer.kind === 'failed' && answer.class === 'permanent') {
      // Zoho will not tell about this one record: its meeting waits for that, and no other.
      waiting.set(meetingId, new Date(ctx.now().getTime() + REFUSED_RETRY_SECONDS * 1000));
      continue;
    }
    if (answer.kind === 'failed')
      throw crmError(answer, 'Zoho could not be asked for notes that may have been written');
    const [first, ...copies] = answer.ids;
    const place = (crmId: string, atSlot: string): NewPlacement => ({
      meetingId,
      slot: atSlot,
      crmId,
      parentModule: parent.module,
      parentRecordId: parent.id,
      content,
    });
    if (first === undefined) await save(ctx, [neverArrived(operation)], []);
    // A slot that no plan wants is deleted by the next plan: so a copy leaves again.
    else {
      const placed = [place(first, slot), ...copies.map((crmId) => place(crmId, `copy:${crmId}`))];
      await save(ctx, [arrived(operation, first)], placed);
      taken.noteIds.push(first, ...copies);
    }
  }
}

async function repeatOthers(ctx: FeatureContext, operations: OperationRow[]): Promise<void> {
  const outcomes = operations
    .filter(({ action }) => action !== 'create_event' && action !== 'create_note')
    .map((operation) => ({ ...neverArrived(operation), errorMessage: 'The outcome was unknown; it is sent again.' }));
  await save(ctx, outcomes, []);
}

async function save(ctx: FeatureContext, outcomes: OperationOutcome[], placed: NewPlacement[]): Promise<void> {
  if (outcomes.length === 0) return;
  await ctx.db.transaction(async (sql) => {
    await recordOutcomes(sql, ctx.organizationId, outcomes, ctx.now());
    await savePlacements(sql, ctx.organizationId, placed, ctx.now());
  });
}

function arrived(operation: OperationRow, crmId: string): OperationOutcome {
  const errorMessage = 'The answer was lost; Zoho has it.';
  return { id: operation.id, state: 'done', crmId, errorCode: null, errorMessage };
}

function neverArrived(operation: OperationRow): OperationOutcome {
  const errorMessage = 'The answer was lost, and Zoho does not have it; it is sent again.';
  return { id: operation.id, state: 'failed', crmId: null, errorCode: 'NEVER_ARRIVED', errorMessage };
}
