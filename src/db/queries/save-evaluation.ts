import type { Association, ParticipantMatch } from '../../domain/association.ts';
import type { Sql } from '../sql.ts';

/** What an evaluation leaves in the database: who people are, the direct links, the primary record. */
export type EvaluationRow = {
  meetingId: string;
  matches: ParticipantMatch[];
  directLinks: Pick<Association, 'module' | 'id' | 'origin' | 'path'>[];
  primary: { module: string; id: string } | null;
  rolesUnknown: number;
};

/**
 * Saves evaluations of any number of meetings in four statements; the cascade is derived and not stored. What was held back after the
 * sender had picked it has begun now and goes to its end.
 */
export async function saveEvaluations(
  sql: Sql,
  organizationId: string,
  rows: EvaluationRow[],
  at: Date,
): Promise<void> {
  const ids = rows.map((row) => row.meetingId);
  const matches = rows.flatMap(({ meetingId, matches }) =>
    matches.map((match) => ({ meetingId, key: match.participantKey, kind: match.kind, ...matchRecord(match), match })),
  );
  await sql.query(
    `update participants p set match_kind = m.kind, match_module = m.module, match_record_id = m."recordId", match = m.match
     from jsonb_to_recordset($2) as m("meetingId" uuid, key text, kind text, module text, "recordId" text, match jsonb)
     where p.organization_id = $1 and p.meeting_id = m."meetingId" and p.key = m.key`,
    [organizationId, JSON.stringify(matches)],
  );
  const links = rows.flatMap(({ meetingId, directLinks }) =>
    directLinks.map(({ module, id, origin, path }) => ({ meetingId, module, id, origin, via: path[0]?.name ?? null })),
  );
  await sql.query(
    `delete from direct_links d
     where d.organization_id = $1 and d.meeting_id = any($2::uuid[]) and not exists (
       select from jsonb_to_recordset($3) as l("meetingId" uuid, module text, id text)
       where l."meetingId" = d.meeting_id and l.module = d.module and l.id = d.record_id)`,
    [organizationId, ids, JSON.stringify(links)],
  );
  await sql.query(
    `insert into direct_links (organization_id, meeting_id, module, record_id, origin, via)
     select $1, l."meetingId", l.module, l.id, l.origin, l.via
     from jsonb_to_recordset($2) as l("meetingId" uuid, module text, id text, origin text, via text)
     on conflict (organization_id, meeting_id, module, record_id)
     do update set origin = excluded.origin, via = excluded.via
     where (direct_links.origin, direct_links.via) is distinct from (excluded.origin, excluded.via)`,
    [organizationId, JSON.stringify(links)],
  );
  await sql.query(
    `update meetings m set held_back = false, owed_at = coalesce(m.owed_at, case when m.held_back then $3::timestamptz end),
       state = case when m.state_cause in ('backfill_staged', 'backfill_cancelled') then 'waiting' else m.state end,
       evaluated_at = $3, roles_unknown = r."rolesUnknown", primary_module = r.module, primary_record_id = r.id
     from jsonb_to_recordset($2) as r("meetingId" uuid, "rolesUnknown" int, module text, id text)
     where m.organization_id = $1 and m.id = r."meetingId"`,
    [
      organizationId,
      JSON.stringify(
        rows.map(({ meetingId, rolesUnknown, primary }) => ({ meetingId, rolesUnknown, ...(primary ?? {}) })),
      ),
      at,
    ],
  );
}

function matchRecord(match: ParticipantMatch): { module: string | null; recordId: string | null } {
  if (match.kind === 'matched') return { module: match.module, recordId: match.recordId };
  if (match.kind === 'account_by_domain') return { module: 'accounts', recordId: match.accountId };
  if (match.kind === 'internal' && match.userId !== null) return { module: 'users', recordId: match.userId };
  return { module: null, recordId: null };
}
