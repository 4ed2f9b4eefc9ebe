-- How far each module was read: the poll goes on at the cursor (Zoho's clock), and knows the ids already seen at that very second.
create table crm_polls (
  organization_id uuid not null references organizations on delete cascade,
  module text not null,
  cursor_at timestamptz,
  boundary_ids text[] not null default '{}',
  deleted_cursor_at timestamptz,
  polled_at timestamptz,
  deleted_polled_at timestamptz,
  problem text,
  primary key (organization_id, module)
);

-- A channel of Zoho's notifications: they are hints, the poll is the truth.
create table crm_channels (
  organization_id uuid not null references organizations on delete cascade,
  channel_id text not null,
  -- SHA-256 of the secret part of the path and of the token that Zoho sends back.
  path_hash bytea not null unique,
  token_hash bytea not null,
  events text[] not null,
  notify_url text not null,
  expires_at timestamptz,
  renewed_at timestamptz,
  last_heard_at timestamptz,
  problem text,
  primary key (organization_id, channel_id)
);

-- Records that a notification named and that were not read again yet.
create table crm_hints (
  organization_id uuid not null references organizations on delete cascade,
  module text not null,
  record_id text collate "C" not null,
  is_deletion boolean not null,
  heard_at timestamptz not null,
  primary key (organization_id, module, record_id, is_deletion)
);

alter table connections
  add column next_poll_at timestamptz,
  add column users_read_at timestamptz,
  add column stages_read_at timestamptz,
  add column notes_seen_until timestamptz;

alter table crm_leads add column converted_to text collate "C";

alter table crm_call_counts drop constraint crm_call_counts_kind_check;
alter table crm_call_counts add constraint crm_call_counts_kind_check check (kind in ('write', 'read', 'load', 'mirror', 'drift'));
