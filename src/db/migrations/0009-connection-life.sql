-- What the connecting user may do in Zoho, as it was tested last, and when the connection was last seen alive.
alter table connections
  add column rights jsonb,
  add column rights_checked_at timestamptz,
  add column next_probe_at timestamptz,
  add column probed_at timestamptz,
  -- The last call that Zoho answered.
  add column alive_at timestamptz,
  -- Since when the access is dead; null while it works.
  add column broken_at timestamptz,
  add column can_heal boolean not null default false;

alter table connections drop constraint connections_state_check;
alter table connections add constraint connections_state_check check (state in ('connected', 'needs_reauth', 'disconnected'));

-- A consent for another Zoho org than the one before: a person chooses within minutes whether it takes its place.
create table pending_grants (
  organization_id uuid not null references organizations on delete cascade,
  nonce_hash bytea primary key,
  user_id text not null,
  -- Tokens and facts of the new org, sealed like every token.
  grant_sealed bytea not null,
  old_org_name text not null,
  new_org_name text not null,
  expires_at timestamptz not null
);
create unique index pending_grants_organization on pending_grants (organization_id);

-- Where an organization wants to hear of trouble. Without a row: nowhere but on its pages.
create table alert_settings (
  organization_id uuid primary key references organizations on delete cascade,
  webhook_url text,
  webhook_secret_sealed bytea,
  emails text[] not null default '{}'
);

-- What had to be told. `once_key` makes sure that one event is told once, whoever notices it.
create table alerts (
  organization_id uuid not null references organizations on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('connection_broken', 'connection_restored', 'channel_dead', 'mirror_bound', 'drift', 'test')),
  message text not null,
  once_key text not null,
  raised_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, kind, once_key)
);

-- One way out of one alert; it stays due until it arrived or was given up.
create table alert_deliveries (
  organization_id uuid not null,
  alert_id uuid not null,
  -- `webhook`, or the address of a person.
  target text not null,
  attempts integer not null default 0,
  next_at timestamptz,
  delivered_at timestamptz,
  problem text,
  primary key (organization_id, alert_id, target),
  foreign key (organization_id, alert_id) references alerts on delete cascade
);
create index alert_deliveries_due on alert_deliveries (organization_id, next_at) where next_at is not null;
