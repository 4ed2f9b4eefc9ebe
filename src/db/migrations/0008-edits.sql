-- What people did in Zoho to what we wrote. `content` stays the picture of the record as it is there.
alter table placements
  add column kept jsonb,
  add column crm_modified_at timestamptz,
  add column edited_by text,
  add column edited_at timestamptz,
  add column gone_at timestamptz,
  add column gone_by text;

-- Comparing the ledger with Zoho, nightly or on demand; findings of the newest check only.
create table drift_checks (
  organization_id uuid not null references organizations on delete cascade,
  id uuid not null,
  state text not null check (state in ('running', 'done', 'stopped')),
  asked_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  -- Meetings are read in the order of their ids; a check that was cut goes on behind this one.
  after_meeting_id uuid,
  meetings_total integer not null,
  meetings_checked integer not null default 0,
  counts jsonb not null default '{}',
  problem text,
  primary key (organization_id, id)
);

create table drift_findings (
  organization_id uuid not null,
  check_id uuid not null,
  meeting_id uuid not null,
  slot text not null,
  crm_id text collate "C",
  kind text not null check (kind in ('edited', 'missing', 'extra')),
  detail text not null,
  repaired_at timestamptz,
  primary key (organization_id, check_id, meeting_id, slot, kind),
  foreign key (organization_id, check_id) references drift_checks on delete cascade,
  foreign key (organization_id, meeting_id) references meetings on delete cascade
);

alter table connections add column next_drift_at timestamptz;

-- What people did in Zoho and are asked about.
create index meetings_edited_in_crm on meetings (organization_id, starts_at desc, id desc)
  where state_cause in ('edited_block', 'deleted_in_crm');
