-- Something is still to be done after the source was stored (an insurance file: its part of the catalogues). The flag is
-- set in the transaction of the source itself, so that whoever comes after a killed program finds what it left.
alter table import_source add column is_open boolean not null default false;
create index import_source_open on import_source (facility, at) where is_open;

-- Files that people dropped, while they wait and until they are forgotten. No part of the record: the bytes go once they
-- are stored or refused, and a name chosen by somebody at a desk is not kept for ever.
create table import_run (
  facility integer not null,
  id       text collate "C" not null,
  -- grows with every run: the order in which they were dropped
  place    bigint generated always as identity,
  -- what the desk shows, as it is shown
  shown    text not null,
  -- what was dropped; null once there is nothing to resume
  bytes    bytea,
  -- every finding, as it is saved; null while there are none
  report   text,
  primary key (facility, id)
);
alter table import_run alter column bytes set storage external;

-- Dropped files are full of patients.
alter table import_run enable row level security;
alter table import_run force row level security;
create policy own_facility on import_run using (facility = (select reader_part(1)::integer))
  with check (facility = (select reader_part(1)::integer));

do $$
declare
  app text := nullif(current_setting('lanh.app_role', true), '');
begin
  if app is null then return; end if;
  execute format('grant select, insert, update, delete on import_run to %I', app);
end $$;
