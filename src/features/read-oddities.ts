import {
  type ConstantRow,
  listConstants,
  listObstacles,
  nameRecords,
  type ObstacleRow,
} from '../db/queries/preflight.ts';
import type { FieldConstants } from '../domain/choose-constants.ts';
import { type Barred, obstacleInWords } from '../domain/obstacle.ts';
import type { Capabilities } from '../domain/sync-plan.ts';
import type { FeatureContext } from './context.ts';
import { readOddOrg } from './odd-org.ts';

/** What is odd about the org as a planner needs it, and what of each meeting is not tried for now. */
export type Oddities = {
  capabilities: Pick<Capabilities, 'eventsArePrivate' | 'hidesInvitations' | 'constants'>;
  of(meetingId: string): { untried: ObstacleRow[]; barred: Barred };
};

/** Reads it for these meetings: four statements at most, no call to Zoho. */
export async function readOddities(ctx: FeatureContext, meetingIds: readonly string[]): Promise<Oddities> {
  const [odd, constants, obstacles] = await Promise.all([
    readOddOrg(ctx),
    listConstants(ctx.db, ctx.organizationId),
    listObstacles(ctx.db, ctx.organizationId, meetingIds),
  ]);
  const untried = obstacles.filter(({ retryAt }) => retryAt !== null && retryAt > ctx.now());
  const names = await nameRecords(
    ctx.db,
    ctx.organizationId,
    untried.map(({ subject }) => subject),
  );
  return {
    capabilities: {
      eventsArePrivate: odd.eventsArePrivate,
      hidesInvitations: odd.hidesInvitations,
      constants: toConstants(constants),
    },
    of(meetingId) {
      const own = untried.filter((row) => row.meetingId === meetingId);
      const barred = new Map(
        own.map(({ kind, subject, detail }) => {
          const reason = obstacleInWords({ kind, detail }, names.get(subject) ?? subject);
          return [subject, { isHidden: kind === 'record_hidden', reason }];
        }),
      );
      return { untried: own, barred };
    },
  };
}

function toConstants(rows: readonly ConstantRow[]): FieldConstants[] {
  const fields = new Map<string, FieldConstants>();
  for (const { field, activityType, value } of rows) {
    const known = fields.get(field) ?? { field, byType: {}, otherwise: null };
    if (activityType === '') known.otherwise = value;
    else known.byType[activityType] = value;
    fields.set(field, known);
  }
  return [...fields.values()];
}
