-- How far each module was read. Cursors are Zoho's clock: the newest time that was seen there. While a cursor is open, records may still
-- turn up a little before it, so the next poll looks back; `seen` are those that need no second look (`id@time`).
create table crm_polls (
  organization_id uuid not null references organizations on delete cascade,
  module text not null,
  cursor_at timestamptz,
  open_since timestamptz,
  seen text[] not null default '{}',
  deleted_cursor_at timestamptz,
  deleted_open_since timestamptz,
  deleted_seen text[] not null default '{}',
  polled_at timestamptz,
  deleted_polled_at timestamptz,
  problem text,
  primary key (organization_id, module)
);

-- A channel of Zoho's notifications: they are hints, the poll is the truth.
create table crm_channels (
  organization_id uuid not null references organizations on delete cascade,
  channel_id text not null,
  -- SHA-256 of the secret part of the path and of the token that Zoho sends back; neither is kept.
  path_hash bytea not null unique,
  token_hash bytea not null,
  events text[] not null,
  -- The address without its secret part.
  notify_base text not null,
  expires_at timestamptz not null,
  renewed_at timestamptz not null,
  -- When Zoho's own list was last seen to hold it.
  listed_at timestamptz not null,
  last_heard_at timestamptz,
  -- A poll saw a change that no callback had announced.
  suspected_at timestamptz,
  primary key (organization_id, channel_id)
);

-- Records that a notification named and that were not read again yet.
create table crm_hints (
  organization_id uuid not null references organizations on delete cascade,
  module text not null,
  record_id text collate "C" not null,
  is_deletion boolean not null,
  is_creation boolean not null,
  -- How often it was named: what is heard while the record is being read stays.
  times integer not null default 1,
  heard_at timestamptz not null,
  primary key (organization_id, module, record_id, is_deletion)
);

alter table connections
  add column next_poll_at timestamptz,
  -- When the notification channel is to be looked after: created, listed or renewed.
  add column next_channel_at timestamptz,
  add column channel_problem text,
  add column users_read_at timestamptz,
  add column stages_read_at timestamptz;

alter table crm_leads add column converted_to text collate "C";

alter table crm_call_counts drop constraint crm_call_counts_kind_check;
alter table crm_call_counts add constraint crm_call_counts_kind_check check (kind in ('write', 'read', 'load', 'mirror', 'drift'));

-- The deal changed since its roles were read: what is known of them stands until they are read again.
alter table crm_deals add column roles_stale boolean not null default false;
create index crm_deals_stale_roles on crm_deals (organization_id, is_open desc, id) where roles_stale and deleted_at is null;

-- `merged_into` and `converted_to` always name the last survivor: a chain is shortened when it grows.
create index crm_contacts_merged on crm_contacts (organization_id, merged_into) where merged_into is not null;
create index crm_leads_merged on crm_leads (organization_id, merged_into) where merged_into is not null;
create index crm_leads_converted on crm_leads (organization_id, converted_to) where converted_to is not null;
create index crm_accounts_merged on crm_accounts (organization_id, merged_into) where merged_into is not null;
create index crm_deals_merged on crm_deals (organization_id, merged_into) where merged_into is not null;

create index person_decisions_record on person_decisions (organization_id, module, record_id) where record_id is not null;

-- Notes of ours that went to the recycle bin with the record they are on: they come back with it.
create table resting_placements (
  organization_id uuid not null,
  meeting_id uuid not null,
  module text not null,
  record_id text collate "C" not null,
  slot text not null,
  placement jsonb not null,
  primary key (organization_id, meeting_id, slot),
  foreign key (organization_id, meeting_id) references meetings on delete cascade
);
create index resting_placements_record on resting_placements (organization_id, module, record_id);

-- A decision about a record that was merged or converted is about its survivor; this is what people decided about then.
alter table link_decisions add column former_module text, add column former_name text;

create index meetings_primary on meetings (organization_id, primary_record_id) where primary_record_id is not null;

-- Of the reasons that `owed_seq` counts, those that came from Zoho's records alone; and how many others there were when the meeting
-- was settled last. Null: none yet.
alter table meetings add column mirror_owes bigint, add column settled_reasons bigint;
