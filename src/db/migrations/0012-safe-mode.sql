-- The canary, constants for mandatory fields, and leaving.
-- Kinds of writes that were seen to mail nobody; null: no canary was finished, so safe mode decides.
alter table connections add column mail_modes jsonb;

-- A trial with an outside mailbox of the administrator's. `due_at`: when something is to be sent, by the product's clock; null: it
-- waits for answers, or is over. `outcome` is what cleaning up ends as.
create table canaries (
  organization_id uuid not null references organizations on delete cascade,
  id uuid not null,
  state text not null check (state in ('running', 'cleaning', 'done', 'cancelled', 'failed')),
  outcome text check (outcome in ('done', 'cancelled', 'failed')),
  mailbox text not null,
  host_user_id text collate "C" not null,
  host_name text not null,
  calendars text not null check (calendars in ('none', 'host_synced', 'others_synced', 'not_sure')),
  started_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  due_at timestamptz,
  problem text,
  -- By step: answer, when and by whom.
  answers jsonb not null default '{}',
  primary key (organization_id, id)
);
create unique index canaries_active on canaries (organization_id) where state in ('running', 'cleaning');
create index canaries_by_time on canaries (organization_id, started_at desc);

-- Every write of a trial is a row before it is a request.
create table canary_writes (
  organization_id uuid not null,
  canary_id uuid not null,
  position integer not null,
  step text not null,
  action text not null check (action in ('create_contact', 'create_event', 'update_event', 'create_note', 'delete_event')),
  -- Which of the trial's events, or its contact.
  target text not null,
  due_at timestamptz not null,
  state text not null default 'planned' check (state in ('planned', 'sending', 'done')),
  crm_id text collate "C",
  sent_at timestamptz,
  finished_at timestamptz,
  primary key (organization_id, canary_id, position),
  foreign key (organization_id, canary_id) references canaries on delete cascade
);
