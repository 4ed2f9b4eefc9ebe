import type { CrmModule } from '../../domain/crm-picture.ts';
import { firstRow, type Sql } from '../sql.ts';

const RECORD_TABLES: Record<CrmModule, string> = {
  contacts: 'crm_contacts',
  leads: 'crm_leads',
  accounts: 'crm_accounts',
  deals: 'crm_deals',
};

/** A live record of the mirror by id, or null. */
export async function findRecordName(
  sql: Sql,
  organizationId: string,
  record: { module: CrmModule; id: string },
): Promise<string | null> {
  const row = await firstRow(
    sql.query<{ name: string }>(
      `select name from ${RECORD_TABLES[record.module]} where organization_id = $1 and id = $2 and deleted_at is null`,
      [organizationId, record.id],
    ),
  );
  return row?.name ?? null;
}

export async function saveLinkDecision(
  sql: Sql,
  row: {
    organizationId: string;
    meetingId: string;
    module: CrmModule;
    recordId: string;
    decision: 'pinned' | 'excluded' | 'added';
    origin: 'manual' | 'zoho';
    name: string;
    decidedBy: string;
    decidedAt: Date;
  },
): Promise<void> {
  await sql.query(
    `insert into link_decisions (organization_id, meeting_id, module, record_id, decision, origin, name, decided_by, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (organization_id, meeting_id, module, record_id) do update
     set decision = excluded.decision, origin = excluded.origin, name = excluded.name, decided_by = excluded.decided_by,
       decided_at = excluded.decided_at`,
    [
      row.organizationId,
      row.meetingId,
      row.module,
      row.recordId,
      row.decision,
      row.origin,
      row.name,
      row.decidedBy,
      row.decidedAt,
    ],
  );
}

export async function deleteLinkDecision(
  sql: Sql,
  row: { organizationId: string; meetingId: string; module: CrmModule; recordId: string },
): Promise<void> {
  await sql.query(
    'delete from link_decisions where organization_id = $1 and meeting_id = $2 and module = $3 and record_id = $4',
    [row.organizationId, row.meetingId, row.module, row.recordId],
  );
}

export async function savePersonDecision(
  sql: Sql,
  row: {
    organizationId: string;
    meetingId: string;
    participantKey: string;
    kind: 'chosen' | 'ignored';
    module: 'contacts' | 'leads' | null;
    recordId: string | null;
    decidedBy: string;
    decidedAt: Date;
  },
): Promise<void> {
  await sql.query(
    `insert into person_decisions (organization_id, meeting_id, participant_key, kind, module, record_id, decided_by, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (organization_id, meeting_id, participant_key) do update
     set kind = excluded.kind, module = excluded.module, record_id = excluded.record_id, decided_by = excluded.decided_by,
       decided_at = excluded.decided_at`,
    [
      row.organizationId,
      row.meetingId,
      row.participantKey,
      row.kind,
      row.module,
      row.recordId,
      row.decidedBy,
      row.decidedAt,
    ],
  );
}

export async function deletePersonDecision(
  sql: Sql,
  row: { organizationId: string; meetingId: string; participantKey: string },
): Promise<void> {
  await sql.query(
    'delete from person_decisions where organization_id = $1 and meeting_id = $2 and participant_key = $3',
    [row.organizationId, row.meetingId, row.participantKey],
  );
}

export async function setPublishAnyway(sql: Sql, organizationId: string, meetingId: string): Promise<void> {
  await sql.query('update meetings set publish_anyway = true where organization_id = $1 and id = $2', [
    organizationId,
    meetingId,
  ]);
}

/** Takes a meeting back: it is owed to Zoho until nothing of it is there any more. False when it was retracted already. */
export async function markRetracted(sql: Sql, organizationId: string, meetingId: string, at: Date): Promise<boolean> {
  const rows = await sql.query(
    `update meetings set retracted_at = $3, state = 'retracted', state_cause = null, state_reason = '', owed_at = $3, owed_seq = owed_seq + 1, run_at = null, attempts = 0, held_back = false
     where organization_id = $1 and id = $2 and retracted_at is null returning id`,
    [organizationId, meetingId, at],
  );
  return rows.length > 0;
}

/** A person took the meeting out of Zoho: it is owed until nothing of it is there, and stays here. */
export async function markUndone(
  sql: Sql,
  organizationId: string,
  meetingId: string,
  by: { name: string; at: Date },
): Promise<void> {
  await sql.query(
    `update meetings set undone_at = $3, undone_by = $4, owed_at = $3, owed_seq = owed_seq + 1, run_at = null, attempts = 0,
       held_back = false
     where organization_id = $1 and id = $2`,
    [organizationId, meetingId, by.at, by.name],
  );
}

/** A person wants the meeting in Zoho: neither an undoing nor a backfill that rests keeps it from there any longer. */
export async function clearUndone(sql: Sql, organizationId: string, meetingId: string): Promise<void> {
  await sql.query(
    `update meetings set undone_at = null, undone_by = null, undo_id = null, is_backfill = false, held_back = false
     where organization_id = $1 and id = $2 and (undone_at is not null or held_back)`,
    [organizationId, meetingId],
  );
}
