import { firstRow, type Sql } from '../sql.ts';
import { IS_HISTORY_DUE } from './backfills.ts';
import { IS_LEAVE_DUE } from './leaving.ts';

/** How far a module was read: a time of Zoho's clock, since when it stands there (our clock; null: closed), and what was seen near it. */
export type PollCursor = { at: Date | null; openSince: Date | null; seen: string[] };

export type PollRow = {
  module: string;
  cursor: PollCursor;
  deletedCursor: PollCursor;
  polledAt: Date | null;
  deletedPolledAt: Date | null;
  problem: string | null;
};

type FlatRow = {
  module: string;
  at: Date | null;
  openSince: Date | null;
  seen: string[];
  deletedAt: Date | null;
  deletedOpenSince: Date | null;
  deletedSeen: string[];
  polledAt: Date | null;
  deletedPolledAt: Date | null;
  problem: string | null;
};

/** The polls of an organization, by module; a module that was never polled has none. */
export async function listPolls(sql: Sql, organizationId: string): Promise<Map<string, PollRow>> {
  const rows = await sql.query<FlatRow>(
    `select module, cursor_at as at, open_since as "openSince", seen, deleted_cursor_at as "deletedAt",
       deleted_open_since as "deletedOpenSince", deleted_seen as "deletedSeen", polled_at as "polledAt",
       deleted_polled_at as "deletedPolledAt", problem
     from crm_polls where organization_id = $1`,
    [organizationId],
  );
  return new Map(
    rows.map((row) => [
      row.module,
      {
        module: row.module,
        cursor: { at: row.at, openSince: row.openSince, seen: row.seen },
        deletedCursor: { at: row.deletedAt, openSince: row.deletedOpenSince, seen: row.deletedSeen },
        polledAt: row.polledAt,
        deletedPolledAt: row.deletedPolledAt,
        problem: row.problem,
      },
    ]),
  );
}

/** Keeps where the next poll of a module goes on. */
export async function savePollCursor(
  sql: Sql,
  organizationId: string,
  module: string,
  cursor: PollCursor,
): Promise<void> {
  await sql.query(
    `insert into crm_polls (organization_id, module, cursor_at, open_since, seen) values ($1, $2, $3, $4, $5)
     on conflict (organization_id, module) do update
     set cursor_at = excluded.cursor_at, open_since = excluded.open_since, seen = excluded.seen`,
    [organizationId, module, cursor.at, cursor.openSince, cursor.seen],
  );
}

/**
 * Closes the cursors of modules of which the first load brought more than `most` records that changed in the `windowSeconds` before
 * the cursor: an org that was filled at one stroke. Everything there is in the mirror, so the first poll begins behind it.
 */
export async function closeFilledCursors(
  sql: Sql,
  organizationId: string,
  input: { most: number; windowSeconds: number },
): Promise<void> {
  await sql.query(
    `with changed as (
       select 'contacts' as module, modified_at from crm_contacts where organization_id = $1
       union all select 'leads', modified_at from crm_leads where organization_id = $1
       union all select 'accounts', modified_at from crm_accounts where organization_id = $1
       union all select 'deals', modified_at from crm_deals where organization_id = $1),
     filled as (
       select p.module from crm_polls p
       join changed c on c.module = p.module
         and c.modified_at between p.cursor_at - $3 * interval '1 second' and p.cursor_at
       where p.organization_id = $1 group by p.module having count(*) > $2)
     update crm_polls p set open_since = null, seen = '{}'
     from filled f where p.organization_id = $1 and p.module = f.module`,
    [organizationId, input.most, input.windowSeconds],
  );
}

/** Keeps where the next look at a module's deletions goes on. */
export async function saveDeletedCursor(
  sql: Sql,
  organizationId: string,
  module: string,
  cursor: PollCursor,
): Promise<void> {
  await sql.query(
    `insert into crm_polls (organization_id, module, deleted_cursor_at, deleted_open_since, deleted_seen)
     values ($1, $2, $3, $4, $5)
     on conflict (organization_id, module) do update set deleted_cursor_at = excluded.deleted_cursor_at,
       deleted_open_since = excluded.deleted_open_since, deleted_seen = excluded.deleted_seen`,
    [organizationId, module, cursor.at, cursor.openSince, cursor.seen],
  );
}

/** Modules were polled at this time (our clock); `problem` says why one of them could not be read, null that it could. */
export async function markPolled(
  sql: Sql,
  organizationId: string,
  what: 'changes' | 'deletions',
  rows: readonly { module: string; problem: string | null }[],
  at: Date,
): Promise<void> {
  const column = what === 'changes' ? 'polled_at' : 'deleted_polled_at';
  await sql.query(
    `insert into crm_polls (organization_id, module, ${column}, problem)
     select $1, r.module, $3, r.problem from jsonb_to_recordset($2) as r(module text, problem text)
     on conflict (organization_id, module) do update set ${column} = excluded.${column}, problem = excluded.problem`,
    [organizationId, JSON.stringify(rows), at],
  );
}

export type NewestTimes = Record<'contacts' | 'leads' | 'accounts' | 'deals', Date | null>;

/** The newest time of change that the mirror holds of each module. */
export async function readNewestInMirror(sql: Sql, organizationId: string): Promise<NewestTimes> {
  const row = await firstRow(
    sql.query<NewestTimes>(
      `select
         (select max(modified_at) from crm_contacts where organization_id = $1) as contacts,
         (select max(modified_at) from crm_leads where organization_id = $1) as leads,
         (select max(modified_at) from crm_accounts where organization_id = $1) as accounts,
         (select max(modified_at) from crm_deals where organization_id = $1) as deals`,
      [organizationId],
    ),
  );
  return row ?? { contacts: null, leads: null, accounts: null, deals: null };
}

/** Everything that decides what is due for a connection, in one statement. */
export type Duties = {
  nextPollAt: Date | null;
  nextChannelAt: Date | null;
  usersReadAt: Date | null;
  stagesReadAt: Date | null;
  notesPolledAt: Date | null;
  deletionsPolledAt: Date | null;
  nextDriftAt: Date | null;
  /** When the layouts are read again; null: not by themselves. */
  nextLayoutsAt: Date | null;
  /** When something that Zoho refused for now is tried again; null: nothing is. */
  nextRetryAt: Date | null;
  /** When a trial of whether Zoho mails goes on; null: none is due. */
  nextCanaryAt: Date | null;
  nextProbeAt: Date | null;
  /** A backfill has a simulation to go on with, or has come to its end. */
  isHistoryDue: boolean;
  /** The organization leaves, and no meeting is left to take out. */
  isLeaveDue: boolean;
  /** Deals changed since their roles were read. */
  hasStaleRoles: boolean;
  /** Hints of records other than events, and of deletions. */
  recordHints: number;
  eventHints: number;
  oldestEventHintAt: Date | null;
  /** Notifications arrive: a callback came through the channel that lives now, and nothing has cast doubt on it since. */
  isHeard: boolean;
};

export async function readDuties(sql: Sql, organizationId: string, at: Date): Promise<Duties | null> {
  return firstRow(
    sql.query<Duties>(
      `select c.next_poll_at as "nextPollAt", c.next_channel_at as "nextChannelAt", c.users_read_at as "usersReadAt",
         c.stages_read_at as "stagesReadAt", c.next_drift_at as "nextDriftAt", c.next_probe_at as "nextProbeAt",
         exists (select from backfills b where b.organization_id = $1 and ${IS_HISTORY_DUE}) as "isHistoryDue",
         exists (select from backfills b where b.organization_id = $1 and ${IS_LEAVE_DUE}) as "isLeaveDue",
         (select f.next_read_at from preflights f where f.organization_id = $1) as "nextLayoutsAt",
         (select min(o.retry_at) from obstacles o where o.organization_id = $1) as "nextRetryAt",
         (select min(y.due_at) from canaries y where y.organization_id = $1) as "nextCanaryAt",
         (select p.polled_at from crm_polls p where p.organization_id = $1 and p.module = 'notes') as "notesPolledAt",
         (select min(p.deleted_polled_at) from crm_polls p where p.organization_id = $1 and p.module <> 'notes') as "deletionsPolledAt",
         exists (select from crm_deals d where d.organization_id = $1 and d.roles_stale and d.deleted_at is null) as "hasStaleRoles",
         h.records as "recordHints", h.events as "eventHints", h.oldest as "oldestEventHintAt",
         exists (select from crm_channels k where k.organization_id = $1 and k.expires_at > $2 and k.last_heard_at is not null
           and k.suspected_at is null) as "isHeard"
       from connections c,
         lateral (select count(*) filter (where module <> 'events' or is_deletion)::int as records,
           count(*) filter (where module = 'events' and not is_deletion)::int as events,
           min(heard_at) filter (where module = 'events' and not is_deletion) as oldest
           from crm_hints where organization_id = $1) h
       where c.organization_id = $1`,
      [organizationId, at],
    ),
  );
}

/** Keeps when the next poll is due, and (when a change was seen) when that was. */
export async function scheduleNextPoll(
  sql: Sql,
  organizationId: string,
  input: { nextPollAt: Date; changeSeenAt: Date | null },
): Promise<void> {
  await sql.query(
    `update connections set next_poll_at = $2, last_change_seen_at = greatest(last_change_seen_at, $3)
     where organization_id = $1`,
    [organizationId, input.nextPollAt, input.changeSeenAt],
  );
}

/** Notes down that users or stages were read. */
export async function markRead(sql: Sql, organizationId: string, what: 'users' | 'stages', at: Date): Promise<void> {
  const column = what === 'users' ? 'users_read_at' : 'stages_read_at';
  await sql.query(`update connections set ${column} = $2 where organization_id = $1`, [organizationId, at]);
}

/** Credits that mirroring has taken since a time, by the hour. */
export async function sumMirrorCredits(sql: Sql, organizationId: string, since: Date): Promise<number> {
  const row = await firstRow(
    sql.query<{ credits: number }>(
      `select coalesce(sum(credits), 0)::int as credits from crm_call_counts
       where organization_id = $1 and kind = 'mirror' and hour > $2`,
      [organizationId, since],
    ),
  );
  return row?.credits ?? 0;
}

/** Which of these records of Zoho are events or notes of ours, or events that a person is asked about? */
export async function findPlaced(sql: Sql, organizationId: string, crmIds: readonly string[]): Promise<Set<string>> {
  if (crmIds.length === 0) return new Set();
  const rows = await sql.query<{ id: string }>(
    `select crm_id as id from placements where organization_id = $1 and crm_id = any($2::text[])
     union select event_id from twins where organization_id = $1 and event_id = any($2::text[]) and state = 'open'
     union select c -> 'event' ->> 'id' from adoptions a, jsonb_array_elements(a.candidates) c
     where a.organization_id = $1 and a.decision = 'ask' and c -> 'event' ->> 'id' = any($2::text[])`,
    [organizationId, crmIds],
  );
  return new Set(rows.map((row) => row.id));
}
