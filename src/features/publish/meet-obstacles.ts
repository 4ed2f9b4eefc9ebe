import { addObstacles, listCauses, nameRecords, renewPreflight, saveObstacles } from '../../db/queries/preflight.ts';
import type { Sql } from '../../db/sql.ts';
import { canPass, type Obstacle, type ObstacleKind, obstacleInWords } from '../../domain/obstacle.ts';
import { recordKey } from '../../domain/record-order.ts';
import type { FeatureContext } from '../context.ts';
import { labelOfField, readOddOrg } from '../odd-org.ts';
import type { PlannedMeeting } from './plan-meetings.ts';
import type { SendResult } from './send-plans.ts';

/** What stands in the way of meetings that were sent: told by meeting, kept in the caller's transaction. */
export type MetObstacles = {
  /** Null: nothing is in the way of this meeting. */
  of(meetingId: string): { kind: ObstacleKind; reason: string } | null;
  /** Meetings of which records turned out to be hidden: they are planned again without them. */
  withoutHidden: ReadonlySet<string>;
  save(sql: Sql): Promise<void>;
};

type Sent = { meeting: PlannedMeeting; result: SendResult };

/** A record that is not there and that Zoho does not call deleted either, after so many looks, is hidden from us. */
const LOOKS_MOST = 3;

/**
 * Gathers what Zoho refused and a person can cure, for meetings whose sending came to an end. Two statements where something is in
 * the way, none elsewhere; no call to Zoho.
 */
export async function meetObstacles({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { planned: PlannedMeeting[]; results: ReadonlyMap<string, SendResult> };
}): Promise<MetObstacles> {
  const sent = input.planned.map((meeting): Sent => {
    return { meeting, result: input.results.get(meeting.loaded.meeting.id) ?? { kind: 'done' } };
  });
  const ended = sent.filter(({ result }) => result.kind === 'done' || result.kind === 'failed');
  const rows = ended.map(({ meeting, result }) => ({ id: meeting.loaded.meeting.id, ...sortOut(meeting, result) }));
  const hidden = sent.flatMap(listHidden);
  const tell = await openWords(
    ctx,
    rows.flatMap(({ found, untried }) => [...found, ...untried]),
  );
  const byMeeting = new Map(rows.map((row) => [row.id, [...row.found, ...row.untried]]));
  return {
    withoutHidden: new Set(hidden.map(({ meetingId }) => meetingId)),
    of(meetingId) {
      const [first, ...more] = byMeeting.get(meetingId) ?? [];
      if (first === undefined) return null;
      return { kind: first.kind, reason: [...new Set([first, ...more].map(tell))].join(' ') };
    },
    async save(sql) {
      const at = ctx.now();
      const all = rows.flatMap(({ id, found }) =>
        found.map((one) => ({ ...one, meetingId: id, canPass: canPass(one.kind) })),
      );
      await askForLayouts(ctx, sql, all);
      await saveObstacles(sql, ctx.organizationId, {
        meetingIds: rows.map(({ id }) => id),
        found: all,
        untried: rows.flatMap(({ id, untried }) => untried.map(({ slot }) => ({ meetingId: id, slot }))),
        at,
      });
      await addObstacles(sql, ctx.organizationId, hidden, at);
    },
  };
}

/** A new cause may mean that the layouts are others than when they were read. */
async function askForLayouts(ctx: FeatureContext, sql: Sql, found: readonly Obstacle[]): Promise<void> {
  const ofLayout = found.filter(({ kind }) => !canPass(kind));
  if (ofLayout.length === 0) return;
  const known = await listCauses(sql, ctx.organizationId);
  const isKnown = (one: Obstacle) => known.some(({ kind, subject }) => kind === one.kind && subject === one.subject);
  if (!ofLayout.every(isKnown)) await renewPreflight(sql, ctx.organizationId, ctx.now());
}

/** What was refused now, and what was left out because it was refused before and still concerns the meeting. */
function sortOut(
  { untried, evaluation, publication }: PlannedMeeting,
  result: SendResult,
): { found: Obstacle[]; untried: Obstacle[] } {
  const refused = result.kind === 'done' || result.kind === 'failed' ? (result.obstacles ?? []) : [];
  const found = [...new Map(refused.map((one) => [one.slot, one])).values()];
  const slots = new Set(found.map(({ slot }) => slot));
  const linked = new Set(evaluation.associations.map(recordKey));
  const isLasting = ({ slot, subject }: Obstacle) =>
    publication.kind === 'publish' && !slots.has(slot) && (linked.has(subject) || isOurs(subject));
  return { found, untried: untried.filter(isLasting) };
}

function isOurs(subject: string): boolean {
  return subject.startsWith('events:') || subject.startsWith('notes:');
}

function listHidden({ meeting, result }: Sent) {
  if (result.kind !== 'later' || result.hidden === undefined) return [];
  if (meeting.loaded.attempts + 1 < LOOKS_MOST) return [];
  return result.hidden.map((record) => ({
    meetingId: meeting.loaded.meeting.id,
    slot: `record:${recordKey(record)}`,
    kind: 'record_hidden' as const,
    subject: recordKey(record),
    detail: '',
  }));
}

async function openWords(ctx: FeatureContext, obstacles: Obstacle[]): Promise<(one: Obstacle) => string> {
  if (obstacles.length === 0) return () => '';
  const { layouts } = await readOddOrg(ctx);
  const subjects = obstacles.map(({ subject }) => subject);
  const names = await nameRecords(ctx.db, ctx.organizationId, subjects);
  return (one) => {
    const isRecord = canPass(one.kind);
    const own = one.subject.startsWith('notes:') ? 'A note of ours' : 'The event';
    const name = isOurs(one.subject) ? own : (names.get(one.subject) ?? 'A record');
    return obstacleInWords(one, isRecord ? name : labelOfField(layouts?.eventFields ?? null, one.subject));
  };
}
