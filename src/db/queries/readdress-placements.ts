import type { CrmModule } from '../../domain/crm-picture.ts';
import type { EventContent } from '../../domain/sync-plan.ts';
import type { Sql } from '../sql.ts';

type Move = { module: CrmModule; loserId: string; survivorModule: CrmModule; survivorId: string };

/**
 * Notes of ours that Zoho moved from one record to another (`noteIds` are those that hang on the survivor) are the survivor's from
 * now on; where the survivor has one of ours already, it is a copy that the next plan removes. Those that
 * went with the loser are forgotten.
 */
export async function moveNotePlacements(
  sql: Sql,
  organizationId: string,
  { module, loserId, survivorModule, survivorId }: Move,
  noteIds: readonly string[],
): Promise<void> {
  const values = [organizationId, module, loserId, noteIds];
  await sql.query(
    `delete from placements where organization_id = $1 and parent_module = $2 and parent_record_id = $3
       and crm_id <> all($4::text[])`,
    values,
  );
  const [from, to] = [`summary:${module}:${loserId}`, `summary:${survivorModule}:${survivorId}`];
  await sql.query(
    `update placements p set parent_module = $5, parent_record_id = $6,
       content = jsonb_set(p.content, '{parent}', jsonb_build_object('module', $5::text, 'id', $6::text)),
       slot = case
         when exists (
           select from placements q
           where q.organization_id = $1 and q.meeting_id = p.meeting_id and q.slot = $8 || substr(p.slot, length($7) + 1))
         then 'copy:' || p.crm_id else $8 || substr(p.slot, length($7) + 1) end
     where p.organization_id = $1 and p.parent_module = $2 and p.parent_record_id = $3 and p.crm_id = any($4::text[])
       and (p.slot = $7 or p.slot like $7 || ':%')`,
    [...values, survivorModule, survivorId, from, to],
  );
}

export type EventPlacement = { meetingId: string; content: EventContent; kept: unknown };

/** The events of these meetings in which a record stands, as related record, contact or participant. */
export async function findEventsShowing(
  sql: Sql,
  organizationId: string,
  meetingIds: readonly string[],
  recordId: string,
): Promise<EventPlacement[]> {
  return sql.query<EventPlacement>(
    `select meeting_id as "meetingId", content, kept from placements
     where organization_id = $1 and meeting_id = any($2::uuid[]) and slot = 'event' and (
       content -> 'primary' ->> 'id' = $3 or content ->> 'contactId' = $3
       or content -> 'participants' @> jsonb_build_array(jsonb_build_object('id', $3::text)))`,
    [organizationId, meetingIds, recordId],
  );
}

/** Corrects what we know of events in Zoho; nothing is written there by it. */
export async function saveEventPictures(sql: Sql, organizationId: string, events: EventPlacement[]): Promise<void> {
  if (events.length === 0) return;
  await sql.query(
    `update placements p set content = e.content, kept = e.kept
     from jsonb_to_recordset($2) as e("meetingId" uuid, content jsonb, kept jsonb)
     where p.organization_id = $1 and p.meeting_id = e."meetingId" and p.slot = 'event'`,
    [organizationId, JSON.stringify(events)],
  );
}

/** The name of a live or ended record of the mirror. */
export async function findNameOf(
  sql: Sql,
  organizationId: string,
  module: CrmModule,
  id: string,
): Promise<string | null> {
  const rows = await sql.query<{ name: string }>(
    `select name from crm_${module} where organization_id = $1 and id = $2`,
    [organizationId, id],
  );
  return rows[0]?.name ?? null;
}
