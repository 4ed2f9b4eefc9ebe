import type { SettledMeeting } from '../db/queries/owed-meetings.ts';
import type { MetObstacles } from '../features/publish/meet-obstacles.ts';

/** Without its event a meeting is held until its cause is cured; published, it says what is missing of it. */
export function withObstacle(row: SettledMeeting, obstacle: ReturnType<MetObstacles['of']>): SettledMeeting {
  if (obstacle === null) return row;
  if (row.state === 'failed') return { ...row, state: 'held', cause: obstacle.kind, reason: obstacle.reason };
  if (row.state !== 'published' || row.cause === 'edited_block') return row;
  return { ...row, cause: 'obstacle', reason: [obstacle.reason, row.reason].filter((text) => text !== '').join(' ') };
}
