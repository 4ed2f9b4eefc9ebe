-- Our copy of the Zoho records that associations need. Ids are decimal strings above 2^53; `collate "C"` keeps their comparison cheap.
create table crm_users (
  organization_id uuid not null references organizations on delete cascade,
  id text collate "C" not null,
  name text not null,
  email text,
  is_active boolean not null,
  is_confirmed boolean not null,
  primary key (organization_id, id)
);

create table crm_contacts (
  organization_id uuid not null references organizations on delete cascade,
  id text collate "C" not null,
  name text not null,
  email text,
  phone text,
  title text,
  account_id text collate "C",
  owner_id text collate "C",
  created_at timestamptz,
  modified_at timestamptz,
  deleted_at timestamptz,
  merged_into text collate "C",
  primary key (organization_id, id)
);
create index crm_contacts_account on crm_contacts (organization_id, account_id) include (id) where deleted_at is null;

create table crm_leads (
  organization_id uuid not null references organizations on delete cascade,
  id text collate "C" not null,
  name text not null,
  company text,
  email text,
  phone text,
  owner_id text collate "C",
  created_at timestamptz,
  modified_at timestamptz,
  deleted_at timestamptz,
  merged_into text collate "C",
  primary key (organization_id, id)
);

create table crm_accounts (
  organization_id uuid not null references organizations on delete cascade,
  id text collate "C" not null,
  name text not null,
  website text,
  parent_id text collate "C",
  owner_id text collate "C",
  created_at timestamptz,
  modified_at timestamptz,
  deleted_at timestamptz,
  merged_into text collate "C",
  primary key (organization_id, id)
);

create table crm_deals (
  organization_id uuid not null references organizations on delete cascade,
  id text collate "C" not null,
  name text not null,
  account_id text collate "C",
  contact_id text collate "C",
  stage text not null,
  is_open boolean not null,
  pipeline text,
  amount double precision,
  currency text,
  closing_date date,
  owner_id text collate "C",
  created_at timestamptz,
  modified_at timestamptz,
  deleted_at timestamptz,
  merged_into text collate "C",
  -- Null while this deal's contact roles were not read: they are unknown then, not absent.
  roles_loaded_at timestamptz,
  -- Why Zoho refuses to tell this deal's roles: they stay unknown, and nobody asks again by himself.
  roles_problem text,
  primary key (organization_id, id)
);
create index crm_deals_account on crm_deals (organization_id, account_id) where deleted_at is null;
create index crm_deals_contact on crm_deals (organization_id, contact_id) where deleted_at is null;
create index crm_deals_unread_roles on crm_deals (organization_id, is_open desc, id) where roles_loaded_at is null and roles_problem is null and deleted_at is null;

create table crm_deal_roles (
  organization_id uuid not null references organizations on delete cascade,
  deal_id text collate "C" not null,
  contact_id text collate "C" not null,
  role text,
  primary key (organization_id, deal_id, contact_id)
);
create index crm_deal_roles_contact on crm_deal_roles (organization_id, contact_id) include (deal_id);

-- What people and companies are found by, in canonical form. `base` drops a plus-tag.
create table crm_keys (
  organization_id uuid not null references organizations on delete cascade,
  module text not null check (module in ('contacts', 'leads', 'accounts', 'users')),
  record_id text collate "C" not null,
  kind text not null check (kind in ('email', 'phone', 'domain')),
  key text collate "C" not null,
  base text collate "C" not null,
  primary key (organization_id, module, record_id, kind, key)
);
create index crm_keys_key on crm_keys (organization_id, kind, key) include (module, record_id);
create index crm_keys_base on crm_keys (organization_id, base) include (module, record_id) where kind = 'email';

create table crm_stages (
  organization_id uuid not null references organizations on delete cascade,
  stage text not null,
  is_open boolean not null,
  position integer not null,
  primary key (organization_id, stage)
);
