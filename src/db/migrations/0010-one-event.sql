-- One meeting, one event: adopted calendar events and several recordings of one conversation.
alter table sync_operations drop constraint sync_operations_action_check;
alter table sync_operations add constraint sync_operations_action_check check (action in (
  'create_event', 'update_event', 'delete_event', 'adopt_event', 'disown_event', 'release_event',
  'create_note', 'update_note', 'delete_note'));

-- What we put on an event that is the calendar's: its related record and contact where they were blank. Null: the event is ours.
alter table placements add column adopted jsonb;

-- Whether a meeting's event is written or taken from the calendar, decided once before the first event of the meeting.
create table adoptions (
  organization_id uuid not null,
  meeting_id uuid not null,
  decision text not null check (decision in ('create', 'adopt', 'ask')),
  event_id text collate "C",
  -- Calendar events that were considered, as they were seen.
  candidates jsonb not null default '[]',
  -- The times for which was looked: a meeting that moves is looked for again.
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- Null: the rule decided.
  decided_by text,
  decided_at timestamptz not null,
  ask_until timestamptz,
  -- Zoho does not let us write this event: why.
  read_only_because text,
  primary key (organization_id, meeting_id),
  check ((decision = 'adopt') = (event_id is not null)),
  foreign key (organization_id, meeting_id) references meetings on delete cascade
);
create unique index adoptions_event on adoptions (organization_id, event_id) where decision = 'adopt';
create index adoptions_asked on adoptions (organization_id, ask_until) where decision = 'ask';

-- A calendar event that came for a meeting whose event we had written. `copy`: a colleague's copy of the one that is meant.
create table twins (
  organization_id uuid not null,
  meeting_id uuid not null,
  event_id text collate "C" not null,
  seen jsonb not null,
  is_copy boolean not null default false,
  state text not null check (state in ('open', 'taken', 'dismissed', 'gone')),
  found_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  primary key (organization_id, meeting_id, event_id),
  foreign key (organization_id, meeting_id) references meetings on delete cascade
);
create index twins_open on twins (organization_id, meeting_id) where state = 'open';

-- A person took the meeting out of Zoho; it stays here until somebody publishes it again.
-- Keys by which two recordings are known to be of one conversation: the calendar's entry, its start, the conference's address.
alter table meetings
  add column undone_at timestamptz,
  add column undone_by text,
  add column merged_into uuid,
  add column calendar_uid text,
  add column scheduled_start timestamptz,
  add column conference_key text;
create index meetings_calendar_uid on meetings (organization_id, calendar_uid) where calendar_uid is not null;
create index meetings_conference on meetings (organization_id, conference_key, starts_at) where conference_key is not null;
create index meetings_merged on meetings (organization_id, merged_into) where merged_into is not null;

-- Recordings of a conversation that has more than one, each as it came; a meeting with one recording has no row here.
create table recordings (
  organization_id uuid not null,
  external_id text not null,
  meeting_id uuid not null,
  version integer not null,
  content_hash text not null,
  body jsonb not null,
  is_backfill boolean not null,
  received_at timestamptz not null,
  updated_at timestamptz not null,
  -- A meeting of its own that it was before; its event and notes leave once those of the conversation are confirmed.
  own_meeting_id uuid,
  primary key (organization_id, external_id),
  foreign key (organization_id, meeting_id) references meetings on delete cascade
);
create index recordings_meeting on recordings (organization_id, meeting_id);

-- Recordings that a person told apart: the same evidence does not join them again.
create table separations (
  organization_id uuid not null references organizations on delete cascade,
  one_external_id text not null,
  other_external_id text not null,
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (organization_id, one_external_id, other_external_id)
);

-- Whose recording a note or clip is from, where there are several.
alter table meeting_notes add column recording text;
alter table clips add column recording text;
