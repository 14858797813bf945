create table organisations (
  id bigint generated always as identity primary key,
  slug text not null unique check (slug <> ''),
  name text not null,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);

create table users (
  id bigint generated always as identity primary key,
  organisation_id bigint not null references organisations (id),
  email text not null unique check (position('@' in email) > 1),
  role text not null check (role in ('member', 'manager', 'service')),
  created_at timestamptz not null default now()
);

create index users_organisation_id on users (organisation_id);

create table api_tokens (
  id bigint generated always as identity primary key,
  user_id bigint not null references users (id),
  -- SHA-256 of the token. Whoever reads a backup learns no token from it.
  token_hash bytea not null unique check (length(token_hash) = 32),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);

create index api_tokens_user_id on api_tokens (user_id);

create table processes (
  id bigint generated always as identity primary key,
  ref text not null unique check (length(ref) between 1 and 64),
  organisation_id bigint not null references organisations (id),
  owner_id bigint not null references users (id),
  title text not null,
  status text not null default 'open' check (status in ('open', 'closed')),
  -- What its transactions add up to, kept in the same database transaction as they are.
  total_amount numeric(12,2) not null,
  details jsonb not null default '{}',
  created_at timestamptz not null default now()
);

create index processes_organisation_id on processes (organisation_id);
create index processes_owner_id on processes (owner_id);

create table transactions (
  id bigint generated always as identity primary key,
  -- Chosen by the client: a booking that is sent again after a lost answer is recognised by it.
  ref text not null unique check (length(ref) between 1 and 64),
  process_id bigint not null references processes (id),
  amount numeric(12,2) not null check (amount > 0),
  booked_by bigint not null references users (id),
  booked_at timestamptz not null default now()
);

create index transactions_process_id on transactions (process_id);
create index transactions_booked_by on transactions (booked_by);

create table audit_events (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor_id bigint not null references users (id),
  action text not null,
  -- The reference of the process.
  subject text not null,
  -- Of a booking: {"transaction": its reference, "amount": "12.30"}.
  details jsonb not null default '{}'
);

create index audit_events_subject on audit_events (subject);
create index audit_events_transaction on audit_events ((details ->> 'transaction'));
