import type { Rights } from '../../crm/rights.ts';
import { isSameRights } from '../../crm/rights.ts';
import { holdAllowances } from '../../db/queries/connection-health.ts';
import type { Sql } from '../../db/sql.ts';
import { isEqual } from '../../domain/is-equal.ts';
import type { FeatureContext } from '../context.ts';
import type { Connection } from '../open-connection.ts';
import type { PlannedMeeting } from './plan-meetings.ts';

/**
 * Which plans left something out that may be allowed by now: rights or mail modes are others than the plan went by. Whoever noticed
 * it owed what stood left out at that moment, and these did not stand yet. Holds both until the end of the transaction.
 */
export async function findOvertaken({
  ctx,
  sql,
  input,
}: {
  ctx: FeatureContext;
  sql: Sql;
  input: { connection: Connection; planned: readonly PlannedMeeting[] };
}): Promise<Set<string>> {
  const { connection, planned } = input;
  const left = planned.filter(({ plan }) => plan.withoutNotes !== null || plan.blocked !== null);
  if (left.length === 0) return new Set();
  const now = await holdAllowances<Rights>(sql, ctx.organizationId);
  // Without a connection nothing is allowed any more, and nothing would change by another try.
  const isSame =
    now === null || (isSameRights(now.rights, connection.rights) && isEqual(now.mailModes, connection.mailModes));
  return isSame ? new Set() : new Set(left.map(({ loaded }) => loaded.meeting.id));
}
