import { findAbsentRecords } from '../../crm/read-ours.ts';
import { addHints } from '../../db/queries/hints.ts';
import type { NewOperation } from '../../db/queries/ledger.ts';
import type { RecordRef } from '../../domain/crm-picture.ts';
import { shownOn } from '../../domain/move-with-records.ts';
import type { Obstacle } from '../../domain/obstacle.ts';
import { recordKey } from '../../domain/record-order.ts';
import type { EventContent, NoteContent } from '../../domain/sync-plan.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import type { OpenConnection } from '../open-connection.ts';
import type { Judgement, Outcome, SendResult } from './send-plans.ts';
import { takeEdits } from './take-edits.ts';

/**
 * A refusal that may mean that Zoho knows more than we do. `stale`: the record was changed or deleted there. `relation`: a record that
 * the write names may be gone.
 */
export type Puzzle = { meetingId: string; judgement: Judgement } & (
  | { kind: 'stale'; crmId: string; isNote: boolean }
  | { kind: 'relation'; records: RecordRef[]; isNote: boolean }
);

type Failure = Extract<Outcome, { kind: 'failed' }>;

/**
 * Sources: Zoho CRM API v8, Update Records: 412 ALREADY_MODIFIED; INVALID_DATA "the id given seems to be invalid". Notes and Events:
 * INVALID_DATA "the related id given seems to be invalid" with the field's api_name.
 */
export function findPuzzle(
  operation: NewOperation,
  outcome: Outcome,
  /** `isDenied`: the rights were looked at since the first refusal, and lack nothing. */
  { eventId, isDenied }: { eventId: string | null; isDenied: boolean },
): Puzzle | null {
  if (outcome.kind !== 'failed') return null;
  const { meetingId, action, crmId } = operation;
  const isUpdate = action === 'update_event' || action === 'update_note';
  const isRelation =
    (isDenied && outcome.code === 'NO_PERMISSION') ||
    (outcome.code === 'INVALID_DATA' && /\brelated id given seems to be invalid/i.test(outcome.message));
  const isGone = outcome.code === 'INVALID_DATA' && /\bthe id given seems to be invalid/i.test(outcome.message);
  const isEdited = (isUpdate || action === 'release_event') && outcome.code === 'ALREADY_MODIFIED';
  if (crmId !== null && (isEdited || (isUpdate && isGone))) {
    const judgement = judge(outcome, {
      kind: 'again',
      reason: 'It was changed in Zoho meanwhile; that is looked at first.',
      ...(isGone ? { refusal: refusalOf(outcome) } : {}),
    });
    return { kind: 'stale', meetingId, judgement, crmId, isNote: action === 'update_note' };
  }
  if (!isRelation) return null;
  if (action !== 'create_note') return findRelation(operation, outcome);
  const { parent } = operation.after as NoteContent;
  if (parent.module === 'events') {
    if (eventId === null) return null;
    const reason = 'The event is not in Zoho any more.';
    const judgement = judge(outcome, { kind: 'again', reason, refusal: refusalOf(outcome) });
    return { kind: 'stale', meetingId, judgement, crmId: eventId, isNote: false };
  }
  const slot = operation.slot ?? '';
  const records = parent.id === null ? [] : [{ module: parent.module, id: parent.id }];
  const obstacles = records.map(
    (record): Obstacle => ({ slot, kind: 'record_hidden', subject: recordKey(record), detail: '' }),
  );
  return {
    kind: 'relation',
    meetingId,
    judgement: judge(outcome, { kind: 'done', obstacles }),
    records,
    isNote: true,
  };
}

function findRelation(operation: NewOperation, outcome: Failure): Puzzle | null {
  const { meetingId, action, after } = operation;
  if (action !== 'create_event' && action !== 'update_event') return null;
  const result: SendResult = { kind: 'failed', code: outcome.code ?? 'INVALID_DATA', message: outcome.message };
  return {
    kind: 'relation',
    meetingId,
    judgement: judge(outcome, result),
    records: shownOn(after as EventContent),
    isNote: false,
  };
}

function refusalOf({ code, message }: Failure): { code: string; message: string } {
  return { code: code ?? 'INVALID_DATA', message };
}

/** Nothing was written. */
function judge({ code, message }: Failure, result: SendResult): Judgement {
  const state = result.kind === 'again' ? ('planned' as const) : ('failed' as const);
  return { row: { state, crmId: null, errorCode: code, errorMessage: message }, crmId: null, result };
}

/**
 * Looks into refusals: records that were changed are read and merged, records that are named are looked for. What is gone is noted down
 * to be read again, so that the next plan does without it. Costs nothing where nothing was refused.
 */
export async function solvePuzzles({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: Pick<CrmGateway, 'pagesOf'>;
  input: { open: OpenConnection; puzzles: Puzzle[] };
}): Promise<Map<string, SendResult>> {
  const { open, puzzles } = input;
  const stale = puzzles.filter((puzzle) => puzzle.kind === 'stale');
  if (stale.length > 0) {
    const eventIds = stale.filter((puzzle) => !puzzle.isNote).map((puzzle) => puzzle.crmId);
    const noteIds = stale.filter((puzzle) => puzzle.isNote).map((puzzle) => puzzle.crmId);
    const input = { open, eventIds, noteIds, deletedEvents: [], deletedNotes: [], isAbsenceProof: true };
    await takeEdits({ ctx, gateway, input });
  }
  const relations = puzzles.filter((puzzle) => puzzle.kind === 'relation');
  const absent = await findAbsentRecords(
    open.transport,
    relations.flatMap((puzzle) => puzzle.records),
  );
  const hints = absent.map(({ module, id }) => ({ module, recordId: id, isDeletion: true, isCreation: false }));
  await addHints(ctx.db, ctx.organizationId, hints, ctx.now());
  const gone = new Set(absent.map(recordKey));
  const results = new Map<string, SendResult>();
  for (const { meetingId, records, isNote, judgement } of relations) {
    if (isNote || !records.some((record) => gone.has(recordKey(record)))) continue;
    const reason = 'A record that this meeting concerns is not in Zoho any more; that is read first.';
    const { errorCode, errorMessage } = judgement.row;
    const refusal = { code: errorCode ?? 'INVALID_DATA', message: errorMessage ?? reason };
    results.set(meetingId, {
      kind: 'later',
      scope: 'meeting',
      reason,
      retryAfterMs: null,
      throttle: null,
      refusal,
      hidden: records.filter((record) => gone.has(recordKey(record))),
    });
  }
  return results;
}
