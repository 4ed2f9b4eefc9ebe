-- Every write to Zoho is a row before it is a request, and the row tells its outcome. Rows are kept for ever.
create table sync_operations (
  organization_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  connection_id uuid not null,
  position integer not null,
  key text not null,
  action text not null check (action in ('create_event', 'update_event', 'delete_event', 'create_note', 'update_note', 'delete_note')),
  slot text,
  crm_id text collate "C",
  before jsonb,
  after jsonb,
  state text not null check (state in ('planned', 'sending', 'done', 'failed', 'unknown', 'superseded')),
  error_code text,
  error_message text,
  attempts integer not null default 0,
  planned_at timestamptz not null,
  sent_at timestamptz,
  finished_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, meeting_id) references meetings on delete cascade
);
create index sync_operations_meeting on sync_operations (organization_id, meeting_id, planned_at desc, position);
create index sync_operations_unfinished on sync_operations (organization_id, meeting_id) where state in ('planned', 'sending', 'unknown');

-- What is believed to be in Zoho for a meeting: one row for its event (slot `event`) and one a note.
create table placements (
  organization_id uuid not null,
  meeting_id uuid not null,
  slot text not null,
  crm_id text collate "C" not null,
  parent_module text,
  parent_record_id text collate "C",
  content jsonb not null,
  written_at timestamptz not null,
  verified_at timestamptz,
  primary key (organization_id, meeting_id, slot),
  foreign key (organization_id, meeting_id) references meetings on delete cascade
);
create index placements_parent on placements (organization_id, parent_module, parent_record_id);
create index placements_crm_id on placements (organization_id, crm_id);
