import { randomUUID } from 'node:crypto';
import type { Sql } from '../../src/db/sql.ts';
import { canonicalEmail } from '../../src/domain/canonical-email.ts';
import { collapseParticipants } from '../../src/domain/collapse-participants.ts';
import type { CrmPicture } from '../../src/domain/crm-picture.ts';
import type { Decisions } from '../../src/domain/decision.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import type { Policy } from '../../src/domain/policy.ts';

/** An organization of its own for every world, so that worlds do not meet. */
export async function insertOrganization(sql: Sql, policy: Policy): Promise<string> {
  const id = randomUUID();
  await sql.query('insert into organizations (id, name, policy, created_at) values ($1, $2, $3, now())', [
    id,
    'A world',
    JSON.stringify(policy),
  ]);
  return id;
}

export async function insertPicture(sql: Sql, organizationId: string, crm: CrmPicture): Promise<void> {
  const insert = (table: string, columns: string, rows: unknown[]) =>
    sql.query(
      `insert into ${table} (organization_id, ${columns}) select $1, ${columns}
       from jsonb_populate_recordset(null::${table}, $2::jsonb)`,
      [organizationId, JSON.stringify(rows)],
    );
  const at = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString());
  await insert(
    'crm_contacts',
    'id, name, account_id, created_at',
    crm.contacts.map(({ id, name, accountIds, createdAt }) => ({
      id,
      name,
      account_id: accountIds[0] ?? null,
      created_at: at(createdAt),
    })),
  );
  await insert(
    'crm_leads',
    'id, name, created_at',
    crm.leads.map(({ id, name, createdAt }) => ({ id, name, created_at: at(createdAt) })),
  );
  await insert(
    'crm_accounts',
    'id, name, created_at',
    crm.accounts.map(({ id, name, createdAt }) => ({ id, name, created_at: at(createdAt) })),
  );
  await insert(
    'crm_deals',
    'id, name, account_id, contact_id, stage, is_open, pipeline, closing_date, created_at, roles_loaded_at',
    crm.deals.map((deal) => ({
      id: deal.id,
      name: deal.name,
      account_id: deal.accountId,
      contact_id: deal.contactId,
      stage: deal.stage,
      is_open: deal.isOpen,
      pipeline: deal.pipeline,
      closing_date: deal.closingDate,
      created_at: at(deal.createdAt),
      roles_loaded_at: deal.areRolesLoaded ? at(0) : null,
    })),
  );
  const roles = crm.deals.flatMap((deal) =>
    deal.roles.map(({ contactId, role }) => ({ deal_id: deal.id, contact_id: contactId, role })),
  );
  const once = new Map(roles.map((role) => [`${role.deal_id} ${role.contact_id}`, role]));
  await insert('crm_deal_roles', 'deal_id, contact_id, role', [...once.values()]);
  await insert('crm_keys', 'module, record_id, kind, key, base', keysOf(crm));
}

/** Keys under which a gather finds the candidates of the picture. */
function keysOf(crm: CrmPicture): unknown[] {
  const keys = crm.candidates.map(({ participantKey, module, recordId, by }) => {
    const address = canonicalEmail(participantKey.replace(/^email:/, ''));
    const email = address?.email ?? participantKey;
    const base = address?.base ?? participantKey;
    const other = email === base ? base.replace('@', '+other@') : base;
    return { module, record_id: recordId, kind: 'email', key: by === 'email' ? email : other, base };
  });
  const domains = crm.domainCandidates.map(({ accountId, domain }) => ({
    module: 'accounts',
    record_id: accountId,
    kind: 'domain',
    key: domain,
    base: domain,
  }));
  const once = new Map([...keys, ...domains].map((row) => [`${row.module} ${row.record_id} ${row.key}`, row]));
  return [...once.values()];
}

/** A meeting with its participants and what people said about them; returns its id. */
export async function insertMeeting(
  sql: Sql,
  organizationId: string,
  meeting: Meeting,
  more: { decisions?: Decisions; columns?: Record<string, unknown> } = {},
): Promise<string> {
  const id = randomUUID();
  const row = {
    organization_id: organizationId,
    id,
    external_id: `ext-${id}`,
    version: 1,
    content_hash: 'x',
    title: meeting.title,
    starts_at: new Date(meeting.startsAt).toISOString(),
    ends_at: new Date(meeting.endsAt).toISOString(),
    time_zone: meeting.timeZone,
    activity_type: meeting.activityType,
    visibility: meeting.visibility,
    summary: meeting.summary,
    summary_at: meeting.summaryAt === null ? null : new Date(meeting.summaryAt).toISOString(),
    notes_at: meeting.notesAt === null ? null : new Date(meeting.notesAt).toISOString(),
    host_name: meeting.participants.find((one) => one.role === 'organizer')?.name ?? null,
    is_backfill: false,
    held_back: false,
    state: 'published',
    state_reason: '',
    publish_anyway: false,
    owed_seq: 0,
    attempts: 0,
    roles_unknown: 0,
    differences: [],
    created_at: '2026-11-20T00:00:00Z',
    updated_at: '2026-11-20T00:00:00Z',
    ...more.columns,
  };
  await sql.query('insert into meetings select * from jsonb_populate_record(null::meetings, $1::jsonb)', [
    JSON.stringify(row),
  ]);
  const people = collapseParticipants(meeting.participants).map((one, position) => {
    const address = one.email === null ? null : canonicalEmail(one.email);
    return {
      ...one,
      organization_id: organizationId,
      meeting_id: id,
      position,
      email_key: address?.email ?? null,
      base_key: address?.base ?? null,
      domain: address?.domain ?? null,
    };
  });
  await sql.query('insert into participants select * from jsonb_populate_recordset(null::participants, $1::jsonb)', [
    JSON.stringify(people),
  ]);
  const notes = meeting.notes.map((note, position) => ({
    organization_id: organizationId,
    meeting_id: id,
    id: note.id,
    position,
    smart_category: note.smartCategory,
    text: note.text,
  }));
  await sql.query('insert into meeting_notes select * from jsonb_populate_recordset(null::meeting_notes, $1::jsonb)', [
    JSON.stringify(notes),
  ]);
  for (const person of more.decisions?.people ?? []) {
    const chosen = person.kind === 'chosen' ? [person.module, person.recordId] : [null, null];
    await sql.query(
      `insert into person_decisions (organization_id, meeting_id, participant_key, kind, module, record_id, decided_by, decided_at)
       values ($1, $2, $3, $4, $5, $6, 'Eva', now())`,
      [organizationId, id, person.participantKey, person.kind, ...chosen],
    );
  }
  return id;
}

export async function insertLinkDecisions(
  sql: Sql,
  organizationId: string,
  meetingId: string,
  decisions: Decisions,
): Promise<void> {
  for (const link of decisions.links) {
    await sql.query(
      `insert into link_decisions (organization_id, meeting_id, module, record_id, decision, origin, name, decided_by, decided_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
      [organizationId, meetingId, link.module, link.id, link.decision, link.origin, link.name, link.decidedBy],
    );
  }
}
