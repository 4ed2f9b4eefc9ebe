import {
  type PickedMeeting,
  postponeMeetings,
  type SettledMeeting,
  settleMeetings,
} from '../db/queries/owed-meetings.ts';
import { oweMergedInto } from '../db/queries/recordings.ts';
import { isAppError } from '../errors.ts';
import { type EvaluatedMeeting, evaluateMeetings, saveEvaluated } from '../features/associate/evaluate-meetings.ts';
import { type GatheredMeetings, gatherMeetings } from '../features/associate/gather-meetings.ts';
import type { FeatureContext } from '../features/context.ts';
import type { CrmGateway } from '../features/crm-gateway.ts';
import { canReadRoles, loadRolesOfDeals } from '../features/mirror/load-roles.ts';
import { decideEvents } from '../features/one-event/decide-events.ts';
import { scheduleUnsure, settleRefusedAdoptions } from '../features/one-event/settle-adoptions.ts';
import { type Connection, type OpenConnection, reloadConnection } from '../features/open-connection.ts';
import { confirmUnsettled } from '../features/publish/confirm-unsettled.ts';
import { findOvertaken } from '../features/publish/find-overtaken.ts';
import { meetObstacles } from '../features/publish/meet-obstacles.ts';
import { type PlannedMeeting, planMeetings, savePlans } from '../features/publish/plan-meetings.ts';
import { type SendResult, sendPlans } from '../features/publish/send-plans.ts';
import { type Differences, verifyWritten } from '../features/publish/verify-written.ts';
import type { Interruption } from './interruption.ts';
import type { Turns } from './take-turns.ts';
import { withObstacle } from './with-obstacle.ts';

export type BatchInput = {
  open: OpenConnection;
  meetings: PickedMeeting[];
  priority: 'live' | 'history';
  /** Nothing new is begun once it is aborted; what is under way comes to its end. */
  signal: AbortSignal;
  /** Meetings that were refused already, and the rights were looked at since: the refusal is about their own records. */
  denied: ReadonlySet<string>;
  /** The lock of the connection is lost: somebody else may be sending already, so even calls under way are cut. */
  fence: AbortSignal;
  /** One lot at a time decides which events of the calendar are whose: two must not take the same one. */
  decideAlone: Turns;
};

/** Deals whose roles are read at once because meetings wait for them; beyond it the sweep completes the meetings later. */
const ROLES_ON_DEMAND = { live: 100, history: 1000 };
const RETRY_BASE_MS = 2_000;
const RETRY_MAX_MS = 15 * 60_000;

/**
 * Brings owed meetings to Zoho together: confirm what is unknown, gather, decide, plan, send, verify, settle. Every step can run
 * again after a crash. Returns what stops the connection, or null.
 */
export async function publishBatch(
  ctx: FeatureContext,
  gateway: CrmGateway,
  input: BatchInput,
): Promise<Interruption | null> {
  const waiting = await confirmUnsettled({
    ctx,
    gateway,
    input: { open: input.open, meetingIds: input.meetings.map((meeting) => meeting.id) },
  });
  await postponeMeetings(
    ctx.db,
    ctx.organizationId,
    [...waiting].map(([id, runAt]) => ({
      id,
      runAt,
      reason: 'Waiting to see whether an earlier request arrived at Zoho.',
      countsAsAttempt: false,
    })),
  );
  const ready = input.meetings.filter((meeting) => !waiting.has(meeting.id));
  if (ready.length === 0) return null;
  const { gathered, evaluated } = await evaluateWithRoles(ctx, input, ready);
  await input.decideAlone(input.priority, () =>
    decideEvents({
      ctx,
      input: { open: input.open, meetings: evaluated, policy: gathered.policy, priority: input.priority },
    }),
  );
  // What the user may do can change during a turn: the plan goes by what is known now.
  await reloadConnection(ctx, input.open);
  const { connection } = input.open;
  const planned = await planMeetings({
    ctx,
    gateway,
    input: {
      connection,
      meetings: evaluated,
      picture: gathered.picture,
      policy: gathered.policy,
    },
  });
  if (input.signal.aborted) return null;
  const operations = await ctx.db.transaction(async (sql) => {
    await saveEvaluated({ ctx, sql, input: { gathered, evaluated } });
    return savePlans({ ctx, sql, input: { connection, planned } });
  });
  const events = new Map(
    planned.flatMap(({ loaded, written }) =>
      written.event === null ? [] : [[loaded.meeting.id, written.event.crmId] as const],
    ),
  );
  const results = await sendPlans({ ctx, gateway, input: { ...input, operations, events } });
  for (const id of await settleRefusedAdoptions({ ctx, input: { meetingIds: unwritten(results) } })) {
    results.set(id, { kind: 'again' });
  }
  await finishBatch(ctx, gateway, input, { planned, results, connection });
  await oweMergedInto(
    ctx.db,
    ctx.organizationId,
    planned.map(({ loaded }) => loaded.meeting.id),
    ctx.now(),
  );
  await scheduleUnsure({
    ctx,
    input: {
      policy: gathered.policy,
      meetings: planned.map(({ loaded, publication }) => ({ meetingId: loaded.meeting.id, publication })),
    },
  });
  return findInterruption(input, results);
}

function unwritten(results: Map<string, SendResult>): string[] {
  return [...results].flatMap(([id, { kind }]) => (kind === 'failed' || kind === 'later' ? [id] : []));
}

async function evaluateWithRoles(
  ctx: FeatureContext,
  { open, priority }: BatchInput,
  meetings: { id: string }[],
): Promise<{ gathered: GatheredMeetings; evaluated: EvaluatedMeeting[] }> {
  const meetingIds = meetings.map((meeting) => meeting.id);
  const gathered = await gatherMeetings({ ctx, input: { meetingIds } });
  const evaluated = evaluateMeetings(gathered);
  const unknown = evaluated
    .filter(({ publication }) => publication.kind === 'publish')
    .flatMap(({ evaluation }) => evaluation.dealsWithUnknownRoles);
  const dealIds = [...new Set(unknown)].slice(0, ROLES_ON_DEMAND[priority]);
  if (dealIds.length === 0 || !canReadRoles(open)) return { gathered, evaluated };
  await loadRolesOfDeals({ ctx, input: { open, dealIds, priority } });
  const again = await gatherMeetings({ ctx, input: { meetingIds } });
  return { gathered: again, evaluated: evaluateMeetings(again) };
}

async function finishBatch(
  ctx: FeatureContext,
  gateway: CrmGateway,
  input: BatchInput,
  {
    planned,
    results,
    connection,
  }: { planned: PlannedMeeting[]; results: Map<string, SendResult>; connection: Connection },
): Promise<void> {
  const sequences = new Map(input.meetings.map((meeting) => [meeting.id, meeting.owedSeq]));
  const isDone = ({ loaded }: PlannedMeeting) => (results.get(loaded.meeting.id)?.kind ?? 'done') === 'done';
  const published = planned.filter(
    (meeting) => isDone(meeting) && meeting.publication.kind === 'publish' && meeting.plan.blocked === null,
  );
  const toVerify = published.filter(({ plan, loaded }) => plan.operations.length > 0 || !loaded.isVerified);
  const verification = await verify(ctx, gateway, input, toVerify);
  const met = await meetObstacles({ ctx, input: { planned, results } });
  const settled: SettledMeeting[] = [];
  const postponed: Parameters<typeof postponeMeetings>[2] = [];
  for (const meeting of planned) {
    const { id } = meeting.loaded.meeting;
    const result = results.get(id) ?? { kind: 'done' };
    const owedSeq = sequences.get(id) ?? meeting.loaded.owedSeq;
    if (meeting.plan.blocked !== null) postponed.push(waitForRight(ctx, meeting, meeting.plan.blocked));
    else if (result.kind === 'done') {
      const isUnread = verification.kind === 'unread' && toVerify.includes(meeting);
      if (isUnread) postponed.push(postpone(ctx, meeting, verification.reason, RETRY_BASE_MS * 5));
      else settled.push(withObstacle(settle(meeting, owedSeq, verification, result.differences ?? []), met.of(id)));
    } else if (result.kind === 'failed' && isFirstRefusal(input, id, result))
      postponed.push(postpone(ctx, meeting, result.message, 0));
    else if (result.kind === 'failed') settled.push(withObstacle(settleFailed(meeting, owedSeq, result), met.of(id)));
    else if (met.withoutHidden.has(id)) postponed.push(postpone(ctx, meeting, reasonOf(result), 0));
    else {
      const refusal = hopeless(meeting, result);
      const wait = postpone(ctx, meeting, reasonOf(result), delayOf(meeting, result));
      if (refusal !== null) settled.push(settleFailed(meeting, owedSeq, refusal));
      else postponed.push({ ...wait, countsAsAttempt: wait.countsAsAttempt || result.kind === 'again' });
    }
  }
  await ctx.db.transaction(async (sql) => {
    // Before all others: whoever saves a consent locks the connection first as well.
    const overtaken = await findOvertaken({ ctx, sql, input: { connection, planned } });
    await met.save(sql);
    const again = planned.filter(({ loaded }) => overtaken.has(loaded.meeting.id));
    const isLast = ({ id }: { id: string }) => !overtaken.has(id);
    await settleMeetings(sql, ctx.organizationId, settled.filter(isLast), ctx.now());
    const atOnce = again.map((meeting) => postpone(ctx, meeting, ALLOWED_MEANWHILE, 0));
    await postponeMeetings(sql, ctx.organizationId, [...postponed.filter(isLast), ...atOnce]);
  });
}

const ALLOWED_MEANWHILE = 'What Zoho allows has changed meanwhile.';

type VerificationResult = { kind: 'read'; differences: Differences } | { kind: 'unread'; reason: string };

/** Reading back may fail like any call; then the meetings stay owed and are verified later, without a write. */
async function verify(
  ctx: FeatureContext,
  gateway: CrmGateway,
  input: BatchInput,
  meetings: PlannedMeeting[],
): Promise<VerificationResult> {
  if (meetings.length === 0) return { kind: 'read', differences: new Map() };
  try {
    const meetingIds = meetings.map(({ loaded }) => loaded.meeting.id);
    return {
      kind: 'read',
      differences: await verifyWritten({ ctx, gateway, input: { open: input.open, meetingIds } }),
    };
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === 'crm_rejected') return verifyApart(ctx, gateway, input, meetings, error.message);
    return {
      kind: 'unread',
      reason: `Published; it is not verified yet, because Zoho could not be read. ${error.message}`,
    };
  }
}

/** What one meeting may not read must not keep the others unverified. */
async function verifyApart(
  ctx: FeatureContext,
  gateway: CrmGateway,
  input: BatchInput,
  meetings: PlannedMeeting[],
  message: string,
): Promise<VerificationResult> {
  const [first, ...others] = meetings;
  if (first !== undefined && others.length === 0) {
    const difference = `It could not be read back: ${message}`;
    return { kind: 'read', differences: new Map([[first.loaded.meeting.id, [difference]]]) };
  }
  const differences: Differences = new Map();
  for (const meeting of meetings) {
    const result = await verify(ctx, gateway, input, [meeting]);
    if (result.kind === 'unread') return result;
    for (const [id, found] of result.differences) differences.set(id, found);
  }
  return { kind: 'read', differences };
}

const SETTLED_STATES = {
  publish: 'published',
  held: 'held',
  not_published: 'not_published',
  waiting: 'waiting',
} as const;

function settle(
  meeting: PlannedMeeting,
  owedSeq: number,
  verification: VerificationResult,
  unwritten: string[],
): SettledMeeting {
  const { loaded, publication } = meeting;
  const { id } = loaded.meeting;
  const read = verification.kind === 'read' ? verification.differences.get(id) : undefined;
  const differences = unwritten.length === 0 ? read : [...(read ?? []), ...unwritten];
  const isPublished = publication.kind === 'publish';
  return {
    id,
    owedSeq,
    version: loaded.version,
    state: loaded.isRetracted ? 'retracted' : SETTLED_STATES[publication.kind],
    ...reasonFor(meeting),
    isVerified: isPublished && (differences === undefined ? loaded.isVerified : differences.length === 0),
    isFresh: differences !== undefined,
    differences: differences ?? [],
  };
}

/**
 * Published without its notes is published; the page says what is missing, and a right that comes back owes it. What people
 * changed in Zoho and is left as it is there is said as well, and what is asked about it.
 */
function reasonFor({ publication, plan }: PlannedMeeting): Pick<SettledMeeting, 'cause' | 'reason'> {
  const tell = (...sentences: string[]) => [...sentences, ...plan.standing].join(' ');
  if (publication.kind !== 'publish') {
    const left = plan.withoutNotes === null ? [] : [plan.withoutNotes];
    return { cause: publication.cause, reason: tell(publication.reason, ...left) };
  }
  if (plan.withoutNotes !== null) return { cause: 'left_out', reason: tell(plan.withoutNotes) };
  return { cause: publication.asks ?? (plan.standing.length > 0 ? 'edited_in_crm' : null), reason: tell() };
}

type Refusal = { code: string; message: string };

function settleFailed({ loaded }: PlannedMeeting, owedSeq: number, result: Refusal): SettledMeeting {
  const reason = `Zoho refused a write: ${result.message}`;
  return {
    id: loaded.meeting.id,
    owedSeq,
    version: loaded.version,
    state: 'failed',
    cause: result.code,
    reason,
    isVerified: false,
    isFresh: true,
    differences: [],
  };
}

const PERMISSION_CODES = ['NO_PERMISSION', 'AUTHORIZATION_FAILED'];

/** The first refusal may be a right that was withdrawn a moment ago; only one that comes again is about the record. */
function isFirstRefusal({ denied }: BatchInput, meetingId: string, result: SendResult): boolean {
  return result.kind === 'failed' && PERMISSION_CODES.includes(result.code) && !denied.has(meetingId);
}

const NO_RIGHT_RETRY_MS = 3_600_000;

/** Stays owed; whoever notices that the right is back makes it due at once. */
function waitForRight(ctx: FeatureContext, meeting: PlannedMeeting, reason: string) {
  return { ...postpone(ctx, meeting, reason, NO_RIGHT_RETRY_MS), countsAsAttempt: false, cause: 'no_permission' };
}

const DUPLICATES_MAX = 3;
const AT_ONCE_MAX = 3;

const KEPT_BY_RECYCLE_BIN: Extract<SendResult, { kind: 'failed' }> = {
  kind: 'failed',
  code: 'DUPLICATE_DATA',
  message:
    'it keeps this meeting’s id for an event that is not there any more, probably in its recycle bin. Restore that event or remove it from the recycle bin in Zoho, then publish again.',
};

const REFUSALS_MAX = 5;

/**
 * The refusal that counts where trying again has not helped: Zoho says that it has the event and shows none, or what it refuses for
 * is gone there and nobody tells us so.
 */
function hopeless({ loaded }: PlannedMeeting, result: SendResult): Refusal | null {
  if (result.kind === 'unknown' && result.isDuplicate && loaded.attempts + 1 >= DUPLICATES_MAX)
    return KEPT_BY_RECYCLE_BIN;
  const isTriedAgain = result.kind === 'later' || result.kind === 'again';
  return isTriedAgain && loaded.attempts + 1 >= REFUSALS_MAX ? (result.refusal ?? null) : null;
}

function postpone(ctx: FeatureContext, { loaded }: PlannedMeeting, reason: string, delayMs: number) {
  return {
    id: loaded.meeting.id,
    runAt: new Date(ctx.now().getTime() + delayMs),
    reason,
    countsAsAttempt: delayMs > 0,
  };
}

function reasonOf(result: Exclude<SendResult, { kind: 'done' | 'failed' }>): string {
  switch (result.kind) {
    case 'again':
      return result.reason ?? 'The event was in Zoho already and is brought up to date.';
    case 'later':
      return result.reason;
    case 'auth':
    case 'unknown':
      return result.message;
  }
}

/** What concerns the whole connection does not make one meeting wait longer: the connection is parked as a whole. */
function delayOf({ loaded }: PlannedMeeting, result: Exclude<SendResult, { kind: 'done' | 'failed' }>): number {
  if (result.kind === 'auth') return 0;
  // At once, unless somebody goes on changing what we are about to write.
  if (result.kind === 'again' && loaded.attempts < AT_ONCE_MAX) return 0;
  if (result.kind === 'later' && result.scope === 'connection') return 0;
  return Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** Math.min(loaded.attempts, 10));
}

function findInterruption(input: BatchInput, results: Map<string, SendResult>): Interruption | null {
  for (const result of results.values()) {
    if (result.kind === 'auth') return { kind: 'auth', message: result.message, code: result.code };
    if (result.kind === 'later' && result.scope === 'connection') {
      const { retryAfterMs, throttle, reason } = result;
      return { kind: 'throttled', rest: throttle ?? 'unclear', retryAfterMs, reason };
    }
  }
  const refused = [...results].filter(([id, result]) => isFirstRefusal(input, id, result));
  const [first] = refused;
  if (first?.[1].kind !== 'failed') return null;
  return { kind: 'refused', message: first[1].message, meetingIds: refused.map(([id]) => id) };
}
