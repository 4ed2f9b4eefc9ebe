import type { Sql } from '../sql.ts';

/** Rows of the mirror as the edge delivers them; times are ISO texts, days `yyyy-MM-dd`. */
export type MirrorUser = { id: string; name: string; email: string | null; isActive: boolean; isConfirmed: boolean };
export type MirrorContact = {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  title: string | null;
  accountId: string | null;
  ownerId: string | null;
  createdAt: string | null;
  modifiedAt: string | null;
};
export type MirrorLead = Omit<MirrorContact, 'title' | 'accountId'> & { company: string | null };
export type MirrorAccount = {
  id: string;
  name: string;
  website: string | null;
  parentId: string | null;
  ownerId: string | null;
  createdAt: string | null;
  modifiedAt: string | null;
};
export type MirrorDeal = {
  id: string;
  name: string;
  accountId: string | null;
  contactId: string | null;
  stage: string;
  isOpen: boolean;
  pipeline: string | null;
  amount: number | null;
  currency: string | null;
  closingDate: string | null;
  ownerId: string | null;
  createdAt: string | null;
  modifiedAt: string | null;
};

export type KeyModule = 'contacts' | 'leads' | 'accounts' | 'users';
/** What a record is found by, canonical. `base` drops a plus-tag; elsewhere it repeats the key. */
export type MirrorKey = { recordId: string; kind: 'email' | 'phone' | 'domain'; key: string; base: string };

type Column = { name: string; key: string; type: string };
/** A table of the mirror: which column holds which part of a row. */
export type MirrorShape = { table: string; columns: Column[]; isTimed: boolean };

const NAMED: Column[] = [
  { name: 'id', key: 'id', type: 'text' },
  { name: 'name', key: 'name', type: 'text' },
];
const OWNED: Column[] = [
  { name: 'owner_id', key: 'ownerId', type: 'text' },
  { name: 'created_at', key: 'createdAt', type: 'timestamptz' },
  { name: 'modified_at', key: 'modifiedAt', type: 'timestamptz' },
];
const REACHED: Column[] = [
  { name: 'email', key: 'email', type: 'text' },
  { name: 'phone', key: 'phone', type: 'text' },
];

export const MIRROR_SHAPES = {
  users: {
    table: 'crm_users',
    isTimed: false,
    columns: [
      ...NAMED,
      { name: 'email', key: 'email', type: 'text' },
      { name: 'is_active', key: 'isActive', type: 'boolean' },
      { name: 'is_confirmed', key: 'isConfirmed', type: 'boolean' },
    ],
  },
  contacts: {
    table: 'crm_contacts',
    isTimed: true,
    columns: [
      ...NAMED,
      ...REACHED,
      { name: 'title', key: 'title', type: 'text' },
      { name: 'account_id', key: 'accountId', type: 'text' },
      ...OWNED,
    ],
  },
  leads: {
    table: 'crm_leads',
    isTimed: true,
    columns: [...NAMED, ...REACHED, { name: 'company', key: 'company', type: 'text' }, ...OWNED],
  },
  accounts: {
    table: 'crm_accounts',
    isTimed: true,
    columns: [
      ...NAMED,
      { name: 'website', key: 'website', type: 'text' },
      { name: 'parent_id', key: 'parentId', type: 'text' },
      ...OWNED,
    ],
  },
  deals: {
    table: 'crm_deals',
    isTimed: true,
    columns: [
      ...NAMED,
      { name: 'account_id', key: 'accountId', type: 'text' },
      { name: 'contact_id', key: 'contactId', type: 'text' },
      { name: 'stage', key: 'stage', type: 'text' },
      { name: 'is_open', key: 'isOpen', type: 'boolean' },
      { name: 'pipeline', key: 'pipeline', type: 'text' },
      { name: 'amount', key: 'amount', type: 'float8' },
      { name: 'currency', key: 'currency', type: 'text' },
      { name: 'closing_date', key: 'closingDate', type: 'date' },
      ...OWNED,
    ],
  },
} satisfies Record<string, MirrorShape>;

export type MirrorRowOf = {
  users: MirrorUser;
  contacts: MirrorContact;
  leads: MirrorLead;
  accounts: MirrorAccount;
  deals: MirrorDeal;
};
export type MirrorModule = keyof MirrorRowOf;

/**
 * Inserts or updates a page of records in one statement. An older picture never replaces a newer one (`modified_at`), an equal
 * one writes no row; a record that was deleted and is seen again lives again.
 */
export async function upsertMirror<Module extends MirrorModule>(
  sql: Sql,
  organizationId: string,
  module: Module,
  rows: MirrorRowOf[Module][],
): Promise<void> {
  if (rows.length === 0) return;
  const shape: MirrorShape = MIRROR_SHAPES[module];
  await sql.query(upsertStatement(module, shape), [organizationId, JSON.stringify(rows)]);
}

function upsertStatement(module: MirrorModule, { table, columns, isTimed }: MirrorShape): string {
  const names = columns.map((column) => column.name);
  const changing = names.filter((name) => name !== 'id');
  const converted = module === 'leads' ? ', converted_to = null' : '';
  const revived = isTimed ? `, deleted_at = null, merged_into = null${converted}` : '';
  const changed = `(${changing.map((name) => `t.${name}`).join(', ')}) is distinct from (${changing.map((name) => `excluded.${name}`).join(', ')})`;
  const guard = isTimed
    ? `(t.modified_at is null or excluded.modified_at is null or excluded.modified_at >= t.modified_at)
       and (t.deleted_at is not null or ${changed})`
    : changed;
  return `
    insert into ${table} as t (organization_id, ${names.join(', ')})
    select $1, ${columns.map((column) => `r."${column.key}"`).join(', ')}
    from jsonb_to_recordset($2) as r(${columns.map((column) => `"${column.key}" ${column.type}`).join(', ')})
    on conflict (organization_id, id) do update
    set ${changing.map((name) => `${name} = excluded.${name}`).join(', ')}${revived}
    where ${guard}`;
}

/** Replaces what these records are found by. */
export async function replaceKeys(
  sql: Sql,
  organizationId: string,
  module: KeyModule,
  recordIds: string[],
  keys: MirrorKey[],
): Promise<void> {
  await sql.query(
    `delete from crm_keys k where k.organization_id = $1 and k.module = $2 and k.record_id = any($3::text[]) and not exists (
       select from jsonb_to_recordset($4) as r("recordId" text, kind text, key text)
       where r."recordId" = k.record_id and r.kind = k.kind and r.key = k.key)`,
    [organizationId, module, recordIds, JSON.stringify(keys)],
  );
  await sql.query(
    `insert into crm_keys (organization_id, module, record_id, kind, key, base)
     select distinct $1::uuid, $2, r."recordId", r.kind, r.key, r.base
     from jsonb_to_recordset($3) as r("recordId" text, kind text, key text, base text)
     on conflict do nothing`,
    [organizationId, module, JSON.stringify(keys)],
  );
}

export async function replaceStages(
  sql: Sql,
  organizationId: string,
  stages: { stage: string; isOpen: boolean }[],
): Promise<void> {
  await sql.query('delete from crm_stages where organization_id = $1 and stage <> all($2::text[])', [
    organizationId,
    stages.map((entry) => entry.stage),
  ]);
  await sql.query(
    `insert into crm_stages (organization_id, stage, is_open, position)
     select $1, r.stage, r."isOpen", r.position from jsonb_to_recordset($2) as r(stage text, "isOpen" boolean, position int)
     on conflict (organization_id, stage) do update set is_open = excluded.is_open, position = excluded.position`,
    [organizationId, JSON.stringify(stages.map((entry, position) => ({ ...entry, position })))],
  );
}

/**
 * Deals that changed since their roles were read: these are read again. What is known of them stands until then. A deal whose
 * roles Zoho refused to tell is asked about again.
 */
export async function markRolesStale(sql: Sql, organizationId: string, dealIds: readonly string[]): Promise<void> {
  if (dealIds.length === 0) return;
  await sql.query(
    `update crm_deals set roles_stale = roles_loaded_at is not null, roles_problem = null
     where organization_id = $1 and id = any($2::text[])`,
    [organizationId, dealIds],
  );
}

/** Deals that changed since their roles were read, open ones first. */
export async function listDealsWithStaleRoles(sql: Sql, organizationId: string, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from crm_deals where organization_id = $1 and roles_stale and deleted_at is null
     order by is_open desc, id limit $2`,
    [organizationId, limit],
  );
  return rows.map((row) => row.id);
}

/**
 * Deals whose contact roles were never read, those first that can matter soonest: open ones, then those whose contact or account
 * belongs to somebody whom a meeting is linked with, then the rest.
 */
export async function listDealsWithUnreadRoles(sql: Sql, organizationId: string, limit: number): Promise<string[]> {
  const unread = `d.organization_id = $1 and d.roles_loaded_at is null and d.roles_problem is null and d.deleted_at is null`;
  const open = await sql.query<{ id: string }>(
    `select d.id from crm_deals d where ${unread} and d.is_open order by d.id limit $2`,
    [organizationId, limit],
  );
  if (open.length > 0) return open.map((row) => row.id);
  const met = await sql.query<{ id: string }>(
    `with met as materialized (
       select distinct record_id as id from direct_links where organization_id = $1 and module = 'contacts'),
     companies as materialized (
       select distinct c.account_id as id from crm_contacts c
       where c.organization_id = $1 and c.id in (select id from met) and c.account_id is not null)
     select d.id from crm_deals d
     where ${unread} and (d.contact_id in (select id from met) or d.account_id in (select id from companies))
     order by d.id limit $2`,
    [organizationId, limit],
  );
  if (met.length > 0) return met.map((row) => row.id);
  const rest = await sql.query<{ id: string }>(
    `select d.id from crm_deals d where ${unread} order by d.is_open desc, d.id limit $2`,
    [organizationId, limit],
  );
  return rest.map((row) => row.id);
}

export async function countDealRoles(
  sql: Sql,
  organizationId: string,
): Promise<{ dealsLoaded: number; dealsTotal: number }> {
  const rows = await sql.query<{ dealsLoaded: number; dealsTotal: number }>(
    `select count(coalesce(roles_loaded_at::text, roles_problem))::int as "dealsLoaded", count(*)::int as "dealsTotal"
     from crm_deals where organization_id = $1 and deleted_at is null`,
    [organizationId],
  );
  return rows[0] ?? { dealsLoaded: 0, dealsTotal: 0 };
}

/**
 * Replaces the roles of deals that were read. Returns the contacts that gained or lost a role: meetings with them are looked
 * at again.
 */
export async function replaceDealRoles(
  sql: Sql,
  organizationId: string,
  input: { dealIds: string[]; roles: { dealId: string; contactId: string; role: string | null }[]; at: Date },
): Promise<string[]> {
  const roles = JSON.stringify(input.roles);
  const removed = await sql.query<{ contactId: string }>(
    `delete from crm_deal_roles d where d.organization_id = $1 and d.deal_id = any($2::text[]) and not exists (
       select from jsonb_to_recordset($3) as r("dealId" text, "contactId" text)
       where r."dealId" = d.deal_id and r."contactId" = d.contact_id)
     returning contact_id as "contactId"`,
    [organizationId, input.dealIds, roles],
  );
  const added = await sql.query<{ contactId: string }>(
    `insert into crm_deal_roles as d (organization_id, deal_id, contact_id, role)
     select $1, r."dealId", r."contactId", r.role from jsonb_to_recordset($2) as r("dealId" text, "contactId" text, role text)
     on conflict (organization_id, deal_id, contact_id) do update set role = excluded.role
     where d.role is distinct from excluded.role
     returning contact_id as "contactId"`,
    [organizationId, roles],
  );
  await sql.query(
    `update crm_deals set roles_loaded_at = $3, roles_problem = null, roles_stale = false
     where organization_id = $1 and id = any($2::text[])`,
    [organizationId, input.dealIds, input.at],
  );
  return [...new Set([...removed, ...added].map((row) => row.contactId))];
}

/** Remembers the deals whose roles Zoho refuses to tell, with its reason. */
export async function saveRoleProblems(
  sql: Sql,
  organizationId: string,
  problems: { dealId: string; message: string }[],
): Promise<void> {
  if (problems.length === 0) return;
  await sql.query(
    `update crm_deals d set roles_problem = p.message, roles_stale = false from jsonb_to_recordset($2) as p("dealId" text, message text)
     where d.organization_id = $1 and d.id = p."dealId"`,
    [organizationId, JSON.stringify(problems)],
  );
}

/** Mail domains of the Zoho users. */
export async function listUserDomains(sql: Sql, organizationId: string): Promise<string[]> {
  const rows = await sql.query<{ domain: string }>(
    `select distinct split_part(key, '@', 2) as domain from crm_keys
     where organization_id = $1 and module = 'users' and kind = 'email' order by domain`,
    [organizationId],
  );
  return rows.map((row) => row.domain);
}

export type MirrorCounts = { contacts: number; leads: number; accounts: number; deals: number; users: number };

export async function countMirror(sql: Sql, organizationId: string): Promise<MirrorCounts> {
  const rows = await sql.query<MirrorCounts>(
    `select
       (select count(*)::int from crm_contacts where organization_id = $1 and deleted_at is null) as contacts,
       (select count(*)::int from crm_leads where organization_id = $1 and deleted_at is null) as leads,
       (select count(*)::int from crm_accounts where organization_id = $1 and deleted_at is null) as accounts,
       (select count(*)::int from crm_deals where organization_id = $1 and deleted_at is null) as deals,
       (select count(*)::int from crm_users where organization_id = $1) as users`,
    [organizationId],
  );
  return rows[0] ?? { contacts: 0, leads: 0, accounts: 0, deals: 0, users: 0 };
}
