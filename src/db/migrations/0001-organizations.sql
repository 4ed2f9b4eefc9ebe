-- Organizations own everything; people belong to them with a role. People themselves live in the schema `auth` (better-auth).
create table organizations (
  id uuid primary key,
  name text not null,
  policy jsonb not null default '{}',
  created_at timestamptz not null
);

create table members (
  organization_id uuid not null references organizations on delete cascade,
  user_id text not null,
  role text not null check (role in ('read_only', 'regular', 'admin', 'owner')),
  joined_at timestamptz not null,
  primary key (organization_id, user_id)
);
create index members_user on members (user_id);

-- Machine keys: only the SHA-256 is kept; the prefix lets people recognise a key.
create table api_keys (
  organization_id uuid not null references organizations on delete cascade,
  id uuid not null,
  name text not null,
  prefix text not null,
  hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id)
);
