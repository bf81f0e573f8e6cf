-- The last fence: PostgreSQL itself shows a statement only what its reader may see, whatever the statement asks.
--
-- The reader is the setting lanh.reader, local to a transaction: facility|open|care|clearance|holders|only, as
-- foundation/access-control/fence.ts writes it. Without it nothing is shown. Row policies look at three facts of a row:
-- the area of its type, the patient to whom it belongs, and the labels of both.

alter table resource_version add column patient bigint, add column area integer;
alter table resource         add column area integer not null default 0;
alter table string_value     add column patient bigint, add column area integer not null default 0;
alter table range_value      add column patient bigint, add column area integer not null default 0;

-- Sensitive content: of a patient for everything of theirs, of a resource for all of its versions.
create table sensitivity (
  facility integer not null,
  subject  bigint  not null,
  labels   integer not null,
  primary key (facility, subject)
);

-- Who has to do with whom, from when until when: derived from the record, or granted (kinds from 100).
create table care_relation (
  facility integer     not null,
  patient  bigint      not null,
  holder   bigint      not null,
  kind     smallint    not null,
  -- labels that the relation covers beyond the holder's own clearance
  labels   integer     not null default 0,
  since    timestamptz not null,
  until    timestamptz not null,
  -- the resource it follows from; for a grant the grant's own number
  source   bigint      not null
);
create index care_relation_of_patient on care_relation (facility, patient, holder);
create index care_relation_of_holder  on care_relation (facility, holder, until);
create index care_relation_of_source  on care_relation (facility, source);

-- n-th part of the reader; null where it is empty or nobody was named.
create function reader_part(n integer) returns text language sql stable parallel safe
  return nullif(split_part(current_setting('lanh.reader', true), '|', n), '');

-- The parts of the reader are read once a statement (a sub-select without correlation), never for every row: so a
-- statement has one reader. `area & 129`: what belongs to nobody (directory, definition).
create policy fence on resource for select using (
  facility = (select reader_part(1)::integer)
  and ((select reader_part(6)) is null
       or patient = any ((select reader_part(6)::bigint[])::bigint[])
       or (patient is null and area & 129 <> 0))
  and case
    when (select reader_part(4)::integer) = -1 then area & (select reader_part(2)::integer) <> 0
    else coalesce((
      select case
          when area & (select reader_part(2)::integer) <> 0 and s.labels & ~(select reader_part(4)::integer) = 0 then true
          when area & (select reader_part(3)::integer) = 0 then false
          when resource.patient is null then s.labels & ~(select reader_part(4)::integer) = 0
          else coalesce((select true from care_relation c
            where c.facility = resource.facility and c.patient = resource.patient
              and c.holder = any ((select reader_part(5)::bigint[])::bigint[])
              and c.since <= now() and c.until > now()
              and s.labels & ~((select reader_part(4)::integer) | c.labels) = 0
            limit 1), false)
        end
      from (select coalesce(bit_or(l.labels), 0) as labels from sensitivity l
            where l.facility = resource.facility and l.subject in (resource.patient, resource.self)) s), false)
  end
);

create policy fence on string_value for select using (
  facility = (select reader_part(1)::integer)
  and ((select reader_part(6)) is null
       or patient = any ((select reader_part(6)::bigint[])::bigint[])
       or (patient is null and area & 129 <> 0))
  and case
    when (select reader_part(4)::integer) = -1 then area & (select reader_part(2)::integer) <> 0
    else coalesce((
      select case
          when area & (select reader_part(2)::integer) <> 0 and s.labels & ~(select reader_part(4)::integer) = 0 then true
          when area & (select reader_part(3)::integer) = 0 then false
          when string_value.patient is null then s.labels & ~(select reader_part(4)::integer) = 0
          else coalesce((select true from care_relation c
            where c.facility = string_value.facility and c.patient = string_value.patient
              and c.holder = any ((select reader_part(5)::bigint[])::bigint[])
              and c.since <= now() and c.until > now()
              and s.labels & ~((select reader_part(4)::integer) | c.labels) = 0
            limit 1), false)
        end
      from (select coalesce(bit_or(l.labels), 0) as labels from sensitivity l
            where l.facility = string_value.facility and l.subject in (string_value.patient, string_value.self)) s), false)
  end
);

create policy fence on range_value for select using (
  facility = (select reader_part(1)::integer)
  and ((select reader_part(6)) is null
       or patient = any ((select reader_part(6)::bigint[])::bigint[])
       or (patient is null and area & 129 <> 0))
  and case
    when (select reader_part(4)::integer) = -1 then area & (select reader_part(2)::integer) <> 0
    else coalesce((
      select case
          when area & (select reader_part(2)::integer) <> 0 and s.labels & ~(select reader_part(4)::integer) = 0 then true
          when area & (select reader_part(3)::integer) = 0 then false
          when range_value.patient is null then s.labels & ~(select reader_part(4)::integer) = 0
          else coalesce((select true from care_relation c
            where c.facility = range_value.facility and c.patient = range_value.patient
              and c.holder = any ((select reader_part(5)::bigint[])::bigint[])
              and c.since <= now() and c.until > now()
              and s.labels & ~((select reader_part(4)::integer) | c.labels) = 0
            limit 1), false)
        end
      from (select coalesce(bit_or(l.labels), 0) as labels from sensitivity l
            where l.facility = range_value.facility and l.subject in (range_value.patient, range_value.self)) s), false)
  end
);

create policy fence on resource_version for select using (
  facility = (select reader_part(1)::integer)
  and ((select reader_part(6)) is null
       or patient = any ((select reader_part(6)::bigint[])::bigint[])
       or (patient is null and area & 129 <> 0))
  and case
    when (select reader_part(4)::integer) = -1 then area & (select reader_part(2)::integer) <> 0
    else coalesce((
      select case
          when area & (select reader_part(2)::integer) <> 0 and s.labels & ~(select reader_part(4)::integer) = 0 then true
          when area & (select reader_part(3)::integer) = 0 then false
          when resource_version.patient is null then s.labels & ~(select reader_part(4)::integer) = 0
          else coalesce((select true from care_relation c
            where c.facility = resource_version.facility and c.patient = resource_version.patient
              and c.holder = any ((select reader_part(5)::bigint[])::bigint[])
              and c.since <= now() and c.until > now()
              and s.labels & ~((select reader_part(4)::integer) | c.labels) = 0
            limit 1), false)
        end
      from (select coalesce(bit_or(l.labels), 0) as labels from sensitivity l
            where l.facility = resource_version.facility and l.subject in (resource_version.patient, resource_version.self)) s), false)
  end
);

-- What only names hashes and times is shown within its facility to whoever is anybody.
create policy fence on sensitivity   for select using (facility = (select reader_part(1)::integer));
create policy fence on care_relation for select using (facility = (select reader_part(1)::integer));

do $$
declare
  t text;
begin
  foreach t in array array['resource_version', 'resource', 'string_value', 'range_value', 'sensitivity', 'care_relation'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_facility on %I for insert with check (facility = (select reader_part(1)::integer))', t);
    if t = 'resource_version' then
      execute format('create policy unplaced on %I for update using (facility = (select reader_part(1)::integer) and area is null) with check (true)', t);
    else
      execute format('create policy own_facility_update on %I for update using (facility = (select reader_part(1)::integer))', t);
      execute format('create policy own_facility_delete on %I for delete using (facility = (select reader_part(1)::integer))', t);
    end if;
  end loop;
end $$;

-- An index is used below a row policy only for operators that cannot tell of rows they were asked about. These two
-- compare numbers and can only fail for want of memory; a server of the hospital may not let us say so, and its
-- administrator does it once (docs/guide/own-server.md).
do $$
begin
  alter function pg_catalog.arraycontains(anyarray, anyarray) leakproof;
  alter function pg_catalog.arrayoverlap(anyarray, anyarray) leakproof;
exception when insufficient_privilege then
  raise warning 'arraycontains and arrayoverlap are not leakproof: searches will be slow until a superuser marks them';
end $$;

-- Statistics of a table with row policies are hidden from its readers; these name hashes only.
create function term_statistics() returns table (
  rows bigint, elements text, element_shares text, types text, type_shares text
) language sql stable security definer set search_path = pg_catalog, public
  return (select row(c.reltuples::bigint, e.most_common_elems::text, e.most_common_elem_freqs::text,
                     t.most_common_vals::text, t.most_common_freqs::text)
          from pg_stats e
          join pg_stats t on t.schemaname = e.schemaname and t.tablename = e.tablename and t.attname = 'type'
          join pg_class c on c.oid = 'resource'::regclass
          where e.tablename = 'resource' and e.attname = 'terms');

-- Says of versions stored before there was a fence whose they are; afterwards nothing of the log changes.
create or replace function refuse_change_of_the_log() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.area is null and new.area is not null
       and to_jsonb(new) - 'patient' - 'area' = to_jsonb(old) - 'patient' - 'area' then return new; end if;
  end if;
  raise exception 'the record log is append-only (% refused)', tg_op using errcode = 'insufficient_privilege';
end $$;

create function place_in_the_fence(of_facility integer, selves bigint[], patients bigint[], areas integer[]) returns void
language sql security definer set search_path = pg_catalog, public as $$
  update resource_version v set patient = p.patient, area = p.area
  from unnest(selves, patients, areas) as p(self, patient, area)
  where v.facility = of_facility and v.self = p.self and v.area is null;
$$;

do $$
declare
  app text := nullif(current_setting('lanh.app_role', true), '');
begin
  revoke all on function place_in_the_fence from public;
  revoke all on function term_statistics from public;
  if app is null then return; end if;
  execute format('grant execute on function place_in_the_fence, term_statistics to %I', app);
  execute format('grant select, insert, update, delete on sensitivity, care_relation to %I', app);
end $$;
