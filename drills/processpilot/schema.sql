-- ProcessPilot's tables. Runs as the role processpilot, which owns the database, so every object is that role's.
-- All of it is in migrations/, which scripts/migrate.sh applies to a database that was restored from before one of them.

\set ON_ERROR_STOP on
begin;

create table schema_migrations (
  version integer primary key,
  name text not null unique,
  applied_at timestamptz not null default now()
);

\ir migrations/001_processes.sql
insert into schema_migrations (version, name) values (1, '001_processes.sql');
\ir migrations/002_audit_is_append_only.sql
insert into schema_migrations (version, name) values (2, '002_audit_is_append_only.sql');

commit;
