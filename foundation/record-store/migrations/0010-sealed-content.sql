-- Sensitive content, readable only with a key that is not in the database. Each record has a data key of its own,
-- wrapped by a key of the facility; without the wrapped key nothing of the record opens, in no backup either that was
-- made afterwards.
create table sealed_key (
  facility    integer not null,
  -- whose it is: Type/id, or table/id
  subject     text collate "C" not null,
  version     integer not null,
  -- Patient/… whom the record is about
  patient     text collate "C",
  -- version of the facility's key that wraps it
  key_version integer not null,
  wrapped     bytea,
  made        timestamptz not null default now(),
  destroyed   timestamptz,
  primary key (facility, subject, version),
  check ((wrapped is null) = (destroyed is not null))
);
create index sealed_key_of_patient on sealed_key (facility, patient) where patient is not null;
create index sealed_key_by_version on sealed_key (facility, key_version) where wrapped is not null;

create table sealed_content (
  facility     integer not null,
  id           text collate "C" not null,
  subject      text collate "C" not null,
  kind         text not null check (kind in ('attachment', 'biometric-template', 'identity-scan')),
  content_type text not null,
  -- version of the data key ‖ nonce ‖ tag ‖ ciphertext; null once its key is destroyed
  sealed       bytea,
  at           timestamptz not null default now(),
  primary key (facility, id)
);
create index sealed_content_of_subject on sealed_content (facility, subject);
-- What is encrypted does not become smaller.
alter table sealed_content alter column sealed set storage external;

alter table sealed_key enable row level security;
alter table sealed_key force row level security;
create policy own_facility on sealed_key using (facility = (select reader_part(1)::integer))
  with check (facility = (select reader_part(1)::integer));
alter table sealed_content enable row level security;
alter table sealed_content force row level security;
create policy own_facility on sealed_content using (facility = (select reader_part(1)::integer))
  with check (facility = (select reader_part(1)::integer));

do $$
declare
  app text := nullif(current_setting('lanh.app_role', true), '');
begin
  if app is null then return; end if;
  execute format('grant select, insert on sealed_key, sealed_content to %I', app);
  execute format('grant update (key_version, wrapped, destroyed) on sealed_key to %I', app);
  execute format('grant update (sealed) on sealed_content to %I', app);
end $$;
