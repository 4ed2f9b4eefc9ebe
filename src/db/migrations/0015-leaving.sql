-- Leaving Zoho: an undo of everything with choices of what stays, which ends with the access being given back.
alter table backfills
  drop constraint backfills_kind_check,
  add constraint backfills_kind_check check (kind in ('import', 'undo', 'leave')),
  -- Only of leaving: what becomes of events, notes, ids and fields.
  add column choices jsonb,
  -- Only of leaving: nothing is left to take out, and the access is given back from here on.
  add column closing_at timestamptz,
  add constraint backfills_choices_check check ((kind = 'leave') = (choices is not null));
-- What a person had decided about a meeting before leaving took it out: it counts again when leaving is cancelled or over.
alter table meetings add column before_leaving jsonb;
create unique index backfills_leaving on backfills (organization_id) where kind = 'leave' and state in ('undoing', 'paused');

-- Fields of ours that leaving takes out of Zoho: each is a row before it is a request.
create table leave_fields (
  organization_id uuid not null,
  leave_id uuid not null,
  field_id text collate "C" not null,
  api_name text not null,
  label text not null,
  state text not null default 'planned' check (state in ('planned', 'sending', 'done', 'failed')),
  message text,
  sent_at timestamptz,
  finished_at timestamptz,
  primary key (organization_id, leave_id, field_id),
  foreign key (organization_id, leave_id) references backfills on delete cascade
);
