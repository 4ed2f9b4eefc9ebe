import { oweMeetings } from '../../db/queries/owed-meetings.ts';
import { takeDueObstacles, takeObstaclesOf } from '../../db/queries/preflight.ts';
import type { ObstacleKind } from '../../domain/obstacle.ts';
import type { FeatureContext } from '../context.ts';

/**
 * Tries again what Zoho refused: all of one cause now, or what is due by itself. Returns how many meetings are owed. No call to Zoho
 * here.
 */
export async function retryObstacles({
  ctx,
  input = null,
}: {
  ctx: FeatureContext;
  input?: { kind: ObstacleKind; subject: string } | null;
}): Promise<{ meetings: number }> {
  return ctx.db.transaction(async (sql) => {
    const ids =
      input === null
        ? await takeDueObstacles(sql, ctx.organizationId, ctx.now())
        : await takeObstaclesOf(sql, ctx.organizationId, input);
    if (ids.length === 0) return { meetings: 0 };
    const meetings = await oweMeetings(sql, ctx.organizationId, ids, ctx.now());
    await ctx.wake(sql, ctx.organizationId);
    return { meetings };
  });
}
