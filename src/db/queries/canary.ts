import type { CanaryAnswer, CanaryAnswers, CanaryCalendars, CanaryStep, CanaryWrite } from '../../domain/canary.ts';
import type { MailModes } from '../../domain/mail-modes.ts';
import { firstRow, type Sql } from '../sql.ts';

export type CanaryState = 'running' | 'cleaning' | 'done' | 'cancelled' | 'failed';
export type CanaryOutcome = 'done' | 'cancelled' | 'failed';

export type CanaryRow = {
  id: string;
  state: CanaryState;
  outcome: CanaryOutcome | null;
  mailbox: string;
  hostUserId: string;
  hostName: string;
  calendars: CanaryCalendars;
  startedBy: string;
  startedAt: Date;
  finishedAt: Date | null;
  dueAt: Date | null;
  problem: string | null;
  answers: CanaryAnswers;
};

export type CanaryWriteRow = Omit<CanaryWrite, 'afterMinutes'> & {
  position: number;
  dueAt: Date;
  state: 'planned' | 'sending' | 'done';
  crmId: string | null;
  finishedAt: Date | null;
};

const COLUMNS = `
  id, state, outcome, mailbox, host_user_id as "hostUserId", host_name as "hostName", calendars, started_by as "startedBy",
  started_at as "startedAt", finished_at as "finishedAt", due_at as "dueAt", problem, answers`;

/** The newest trial; locked for the transaction on request. */
export async function findCanary(
  sql: Sql,
  organizationId: string,
  lock: 'locked' | 'read' = 'read',
): Promise<CanaryRow | null> {
  return firstRow(
    sql.query<CanaryRow>(
      `select ${COLUMNS} from canaries where organization_id = $1 order by started_at desc, id desc limit 1
       ${lock === 'locked' ? 'for update' : ''}`,
      [organizationId],
    ),
  );
}

/** The newest trial that came to a result. */
export async function findDecidingCanary(sql: Sql, organizationId: string): Promise<CanaryRow | null> {
  return firstRow(
    sql.query<CanaryRow>(
      `select ${COLUMNS} from canaries where organization_id = $1 and outcome = 'done'
       order by started_at desc, id desc limit 1`,
      [organizationId],
    ),
  );
}

/** False: another trial is under way. */
export async function insertCanary(
  sql: Sql,
  organizationId: string,
  row: Pick<CanaryRow, 'id' | 'mailbox' | 'hostUserId' | 'hostName' | 'calendars' | 'startedBy' | 'startedAt'>,
): Promise<boolean> {
  const rows = await sql.query(
    `insert into canaries (organization_id, id, state, mailbox, host_user_id, host_name, calendars, started_by, started_at, due_at)
     values ($1, $2, 'running', $3, $4, $5, $6, $7, $8, $8)
     on conflict (organization_id) where state in ('running', 'cleaning') do nothing returning id`,
    [organizationId, row.id, row.mailbox, row.hostUserId, row.hostName, row.calendars, row.startedBy, row.startedAt],
  );
  return rows.length === 1;
}

/** Adds writes behind those that exist; each is due so many minutes after `from`. */
export async function insertCanaryWrites(
  sql: Sql,
  organizationId: string,
  canaryId: string,
  writes: readonly CanaryWrite[],
  from: Date,
): Promise<void> {
  await sql.query(
    `insert into canary_writes (organization_id, canary_id, position, step, action, target, due_at)
     select $1, $2, (select count(*) from canary_writes where organization_id = $1 and canary_id = $2) + w.n, w.step, w.action,
       w.target, $4::timestamptz + w."afterMinutes" * interval '1 minute'
     from rows from (jsonb_to_recordset($3) as (step text, action text, target text, "afterMinutes" int))
       with ordinality as w(step, action, target, "afterMinutes", n)`,
    [organizationId, canaryId, JSON.stringify(writes), from],
  );
}

export async function listCanaryWrites(sql: Sql, organizationId: string, canaryId: string): Promise<CanaryWriteRow[]> {
  return sql.query<CanaryWriteRow>(
    `select position, step, action, target, due_at as "dueAt", state, crm_id as "crmId", finished_at as "finishedAt"
     from canary_writes where organization_id = $1 and canary_id = $2 order by position`,
    [organizationId, canaryId],
  );
}

/** Says that the request is about to leave. */
export async function markCanarySending(
  sql: Sql,
  organizationId: string,
  canaryId: string,
  input: { position: number; at: Date },
): Promise<void> {
  await sql.query(
    `update canary_writes set state = 'sending', sent_at = $4
     where organization_id = $1 and canary_id = $2 and position = $3`,
    [organizationId, canaryId, input.position, input.at],
  );
}

export async function markCanaryDone(
  sql: Sql,
  organizationId: string,
  canaryId: string,
  input: { position: number; crmId: string | null; at: Date },
): Promise<void> {
  await sql.query(
    `update canary_writes set state = 'done', crm_id = $4, finished_at = $5
     where organization_id = $1 and canary_id = $2 and position = $3`,
    [organizationId, canaryId, input.position, input.crmId, input.at],
  );
}

export async function saveCanaryAnswer(
  sql: Sql,
  organizationId: string,
  canaryId: string,
  input: { step: CanaryStep; answer: CanaryAnswer },
): Promise<void> {
  await sql.query(
    `update canaries set answers = answers || jsonb_build_object($3::text, $4::jsonb)
     where organization_id = $1 and id = $2`,
    [organizationId, canaryId, input.step, JSON.stringify(input.answer)],
  );
}

/** When the trial goes on; null: when somebody answers. */
export async function scheduleCanary(
  sql: Sql,
  organizationId: string,
  canaryId: string,
  dueAt: Date | null,
): Promise<void> {
  await sql.query('update canaries set due_at = $3 where organization_id = $1 and id = $2', [
    organizationId,
    canaryId,
    dueAt,
  ]);
}

/** From now on its records are removed from Zoho, and then it ends as `outcome`. */
export async function beginCleaning(
  sql: Sql,
  organizationId: string,
  canaryId: string,
  input: { outcome: CanaryOutcome; problem: string | null; at: Date },
): Promise<void> {
  await sql.query(
    `update canaries set state = 'cleaning', outcome = $3, problem = $4, due_at = $5 where organization_id = $1 and id = $2`,
    [organizationId, canaryId, input.outcome, input.problem, input.at],
  );
}

export async function endCanary(
  sql: Sql,
  organizationId: string,
  canaryId: string,
  input: { at: Date; problem: string | null },
): Promise<void> {
  await sql.query(
    `update canaries set state = outcome, finished_at = $3, due_at = null, problem = $4
     where organization_id = $1 and id = $2 and outcome is not null`,
    [organizationId, canaryId, input.at, input.problem],
  );
}

/** What a finished trial allows decides from now on. */
export async function saveMailModes(sql: Sql, organizationId: string, modes: MailModes): Promise<void> {
  await sql.query('update connections set mail_modes = $2 where organization_id = $1', [
    organizationId,
    JSON.stringify(modes),
  ]);
}

export type CanaryHost = { id: string; name: string; email: string | null };

/** People who can host meetings: active users of Zoho other than the connected one, by name. */
export async function listCanaryHosts(
  sql: Sql,
  organizationId: string,
  input: { exceptId: string; limit: number },
): Promise<CanaryHost[]> {
  return sql.query<CanaryHost>(
    `select id, name, email from crm_users where organization_id = $1 and is_active and id <> $2
     order by name, id limit $3`,
    [organizationId, input.exceptId, input.limit],
  );
}

/** An active user of Zoho. */
export async function findCanaryHost(sql: Sql, organizationId: string, id: string): Promise<CanaryHost | null> {
  return firstRow(
    sql.query<CanaryHost>(
      'select id, name, email from crm_users where organization_id = $1 and id = $2 and is_active',
      [organizationId, id],
    ),
  );
}
