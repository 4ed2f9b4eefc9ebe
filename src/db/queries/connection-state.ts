import { CONNECTION_TRANSITIONS, type ConnectionEvent, type ConnectionState } from '../../domain/connection-states.ts';
import { firstRow, type Sql } from '../sql.ts';

export type ConnectionMove = { kind: 'moved'; from: ConnectionState; to: ConnectionState } | { kind: 'refused' };

/**
 * The only way in which a connection changes its state: what the table of transitions does not allow is refused and changes
 * nothing. `problem` is the sentence that pages show; with `connectedAt` only the access of that consent is meant, not a newer one.
 * One statement, so two callers never both make the same move.
 */
export async function moveConnection(
  sql: Sql,
  organizationId: string,
  input: { event: ConnectionEvent; problem: string | null; at: Date; connectedAt?: Date },
): Promise<ConnectionMove> {
  const row = CONNECTION_TRANSITIONS.find(({ event }) => event === input.event);
  if (row === undefined) return { kind: 'refused' };
  const moved = await firstRow(
    sql.query<{ from: ConnectionState }>(
      `with was as (
         select state from connections where organization_id = $1 and connected_at = coalesce($6, connected_at) for update)
       update connections c set state = $2, problem = $4, parked_until = null, can_heal = false,
         broken_at = case when $2 = 'needs_reauth' then $5::timestamptz end
       from was where c.organization_id = $1 and was.state = any($3::text[]) returning was.state as "from"`,
      [organizationId, row.to, row.from, input.problem, input.at, input.connectedAt ?? null],
    ),
  );
  return moved === null ? { kind: 'refused' } : { kind: 'moved', from: moved.from, to: row.to };
}
