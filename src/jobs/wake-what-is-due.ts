import type { Database } from '../db/open-database.ts';
import { IS_HISTORY_DUE } from '../db/queries/backfills.ts';
import { IS_LEAVE_DUE, WAITS_FOR_LEAVING } from '../db/queries/leaving.ts';

/** Key of the wake-ups that come again and again: polls and the like. */
export const BEAT_KEY = 'serve-beat:';

/**
 * Which connections have something to do and nobody who comes to do it? Lose every job, and it is found again here. What is owed
 * counts only without a wake-up for later, which means to wait; what has a time of its own is due when that time has come by the
 * product's clock, whatever else is planned for later.
 */
export async function findForgottenConnections(
  db: Database,
  input: { at: Date; provider: string; keepsChannels: boolean },
): Promise<string[]> {
  const rows = await db.query<{ organizationId: string }>(
    `select c.organization_id as "organizationId" from connections c
     cross join lateral (
       select coalesce(bool_or(k.key not like '${BEAT_KEY}%'), false) as "isPlanned",
         coalesce(bool_or(k.locked_at is not null or k.run_at <= now()), false) as "isComing"
       from graphile_worker.jobs k
       where k.queue_name = 'connection:' || c.organization_id::text and k.attempts < k.max_attempts) j
     cross join lateral (
       select c.state = 'connected' and c.provider = $2 and (c.parked_until is null or c.parked_until <= $1) as "canWork",
         c.first_load ->> 'state' is not distinct from 'done' as "isLoaded",
         coalesce(c.background_rests_until, $1) <= $1 as "mayWorkInBackground",
         -- What Zoho refuses to tell is not waited for.
         not exists (
           select from jsonb_array_elements(c.rights -> 'lines') l
           where l ->> 'key' in ('contact_roles', 'deals_read', 'contacts_read') and l ->> 'result' in ('missing_scope', 'missing_profile_permission', 'not_available_in_edition')
         ) as "canReadRoles") s
     where (s."canWork" and not j."isPlanned" and (not s."isLoaded"
         or exists (select from meetings where meetings.organization_id = c.organization_id and meetings.owed_at is not null
           and (s."mayWorkInBackground" or not meetings.is_backfill) and not ${WAITS_FOR_LEAVING})
         or s."canReadRoles" and s."mayWorkInBackground" and exists (select from crm_deals d where d.organization_id = c.organization_id and d.roles_loaded_at is null
           and d.roles_problem is null and d.deleted_at is null)))
       or (s."canWork" and not j."isComing" and s."isLoaded" and (coalesce(c.next_poll_at, $1) <= $1
         or (s."mayWorkInBackground" and c.next_drift_at <= $1)
         or exists (select from preflights f where f.organization_id = c.organization_id and f.next_read_at <= $1)
         or exists (select from obstacles o where o.organization_id = c.organization_id and o.retry_at <= $1)
         or exists (select from canaries y where y.organization_id = c.organization_id and y.due_at <= $1)
         or exists (select from backfills b where b.organization_id = c.organization_id and (${IS_HISTORY_DUE} or ${IS_LEAVE_DUE}))
         or ($3 and coalesce(c.next_channel_at, $1) <= $1)
         -- Once polls are slowed down to save credits, hints wait for them.
         or exists (select from crm_hints h where h.organization_id = c.organization_id
           and c.next_poll_at - coalesce((select max(p.polled_at) from crm_polls p
             where p.organization_id = c.organization_id and p.module <> 'notes'), c.next_poll_at) < interval '30 minutes')))
       or (not j."isComing" and c.state <> 'disconnected' and c.provider = $2 and c.next_probe_at <= $1
         and (c.parked_until is null or c.parked_until <= $1))
       -- An access that is being given back may be dead already.
       or (not j."isComing" and exists (select from backfills b where b.organization_id = c.organization_id
         and b.closing_at is not null and b.state = 'undoing'))
       or (not j."isComing" and exists (
         select from alert_deliveries a where a.organization_id = c.organization_id and a.next_at <= $1))`,
    [input.at, input.provider, input.keepsChannels],
  );
  return rows.map((row) => row.organizationId);
}
