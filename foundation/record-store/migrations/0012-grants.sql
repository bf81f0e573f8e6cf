-- What was granted to people of outside: one patient, one purpose, until a day, on a paper. The relation itself is a row
-- of care_relation (kind 101) whose source is the number of this row, negative and below those of broken glass.
create table access_grant (
  facility integer not null,
  id       bigint generated always as identity,
  -- Practitioner/…, Person/… or RelatedPerson/…
  holder   text collate "C" not null,
  -- Patient/…
  patient  text collate "C" not null,
  -- v3-ActReason
  purpose  text not null,
  labels   text[] not null,
  since    timestamptz not null,
  until    timestamptz not null,
  -- the paper that asks for it
  basis    text not null,
  -- account of whoever agreed
  granted_by text not null,
  at       timestamptz not null default now(),
  -- taken back before its time
  ended    timestamptz,
  primary key (facility, id)
);
create index access_grant_of_holder on access_grant (facility, holder, until);

alter table access_grant enable row level security;
alter table access_grant force row level security;
create policy own_facility on access_grant using (facility = (select reader_part(1)::integer))
  with check (facility = (select reader_part(1)::integer));

do $$
declare
  app text := nullif(current_setting('lanh.app_role', true), '');
begin
  if app is null then return; end if;
  execute format('grant select, insert on access_grant to %I', app);
  execute format('grant update (ended) on access_grant to %I', app);
end $$;
