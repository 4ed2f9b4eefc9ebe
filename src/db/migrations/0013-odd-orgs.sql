-- What an org's layouts, field security and sharing mean for us, as it was read last; and what the organization said itself.
create table preflights (
  organization_id uuid primary key references organizations on delete cascade,
  found jsonb,
  read_at timestamptz,
  -- When it has to be read again; null: not by itself.
  next_read_at timestamptz,
  -- Modules whose addresses vanished all at once without Zoho saying that it withholds them.
  vanished text[] not null default '{}',
  -- Sharing of events as an administrator states it, where Zoho does not tell.
  stated_sharing text check (stated_sharing in ('public', 'private')),
  stated_by text
);

-- Values for fields of events that the org demands and that no meeting has. An empty activity type: for all others.
create table field_constants (
  organization_id uuid not null references organizations on delete cascade,
  field text not null,
  activity_type text not null,
  value jsonb not null,
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (organization_id, field, activity_type)
);

-- Why Zoho refuses one write of a meeting. `subject`: the field (api name), or the record (`deals:…`).
create table obstacles (
  organization_id uuid not null,
  meeting_id uuid not null,
  slot text not null,
  kind text not null check (kind in (
    'mandatory_field', 'unique_value', 'pick_value', 'validation_rule', 'record_blocked', 'record_hidden')),
  subject text not null,
  detail text not null,
  tries integer not null default 1,
  -- When it is tried again by itself; null: being tried, or waiting for a person.
  retry_at timestamptz,
  found_at timestamptz not null,
  primary key (organization_id, meeting_id, slot),
  foreign key (organization_id, meeting_id) references meetings on delete cascade
);
create index obstacles_cause on obstacles (organization_id, kind, subject);
create index obstacles_retry on obstacles (organization_id, retry_at) where retry_at is not null;
