-- Who opened a record without a relation, why, and what the privacy officer found. The relation itself is a row of
-- care_relation (kind 100) whose source is the number of this row.
create table break_glass (
  facility integer not null,
  id       bigint generated always as identity,
  account  uuid,
  agent    text not null,
  roles    text[] not null,
  -- Patient/…
  patient  text collate "C" not null,
  reason   text not null,
  words    text not null,
  since    timestamptz not null,
  until    timestamptz not null,
  ended    timestamptz,
  -- account of the privacy officer who looked at it
  reviewer text,
  reviewed timestamptz,
  verdict  text check (verdict in ('justified', 'unjustified')),
  note     text,
  primary key (facility, id),
  check ((reviewed is null) = (verdict is null))
);
create index break_glass_open on break_glass (facility, since) where reviewed is null;
create index break_glass_of_agent on break_glass (facility, agent, until);

alter table break_glass enable row level security;
alter table break_glass force row level security;
create policy own_facility on break_glass using (facility = (select reader_part(1)::integer))
  with check (facility = (select reader_part(1)::integer));

do $$
declare
  app text := nullif(current_setting('lanh.app_role', true), '');
begin
  if app is null then return; end if;
  execute format('grant select, insert on break_glass to %I', app);
  execute format('grant update (ended, reviewer, reviewed, verdict, note) on break_glass to %I', app);
end $$;
