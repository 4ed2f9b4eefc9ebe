-- One authorised link of an organization to one Zoho CRM org. Hosts are looked up by data centre, never stored from input.
create table connections (
  organization_id uuid not null references organizations on delete cascade,
  id uuid not null,
  -- The sandbox beside the product, or Zoho itself: tokens of one are never sent to the other.
  provider text not null check (provider in ('sandbox', 'zoho')),
  state text not null check (state in ('connecting', 'connected', 'needs_reauth', 'disconnected')),
  data_centre text not null,
  environment text not null check (environment in ('production', 'sandbox', 'developer')),
  api_domain text not null,
  zoho_org_id text not null,
  zoho_org_name text not null,
  zoho_zgid text,
  edition text,
  time_zone text,
  currency text,
  zoho_user_id text not null,
  zoho_user_name text not null,
  zoho_user_email text,
  connected_by text not null,
  connected_at timestamptz not null,
  scopes text[] not null,
  refresh_token_sealed bytea,
  access_token_sealed bytea,
  access_token_expires_at timestamptz,
  is_safe_mode boolean not null,
  -- What metadata said: lengths, external field, optional fields, fallback owner.
  capabilities jsonb not null,
  first_load jsonb,
  last_change_seen_at timestamptz,
  problem text,
  parked_until timestamptz,
  primary key (organization_id, id),
  unique (organization_id)
);

-- The signed state of an authorisation under way: usable once, for a few minutes.
create table oauth_states (
  organization_id uuid not null references organizations on delete cascade,
  nonce_hash bytea primary key,
  user_id text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- Calls and credits by hour: `write` and `read` of the daily work, `load` for the first load and the sweep of roles.
create table crm_call_counts (
  organization_id uuid not null references organizations on delete cascade,
  hour timestamptz not null,
  kind text not null check (kind in ('write', 'read', 'load')),
  calls integer not null,
  credits integer not null,
  primary key (organization_id, hour, kind)
);
