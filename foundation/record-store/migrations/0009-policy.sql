-- Policies of access as the hospital adopted them: every version, for ever. The newest that has begun is in force.
create table policy_version (
  facility  integer not null,
  version   integer not null check (version > 0),
  -- from when it holds; what the document says itself
  effective timestamptz not null,
  -- JSON, as it was adopted
  document  text not null,
  -- account of whoever adopted it
  author    text not null,
  at        timestamptz not null default now(),
  primary key (facility, version)
);

alter table policy_version enable row level security;
alter table policy_version force row level security;
create policy own_facility on policy_version using (facility = (select reader_part(1)::integer))
  with check (facility = (select reader_part(1)::integer));

do $$
declare
  app text := nullif(current_setting('lanh.app_role', true), '');
begin
  if app is null then return; end if;
  execute format('grant select, insert on policy_version to %I', app);
end $$;
