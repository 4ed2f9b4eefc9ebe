import { firstRow, type Sql } from '../sql.ts';

/**
 * How Zoho's changes come here. `channel` is null where Zoho cannot reach us: changes are seen by polls alone. Its state: `heard`
 * (notifications arrive), `open` (none came yet), `silent` (a poll saw changes that were not announced), `expired`. `problem` joins
 * everything that a person should know, in sentences.
 */
export type MirrorHealth = {
  lastPollAt: Date | null;
  nextPollAt: Date | null;
  channel: { state: 'heard' | 'open' | 'silent' | 'expired'; expiresAt: Date; lastHeardAt: Date | null } | null;
  /** Notes that people edit in Zoho are seen in the list of all notes, or by the check of all meetings only. */
  notesSeenBy: 'list' | 'drift';
  problem: string | null;
  /** Credits that mirroring took in the last 24 hours. */
  creditsUsed: number;
};

type Row = {
  lastPollAt: Date | null;
  nextPollAt: Date | null;
  channelProblem: string | null;
  expiresAt: Date | null;
  lastHeardAt: Date | null;
  suspectedAt: Date | null;
  canListNotes: boolean;
  notesProblem: string | null;
  problems: string[];
  creditsUsed: number;
};

/** Polls that lie further apart than this were slowed down to save credits. */
const SLOWED_MS = 1_800_000;

/** Null: there is no connection. No call to Zoho. */
export async function readMirrorHealth(sql: Sql, organizationId: string, at: Date): Promise<MirrorHealth | null> {
  const row = await firstRow(
    sql.query<Row>(
      `select c.next_poll_at as "nextPollAt", c.channel_problem as "channelProblem", k.expires_at as "expiresAt",
         k.last_heard_at as "lastHeardAt", k.suspected_at as "suspectedAt",
         coalesce((c.capabilities ->> 'canListNotes')::boolean, false) as "canListNotes",
         (select max(p.polled_at) from crm_polls p where p.organization_id = $1 and p.module <> 'notes') as "lastPollAt",
         (select p.problem from crm_polls p where p.organization_id = $1 and p.module = 'notes') as "notesProblem",
         array(select p.problem from crm_polls p where p.organization_id = $1 and p.problem is not null order by p.module) as problems,
         (select coalesce(sum(n.credits), 0)::int from crm_call_counts n
          where n.organization_id = $1 and n.kind = 'mirror' and n.hour > $2::timestamptz - interval '1 day') as "creditsUsed"
       from connections c left join crm_channels k on k.organization_id = $1
       where c.organization_id = $1 order by k.renewed_at desc nulls last limit 1`,
      [organizationId, at],
    ),
  );
  if (row === null) return null;
  const problems = [...row.problems, row.channelProblem, slowed(row)].filter((text) => text !== null);
  return {
    lastPollAt: row.lastPollAt,
    nextPollAt: row.nextPollAt,
    channel: channelOf(row, at),
    notesSeenBy: row.canListNotes && row.notesProblem === null ? 'list' : 'drift',
    problem: problems.length === 0 ? null : problems.join(' '),
    creditsUsed: row.creditsUsed,
  };
}

function channelOf(row: Row, at: Date): MirrorHealth['channel'] {
  const { expiresAt, lastHeardAt, suspectedAt } = row;
  if (expiresAt === null) return null;
  const state = expiresAt <= at ? 'expired' : suspectedAt !== null ? 'silent' : lastHeardAt === null ? 'open' : 'heard';
  return { state, expiresAt, lastHeardAt };
}

function slowed({ lastPollAt, nextPollAt, creditsUsed }: Row): string | null {
  if (lastPollAt === null || nextPollAt === null) return null;
  if (nextPollAt.getTime() - lastPollAt.getTime() < SLOWED_MS) return null;
  return `Following Zoho's changes took ${creditsUsed} credits in 24 hours, which is its bound: until it is less, Zoho is looked at once an hour.`;
}
