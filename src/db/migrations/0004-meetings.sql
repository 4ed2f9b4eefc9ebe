create table meetings (
  organization_id uuid not null references organizations on delete cascade,
  id uuid not null,
  external_id text not null,
  version integer not null,
  content_hash text not null,
  title text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  time_zone text not null,
  kind text check (kind in ('video', 'call', 'in_person')),
  activity_type text,
  language text,
  visibility text not null check (visibility in ('organization', 'team', 'private')),
  conference_url text,
  recording_url text,
  scheduled jsonb,
  summary jsonb,
  ai_score double precision,
  summary_at timestamptz,
  notes_at timestamptz,
  host_name text,
  is_backfill boolean not null,
  state text not null check (state in ('waiting', 'published', 'held', 'not_published', 'failed', 'retracted')),
  state_cause text,
  state_reason text not null default '',
  -- A person said: publish although nobody matched.
  publish_anyway boolean not null default false,
  -- Owed to the CRM while not null. `owed_seq` counts the reasons, so that work which began before the newest one does not clear it.
  owed_at timestamptz,
  owed_seq bigint not null default 0,
  run_at timestamptz,
  attempts integer not null default 0,
  roles_unknown integer not null default 0,
  primary_module text,
  primary_record_id text collate "C",
  evaluated_at timestamptz,
  verified_at timestamptz,
  differences text[] not null default '{}',
  retracted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, external_id)
);
create index meetings_by_time on meetings (organization_id, starts_at desc, id desc);
create index meetings_owed on meetings (organization_id, is_backfill, owed_at) where owed_at is not null;

create table participants (
  organization_id uuid not null,
  meeting_id uuid not null,
  key text not null,
  position integer not null,
  name text,
  email text,
  phone text,
  role text not null check (role in ('organizer', 'attendee')),
  attended boolean,
  email_key text collate "C",
  base_key text collate "C",
  domain text collate "C",
  phone_key text collate "C",
  -- The last evaluation: who this is in the CRM.
  match_kind text check (match_kind in ('internal', 'matched', 'ambiguous', 'account_by_domain', 'unknown', 'unmatched')),
  match_module text,
  match_record_id text collate "C",
  match jsonb,
  primary key (organization_id, meeting_id, key),
  foreign key (organization_id, meeting_id) references meetings on delete cascade
);
create index participants_email on participants (organization_id, email_key);
create index participants_base on participants (organization_id, base_key);
create index participants_domain on participants (organization_id, domain);
create index participants_phone on participants (organization_id, phone_key) where phone_key is not null;
create index participants_ambiguous on participants (organization_id, meeting_id) where match_kind = 'ambiguous';

create table meeting_notes (
  organization_id uuid not null,
  meeting_id uuid not null,
  id text not null,
  position integer not null,
  smart_category text,
  text text not null,
  start_seconds double precision,
  end_seconds double precision,
  author text,
  primary key (organization_id, meeting_id, id),
  foreign key (organization_id, meeting_id) references meetings on delete cascade
);
create index meeting_notes_category on meeting_notes (organization_id, smart_category);

create table clips (
  organization_id uuid not null,
  meeting_id uuid not null,
  id text not null,
  position integer not null,
  note_id text,
  title text,
  start_seconds double precision,
  end_seconds double precision,
  url text not null,
  primary key (organization_id, meeting_id, id),
  foreign key (organization_id, meeting_id) references meetings on delete cascade
);

create table transcripts (
  organization_id uuid not null,
  meeting_id uuid not null,
  turns jsonb not null,
  turn_count integer not null,
  primary key (organization_id, meeting_id),
  foreign key (organization_id, meeting_id) references meetings on delete cascade
);

-- What people decided; it survives every evaluation.
create table link_decisions (
  organization_id uuid not null,
  meeting_id uuid not null,
  module text not null check (module in ('contacts', 'leads', 'accounts', 'deals')),
  record_id text collate "C" not null,
  decision text not null check (decision in ('pinned', 'excluded', 'added')),
  origin text not null check (origin in ('manual', 'zoho')),
  name text not null,
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (organization_id, meeting_id, module, record_id),
  foreign key (organization_id, meeting_id) references meetings on delete cascade
);

create table person_decisions (
  organization_id uuid not null,
  meeting_id uuid not null,
  participant_key text not null,
  kind text not null check (kind in ('chosen', 'ignored')),
  module text check (module in ('contacts', 'leads')),
  record_id text collate "C",
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (organization_id, meeting_id, participant_key),
  check ((kind = 'chosen') = (record_id is not null and module is not null)),
  foreign key (organization_id, meeting_id) references meetings on delete cascade
);

-- Direct links only: the cascade is derived from the mirror whenever it is asked for.
create table direct_links (
  organization_id uuid not null,
  meeting_id uuid not null,
  module text not null check (module in ('contacts', 'leads', 'accounts', 'deals')),
  record_id text collate "C" not null,
  origin text not null check (origin in ('direct', 'manual', 'zoho')),
  via text,
  primary key (organization_id, meeting_id, module, record_id),
  foreign key (organization_id, meeting_id) references meetings on delete cascade
);
create index direct_links_record on direct_links (organization_id, module, record_id) include (meeting_id);
