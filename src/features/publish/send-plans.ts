import { readRefusal } from '../../crm/read-refusal.ts';
import { eventPage } from '../../crm/to-zoho.ts';
import { CALL_SIZE, writeMeetings } from '../../crm/write-meeting.ts';
import {
  findTriedCreations,
  type NewOperation,
  type NewPlacement,
  type OperationOutcome,
  planAgain,
  readModifiedTimes,
} from '../../db/queries/ledger.ts';
import { blankEvent } from '../../domain/blank-event.ts';
import type { RecordRef } from '../../domain/crm-picture.ts';
import type { Obstacle } from '../../domain/obstacle.ts';
import { recordKey } from '../../domain/record-order.ts';
import type { EventContent, NoteContent } from '../../domain/sync-plan.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import type { OpenConnection } from '../open-connection.ts';
import { fillDemanded } from './fill-demanded.ts';
import { graver } from './graver-result.ts';
import { type CallOutcome, type LedgerWriter, openLedgerWriter } from './ledger-writer.ts';
import { lookBeforeWriting } from './look-before-writing.ts';
import { findPuzzle, type Puzzle, solvePuzzles } from './solve-puzzles.ts';
import { takeEdits } from './take-edits.ts';
import { toWrite } from './to-write.ts';

/** What became of one meeting's writes. */
export type SendResult =
  /** `differences`: what could not be written and does not stop the rest, in sentences. */
  | { kind: 'done'; differences?: string[]; obstacles?: Obstacle[] }
  /** Something is in Zoho that the plan did not know: the meeting is planned again at once. `refusal`: counts if that does not help. */
  | { kind: 'again'; reason?: string; refusal?: { code: string; message: string } }
  /** Zoho said no for good. */
  | { kind: 'failed'; code: string; message: string; obstacles?: Obstacle[] }
  /** Nothing was done; it can be tried later. `scope`: does it concern this record, or every call of the connection? */
  | {
      kind: 'later';
      scope: 'connection' | 'meeting';
      reason: string;
      retryAfterMs: number | null;
      /** Which limit of Zoho's was met; null: none. */
      throttle: 'concurrency' | 'day' | 'unclear' | null;
      /** Zoho's refusal that counts if waiting does not help. */
      refusal?: { code: string; message: string };
      /** Records that the writes named and that Zoho does not show to us. */
      hidden?: RecordRef[];
    }
  /** The access is dead. */
  | { kind: 'auth'; code: string | null; message: string }
  /** A request left and nobody knows its outcome: it is looked for before anything is sent again. */
  | { kind: 'unknown'; message: string; isDuplicate: boolean };

export type Outcome = Awaited<ReturnType<typeof writeMeetings>>[number];
type Action = NewOperation['action'];

/**
 * Deletions last: a record that gains a note gets it before another one loses its own. An event that makes way gives its id free
 * first, because Zoho takes an id only once.
 */
const PHASES: Action[][] = [
  ['disown_event'],
  ['create_event', 'update_event', 'adopt_event'],
  ['create_note', 'update_note'],
  ['delete_note'],
  ['release_event'],
  ['delete_event'],
];

/**
 * Sends the rows of the ledger, many meetings together: events first, then notes, deletions last, ten records a call (one
 * credit). Before a call its rows say `sending`; each reply is decoded record by record and each outcome is saved with what it
 * left in the CRM. What follows on something that did not work is not sent.
 */
export async function sendPlans({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: Pick<CrmGateway, 'pagesOf'>;
  input: {
    open: OpenConnection;
    operations: NewOperation[];
    /** Meetings that were refused for want of a right that is there: the refusal is about their own records. */
    denied?: ReadonlySet<string>;
    /** Where the events of these meetings are already. */
    events: Map<string, string>;
    priority: 'live' | 'history';
    /** No call is begun once it is aborted. */
    signal: AbortSignal;
    /** Cuts even the calls under way. */
    fence: AbortSignal;
  };
}): Promise<Map<string, SendResult>> {
  const ledger = openLedgerWriter(ctx);
  const run: Run = {
    ...input,
    ctx,
    gateway,
    ledger,
    events: new Map(input.events),
    results: new Map(),
    puzzles: [],
    takenOver: [],
  };
  const edited = await lookBeforeWriting({ ctx, gateway, input });
  for (const meetingId of edited) run.results.set(meetingId, { kind: 'again', reason: EDITED_MEANWHILE });
  for (const actions of PHASES) {
    const calls = await groupCalls(run, actions);
    await sendSome(run, calls);
  }
  const taken = { eventIds: run.takenOver, noteIds: [], deletedEvents: [], deletedNotes: [] };
  await takeEdits({ ctx, gateway, input: { open: input.open, ...taken } });
  const solved = await solvePuzzles({ ctx, gateway, input: { open: input.open, puzzles: run.puzzles } });
  for (const [meetingId, result] of solved) run.results.set(meetingId, graver(run.results.get(meetingId), result));
  return run.results;
}

const EDITED_MEANWHILE = 'Somebody changed this meeting in Zoho meanwhile; that is looked at first.';
/** Only the rows of calls that are about to leave say `sending`: after a crash those are looked for. */
const CALLS_AT_ONCE = 8;

async function sendSome(run: Run, calls: NewOperation[][]): Promise<void> {
  const waiting = [...calls];
  const sendNext = async () => {
    for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) await sendCall(run, call);
  };
  await Promise.all(Array.from({ length: Math.min(CALLS_AT_ONCE, calls.length) }, sendNext));
}

type Run = {
  ctx: FeatureContext;
  ledger: LedgerWriter;
  gateway: Pick<CrmGateway, 'pagesOf'>;
  open: OpenConnection;
  operations: NewOperation[];
  denied?: ReadonlySet<string>;
  events: Map<string, string>;
  priority: 'live' | 'history';
  signal: AbortSignal;
  fence: AbortSignal;
  results: Map<string, SendResult>;
  /** Refusals that have to be looked into before they mean anything. */
  puzzles: Puzzle[];
  /** Events that were in Zoho already: what was done to them since is read before they are planned again. */
  takenOver: string[];
};

/** Operations that may share a call: of one action, and updates only with those of the same known time. */
async function groupCalls(run: Run, actions: Action[]): Promise<NewOperation[][]> {
  const isGoing = ({ meetingId }: NewOperation) => (run.results.get(meetingId)?.kind ?? 'done') === 'done';
  const waiting = run.operations.filter((operation) => actions.includes(operation.action) && isGoing(operation));
  const updated = waiting.flatMap(({ action, crmId }) => (IS_CONDITIONAL.has(action) && crmId !== null ? [crmId] : []));
  const times = await readModifiedTimes(run.ctx.db, run.ctx.organizationId, updated);
  const groups = new Map<string, NewOperation[]>();
  for (const operation of waiting) {
    const time = IS_CONDITIONAL.has(operation.action) ? (times.get(operation.crmId ?? '') ?? null) : null;
    const timed = time === null ? operation : { ...operation, knownAt: time };
    const key = `${actions.indexOf(operation.action)}:${time}`;
    groups.set(key, [...(groups.get(key) ?? []), timed]);
  }
  return [...groups.values()].flatMap(inCalls);
}

const IS_CONDITIONAL: ReadonlySet<Action> = new Set(['update_event', 'update_note', 'release_event']);

function inCalls(operations: NewOperation[]): NewOperation[][] {
  const size = CALL_SIZE[operations[0]?.action ?? 'create_event'];
  const count = Math.ceil(operations.length / size);
  return Array.from({ length: count }, (_, at) => operations.slice(at * size, (at + 1) * size));
}

async function sendCall(run: Run, planned: NewOperation[]): Promise<void> {
  if (run.signal.aborted || isConnectionStopped(run)) return stop(run, planned);
  const { open } = run;
  const going = await run.ledger.markSending(planned.map((operation) => operation.id));
  const operations = planned.filter((operation) => going.has(operation.id));
  stop(
    run,
    planned.filter((operation) => !going.has(operation.id)),
  );
  if (operations.length === 0) return;
  const writes = operations.map((operation) => {
    const id = run.events.get(operation.meetingId) ?? '';
    return toWrite(operation, { id, url: urlOfEvent(run, id) });
  });
  const outcomes = await writeMeetings(open.transport, open.connection.capabilities, writes, {
    priority: run.priority,
    signal: run.fence,
  });
  const filled = fillDemanded(operations, outcomes);
  await planAgain(run.ctx.db, run.ctx.organizationId, filled);
  const isEnded = (one: NewOperation) => !filled.some(({ id }) => id === one.id);
  await saveOutcomes(
    run,
    operations.filter(isEnded),
    outcomes.filter((_, index) => operations[index] !== undefined && isEnded(operations[index])),
  );
  // Zoho names one empty field at a time, and each is filled once: this comes to an end.
  if (filled.length > 0)
    await sendCall(
      run,
      filled.map(({ operation }) => operation),
    );
}

function isConnectionStopped(run: Run): boolean {
  return [...run.results.values()].some(
    (result) => result.kind === 'auth' || (result.kind === 'later' && result.scope === 'connection'),
  );
}

function stop(run: Run, operations: NewOperation[]): void {
  const reason = 'Sending stopped before this was sent.';
  const later: SendResult = { kind: 'later', scope: 'meeting', reason, retryAfterMs: null, throttle: null };
  for (const { meetingId } of operations) run.results.set(meetingId, graver(run.results.get(meetingId), later));
}

function urlOfEvent(run: Run, eventId: string): string {
  const { dataCentre, zohoZgid } = run.open.connection;
  return eventPage(run.gateway.pagesOf(dataCentre), zohoZgid, eventId);
}

const PLACES_EVENT: ReadonlySet<Action> = new Set(['create_event', 'adopt_event']);
const ENDS_PLACEMENT: ReadonlySet<Action> = new Set(['delete_event', 'release_event', 'delete_note']);

async function saveOutcomes(run: Run, operations: NewOperation[], outcomes: Outcome[]): Promise<void> {
  const { rows, placed, removed }: CallOutcome = { rows: [], placed: [], removed: [] };
  const duplicates = operations.filter((_, index) => outcomes[index]?.kind === 'duplicate');
  const tried = await findTriedCreations(run.ctx.db, run.ctx.organizationId, duplicates);
  operations.forEach((operation, index) => {
    const outcome = outcomes[index] ?? { kind: 'unknown' as const, why: 'Zoho did not answer for this record.' };
    const isDenied = run.denied?.has(operation.meetingId) ?? false;
    const puzzle = findPuzzle(operation, outcome, { eventId: run.events.get(operation.meetingId) ?? null, isDenied });
    if (puzzle !== null) run.puzzles.push(puzzle);
    const judged = puzzle?.judgement ?? judge(operation, outcome, run.open.connection.capabilities.externalField);
    rows.push({ id: operation.id, ...judged.row });
    if (judged.crmId !== null) {
      const isStranger = outcome.kind === 'duplicate' && !tried.has(operation.meetingId);
      if (outcome.kind === 'duplicate' && !isStranger) run.takenOver.push(judged.crmId);
      if (PLACES_EVENT.has(operation.action)) run.events.set(operation.meetingId, judged.crmId);
      if (ENDS_PLACEMENT.has(operation.action)) removed.push(operation);
      else {
        const place = toPlacement(run, operation, judged.crmId, outcome);
        // Older than our first request: nobody's edit of it.
        placed.push(isStranger ? { ...place, content: blankEvent(operation.after as EventContent) } : place);
      }
    }
    run.results.set(operation.meetingId, graver(run.results.get(operation.meetingId), judged.result));
  });
  await run.ledger.save({ rows, placed, removed });
}

export type Judgement = { row: Omit<OperationOutcome, 'id'>; crmId: string | null; result: SendResult };

function judge(operation: NewOperation, outcome: Outcome, externalField: string | null): Judgement {
  if (outcome.kind === 'done') {
    const row = { state: 'done' as const, crmId: outcome.id, errorCode: null, errorMessage: null };
    return { row, crmId: outcome.id, result: { kind: 'done' } };
  }
  const obstacle = CURABLE.has(operation.action) ? readRefusal(outcome, aimOf(operation), externalField) : null;
  if (obstacle !== null) return judgeObstacle(operation, outcome, obstacle);
  if (outcome.kind === 'duplicate' && outcome.field !== null && outcome.field !== externalField) {
    return judgeForeignDuplicate(outcome.field);
  }
  if (outcome.kind === 'duplicate' && operation.action === 'create_event' && outcome.existingId !== null) {
    const errorMessage = 'The event was in Zoho already; it was taken over and is brought up to date.';
    const row = { state: 'done' as const, crmId: outcome.existingId, errorCode: 'DUPLICATE_DATA', errorMessage };
    return { row, crmId: outcome.existingId, result: { kind: 'again' } };
  }
  if (outcome.kind === 'unknown' || outcome.kind === 'duplicate') {
    // A duplicate without an id is looked for by its external id, like an outcome that nobody knows.
    const message = outcome.kind === 'unknown' ? outcome.why : 'Zoho has this event already but did not say which.';
    const isDuplicate = outcome.kind === 'duplicate';
    const errorCode = isDuplicate ? 'DUPLICATE_DATA' : 'OUTCOME_UNKNOWN';
    const row = { state: 'unknown' as const, crmId: null, errorCode, errorMessage: message };
    return { row, crmId: null, result: { kind: 'unknown', message, isDuplicate } };
  }
  if (LEAVES_EVENT.has(operation.action) && isGone(outcome)) {
    const errorMessage = 'The event was not in Zoho any more.';
    const row = { state: 'done' as const, crmId: operation.crmId, errorCode: null, errorMessage };
    return { row, crmId: operation.crmId, result: { kind: 'done' } };
  }
  return judgeFailure(outcome);
}

/** Of the calendar's own events nothing is demanded: one that refuses is left alone. */
const CURABLE: ReadonlySet<Action> = new Set([
  'create_event',
  'update_event',
  'disown_event',
  'create_note',
  'update_note',
  'delete_note',
  'delete_event',
]);

/** What a write is about: the record that a note hangs on, the event itself, or the record that a new event is related to. */
function aimOf({ action, slot, crmId, after }: NewOperation): { slot: string; record: string | null } {
  if (action === 'create_note') {
    const { parent } = after as NoteContent;
    return { slot: slot ?? '', record: parent.id === null ? null : `${parent.module}:${parent.id}` };
  }
  if (action !== 'create_event') {
    const ours = action.endsWith('_note') ? 'notes' : 'events';
    return { slot: slot ?? 'event', record: crmId === null ? null : `${ours}:${crmId}` };
  }
  const { primary } = after as EventContent;
  return { slot: 'event', record: primary === null ? null : recordKey(primary) };
}

/**
 * Without its event a meeting waits, and an event that still has its people is not deleted; what else is refused leaves the rest of the
 * meeting as it is.
 */
function judgeObstacle(operation: NewOperation, outcome: Outcome, obstacle: Obstacle): Judgement {
  const errorCode = outcome.kind === 'failed' ? (outcome.code ?? 'FAILED') : 'DUPLICATE_DATA';
  const message =
    outcome.kind === 'failed' ? outcome.message : judgeForeignDuplicate(obstacle.subject).row.errorMessage;
  const row = { state: 'failed' as const, crmId: null, errorCode, errorMessage: message };
  const obstacles = [obstacle];
  const isFatal = operation.action === 'create_event' || operation.action === 'disown_event';
  if (!isFatal) return { row, crmId: null, result: { kind: 'done', obstacles } };
  return { row, crmId: null, result: { kind: 'failed', code: errorCode, message: message ?? errorCode, obstacles } };
}

const LEAVES_EVENT: ReadonlySet<Action> = new Set(['disown_event', 'release_event']);

/** Source: Zoho CRM API v8, Update Records: INVALID_DATA, "the id given seems to be invalid". */
function isGone({ code, message }: Extract<Outcome, { kind: 'failed' }>): boolean {
  return code === 'INVALID_DATA' && /\bthe id given seems to be invalid/i.test(message);
}

/** Another record holds a value that the customer's org wants unique: that record is not ours and is left alone. */
function judgeForeignDuplicate(field: string): Judgement {
  const message = `Another record in Zoho has the same value in its field ${field}, which has to be unique there.`;
  const row = { state: 'failed' as const, crmId: null, errorCode: 'DUPLICATE_DATA', errorMessage: message };
  return { row, crmId: null, result: { kind: 'failed', code: 'DUPLICATE_DATA', message } };
}

function judgeFailure(outcome: Extract<Outcome, { kind: 'failed' }>): Judgement {
  const { code, message } = outcome;
  const errorCode = code ?? 'FAILED';
  if (outcome.class === 'permanent') {
    const row = { state: 'failed' as const, crmId: null, errorCode, errorMessage: message };
    return { row, crmId: null, result: { kind: 'failed', code: errorCode, message } };
  }
  // Nothing was done at Zoho: the row waits again, and the next plan takes its place.
  const row = { state: 'planned' as const, crmId: null, errorCode, errorMessage: message };
  if (outcome.class === 'auth') return { row, crmId: null, result: { kind: 'auth', code, message } };
  const isThrottle = outcome.class === 'throttle';
  return {
    row,
    crmId: null,
    result: {
      kind: 'later',
      scope: isThrottle ? 'connection' : 'meeting',
      reason: message,
      retryAfterMs: outcome.retryAfterMs,
      throttle: outcome.throttle,
    },
  };
}

function toPlacement(run: Run, operation: NewOperation, crmId: string, outcome: Outcome): NewPlacement {
  const { meetingId, slot } = operation;
  const crmModifiedAt = outcome.kind === 'done' ? outcome.modifiedTime : null;
  if (operation.action.endsWith('_event')) {
    const content = operation.after as EventContent;
    const adopted = operation.adopted === undefined ? {} : { adopted: operation.adopted };
    const place = { meetingId, slot, crmId, parentModule: null, parentRecordId: null };
    return { ...place, content, crmModifiedAt, ...adopted };
  }
  const content = operation.after as NoteContent;
  const parentRecordId = content.parent.id ?? run.events.get(meetingId) ?? null;
  return { meetingId, slot, crmId, parentModule: content.parent.module, parentRecordId, content, crmModifiedAt };
}
