-- History: past meetings that are brought in together (`import`), and meetings that are taken out of Zoho together (`undo`).
create table backfills (
  organization_id uuid not null references organizations on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('import', 'undo')),
  name text not null,
  state text not null check (state in
    ('simulating', 'ready', 'running', 'paused', 'cancelled', 'done', 'undoing', 'undone')),
  -- What a paused one goes on with.
  resumes_as text check (resumes_as in ('running', 'undoing')),
  -- Only of an undo: everything that was brought to Zoho from this time on.
  undoes_since timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  -- What the run will do, as it was worked out last; while it is worked out, as far as that has come.
  simulation jsonb,
  simulated_to uuid,
  started_at timestamptz,
  finished_at timestamptz,
  -- The time that it ran, without its pauses: up to `active_since`, and from there on while that is set.
  active_seconds double precision not null default 0,
  active_since timestamptz,
  primary key (organization_id, id),
  check ((state = 'paused') = (resumes_as is not null)),
  check ((kind = 'undo') = (undoes_since is not null))
);
create index backfills_by_time on backfills (organization_id, created_at desc, id desc);
create index backfills_active on backfills (organization_id) where state in ('simulating', 'running', 'undoing');

-- `held_back`: the meeting's backfill has not begun, rests or was cancelled before the meeting's turn came.
alter table meetings
  add column backfill_id uuid,
  add column undo_id uuid,
  add column held_back boolean not null default false;
create index meetings_of_backfill on meetings (organization_id, backfill_id, id) where backfill_id is not null;
create index meetings_of_undo on meetings (organization_id, undo_id, id) where undo_id is not null;
create index meetings_left_of_backfill on meetings (organization_id, backfill_id)
  where backfill_id is not null and owed_at is not null and state = 'waiting';
create index meetings_left_of_undo on meetings (organization_id, undo_id)
  where undo_id is not null and owed_at is not null;

-- A meeting that is held back is owed nothing, whoever owes it: records that change, decisions, policies.
create function hold_meeting_back() returns trigger language plpgsql as $$
begin
  new.owed_at := null;
  return new;
end
$$;
create trigger meetings_hold_back before insert or update on meetings
  for each row when (new.held_back and new.owed_at is not null) execute function hold_meeting_back();
