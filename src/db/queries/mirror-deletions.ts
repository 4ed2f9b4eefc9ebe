import type { CrmModule } from '../../domain/crm-picture.ts';
import type { Sql } from '../sql.ts';

/** A record that ended, and the one that goes on for it: of the same module (merged), or the contact of a converted lead. */
export type Succession = {
  module: CrmModule;
  loserId: string;
  survivorModule: CrmModule;
  survivorId: string;
};

const TABLES: Record<CrmModule, string> = {
  contacts: 'crm_contacts',
  leads: 'crm_leads',
  accounts: 'crm_accounts',
  deals: 'crm_deals',
};

/** Marks records as deleted; what hangs on them stays stored and rests. */
export async function markDeleted(
  sql: Sql,
  organizationId: string,
  module: CrmModule,
  records: readonly { id: string; deletedAt: string }[],
): Promise<void> {
  await sql.query(
    `update ${TABLES[module]} t set deleted_at = r."deletedAt"
     from jsonb_to_recordset($2) as r(id text, "deletedAt" timestamptz)
     where t.organization_id = $1 and t.id = r.id and t.deleted_at is null`,
    [organizationId, JSON.stringify(records)],
  );
}

/**
 * Puts our notes on deleted records aside: Zoho keeps them in the recycle bin with the record, so they are neither deleted nor
 * written again.
 */
export async function restPlacements(
  sql: Sql,
  organizationId: string,
  module: CrmModule,
  recordIds: readonly string[],
): Promise<void> {
  await sql.query(
    `with resting as (
       delete from placements p
       where p.organization_id = $1 and p.parent_module = $2 and p.parent_record_id = any($3::text[]) returning p.*)
     insert into resting_placements (organization_id, meeting_id, module, record_id, slot, placement)
     select r.organization_id, r.meeting_id, $2, r.parent_record_id, r.slot, to_jsonb(r) from resting r
     on conflict (organization_id, meeting_id, slot) do update
     set module = excluded.module, record_id = excluded.record_id, placement = excluded.placement`,
    [organizationId, module, recordIds],
  );
}

/** Brings back our notes on records that came back from the recycle bin; they are read again before anybody calls them verified. */
export async function wakePlacements(
  sql: Sql,
  organizationId: string,
  module: CrmModule,
  recordIds: readonly string[],
): Promise<void> {
  await sql.query(
    `with waking as (
       delete from resting_placements r
       where r.organization_id = $1 and r.module = $2 and r.record_id = any($3::text[]) returning r.placement)
     insert into placements
     select (jsonb_populate_record(null::placements, w.placement || '{"verified_at": null}'::jsonb)).* from waking w
     on conflict (organization_id, meeting_id, slot) do nothing`,
    [organizationId, module, recordIds],
  );
}

/** Which of these records count as deleted? */
export async function findDeleted(
  sql: Sql,
  organizationId: string,
  module: CrmModule,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from ${TABLES[module]} where organization_id = $1 and id = any($2::text[]) and deleted_at is not null`,
    [organizationId, ids],
  );
  return rows.map((row) => row.id);
}

/** The records that were deleted last, since a time, and that no other one goes on for: they may be restored. */
export async function listRestorable(
  sql: Sql,
  organizationId: string,
  module: CrmModule,
  input: { since: Date; limit: number },
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from ${TABLES[module]}
     where organization_id = $1 and deleted_at > $2 and merged_into is null
       ${module === 'leads' ? 'and converted_to is null' : ''}
     order by deleted_at desc, id limit $3`,
    [organizationId, input.since, input.limit],
  );
  return rows.map((row) => row.id);
}

/** Living records of the mirror with an id behind `after` and not behind `upTo` that are not among `ids`, in the order of ids. */
export async function listOthers(
  sql: Sql,
  organizationId: string,
  module: CrmModule,
  input: { after: string | null; upTo: string | null; ids: readonly string[]; limit: number },
): Promise<string[]> {
  // Zoho's ids are numbers, and not all of them have the same number of digits.
  const rows = await sql.query<{ id: string }>(
    `select id from ${TABLES[module]}
     where organization_id = $1 and deleted_at is null and not id = any($4::text[])
       and ($2::text is null or id::numeric > $2::numeric) and ($3::text is null or id::numeric <= $3::numeric)
     order by id::numeric limit $5`,
    [organizationId, input.after, input.upTo, input.ids, input.limit],
  );
  return rows.map((row) => row.id);
}

/** The last survivor of each of these records; a record that never ended is its own. */
export async function resolveSurvivors(
  sql: Sql,
  organizationId: string,
  module: CrmModule,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sql.query<{ id: string; survivorId: string }>(
    `select id, coalesce(merged_into, id) as "survivorId" from ${TABLES[module]}
     where organization_id = $1 and id = any($2::text[])`,
    [organizationId, ids],
  );
  return new Map(rows.map((row) => [row.id, row.survivorId]));
}

/**
 * Makes a survivor the heir of a record that ended: what pointed to the loser points to it, as at Zoho; decisions about the loser
 * are about it (of two about one meeting the later one counts). The loser keeps its row and its addresses, and its name leads to
 * the survivor. Chains stay one step long.
 */
export async function succeed(sql: Sql, organizationId: string, succession: Succession): Promise<void> {
  const { module, loserId, survivorModule, survivorId } = succession;
  const ids = [organizationId, loserId, survivorId];
  if (module === survivorModule) {
    await sql.query(
      `update ${TABLES[module]} set merged_into = $3 where organization_id = $1 and (id = $2 or merged_into = $2)`,
      ids,
    );
  } else {
    await sql.query(
      'update crm_leads set converted_to = $3 where organization_id = $1 and (id = $2 or merged_into = $2)',
      ids,
    );
  }
  if (module === 'contacts') {
    await sql.query('update crm_leads set converted_to = $3 where organization_id = $1 and converted_to = $2', ids);
  }
  for (const statement of EDGES[module]) await sql.query(statement, ids);
  await moveDecisions(sql, organizationId, succession);
}

/** Edges of the mirror that pointed to the loser `$2`: now to the survivor `$3`. Roles that moved are read again. */
const EDGES: Record<CrmModule, string[]> = {
  leads: [],
  contacts: [
    'update crm_deals set contact_id = $3 where organization_id = $1 and contact_id = $2',
    `update crm_deals set roles_stale = true
     where organization_id = $1 and roles_loaded_at is not null and id in (
       select deal_id from crm_deal_roles where organization_id = $1 and contact_id in ($2, $3))`,
    `insert into crm_deal_roles (organization_id, deal_id, contact_id, role)
     select organization_id, deal_id, $3, role from crm_deal_roles where organization_id = $1 and contact_id = $2
     on conflict do nothing`,
    'delete from crm_deal_roles where organization_id = $1 and contact_id = $2 and $3::text is not null',
  ],
  accounts: [
    'update crm_contacts set account_id = $3 where organization_id = $1 and account_id = $2',
    'update crm_deals set account_id = $3 where organization_id = $1 and account_id = $2',
    'update crm_accounts set parent_id = $3 where organization_id = $1 and parent_id = $2',
  ],
  deals: [
    `insert into crm_deal_roles (organization_id, deal_id, contact_id, role)
     select organization_id, $3, contact_id, role from crm_deal_roles where organization_id = $1 and deal_id = $2
     on conflict do nothing`,
    `update crm_deals set roles_stale = roles_loaded_at is not null
     where organization_id = $1 and id = $3 and $2::text is not null`,
  ],
};

async function moveDecisions(
  sql: Sql,
  organizationId: string,
  { module, loserId, survivorModule, survivorId }: Succession,
): Promise<void> {
  const values = [organizationId, module, loserId, survivorModule, survivorId];
  await sql.query(
    `delete from link_decisions k using link_decisions l
     where l.organization_id = $1 and l.module = $2 and l.record_id = $3
       and k.organization_id = $1 and k.meeting_id = l.meeting_id and k.module = $4 and k.record_id = $5
       and k.decided_at < l.decided_at`,
    values,
  );
  await sql.query(
    `delete from link_decisions l using link_decisions k
     where l.organization_id = $1 and l.module = $2 and l.record_id = $3
       and k.organization_id = $1 and k.meeting_id = l.meeting_id and k.module = $4 and k.record_id = $5`,
    values,
  );
  await sql.query(
    `update link_decisions set module = $4, record_id = $5, former_module = coalesce(former_module, module),
       former_name = coalesce(former_name, name)
     where organization_id = $1 and module = $2 and record_id = $3`,
    values,
  );
  if (survivorModule !== 'contacts' && survivorModule !== 'leads') return;
  await sql.query(
    `update person_decisions set module = $4, record_id = $5
     where organization_id = $1 and module = $2 and record_id = $3`,
    values,
  );
}
