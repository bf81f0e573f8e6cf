-- The log is the record. One row per version of every resource, with the exact bytes served. Append-only.
create sequence resource_version_seq;

create table resource_version (
  facility integer not null,
  -- selfHash(type, id): 64 bits stand for "Type/id" in every key, so that keys are short and a reference term can be
  -- computed in SQL. Readers compare type and id as well.
  self     bigint  not null,
  version  integer not null,
  seq      bigint  not null,
  -- The inserting transaction. A change feed ordered by (tx, seq) and cut at the oldest running transaction never
  -- skips a row, although transactions commit out of order.
  tx       xid8    not null default pg_current_xact_id(),
  at       timestamptz not null,
  type     text collate "C" not null,
  id       text collate "C" not null,
  author   text not null,
  method   text not null check (method in ('create', 'update', 'delete')),
  hash     bytea not null,
  body     text,
  primary key (facility, self, version),
  check ((body is null) = (method = 'delete'))
) with (toast_tuple_target = 8160);

-- Reading costs no decompression, and bodies up to a page stay in the row.
alter table resource_version alter column body set storage external;

create index resource_version_feed on resource_version (facility, tx, seq);

create function refuse_change_of_the_log() returns trigger language plpgsql as $$
begin
  raise exception 'the record log is append-only (% refused)', tg_op using errcode = 'insufficient_privilege';
end $$;

create trigger resource_version_append_only before update or delete on resource_version
  for each row execute function refuse_change_of_the_log();
create trigger resource_version_no_truncate before truncate on resource_version
  for each statement execute function refuse_change_of_the_log();

-- Everything below is an index: it can be dropped and rebuilt from the log (`lanh reindex`).

-- One narrow row per current resource.
create table resource (
  facility      integer not null,
  self          bigint  not null,
  version       integer not null,
  -- seq of the first version: the stable default order of search results
  key           bigint  not null,
  type          text collate "C" not null,
  id            text collate "C" not null,
  updated       double precision not null, -- ms since 1970
  patient       bigint,                    -- selfHash of the promoted patient
  -- promoted clinical date, ms since 1970, may be infinite; both -Infinity when the resource has none
  date_low      double precision not null,
  date_high     double precision not null,
  present       bigint  not null,          -- bit per search parameter that has a value
  ref_parameter integer[] not null,
  ref_target    bigint[]  not null,
  terms         bigint[]  not null,
  primary key (facility, self)
);
create index resource_by_key     on resource (facility, type, key);
create index resource_by_updated on resource (facility, type, updated, key);
create index resource_by_date    on resource (facility, type, date_low, key);
create index resource_of_patient on resource (facility, patient, type, date_low, key) where patient is not null;
-- Terms are mixed with the facility, so that no posting list crosses facilities.
create index resource_terms      on resource using gin (terms) with (fastupdate = off);
alter table resource alter column terms set statistics 1000;

-- Folded strings: one row per value (and per word start of names), read by prefix.
create table string_value (
  facility  integer not null,
  parameter integer not null,
  folded    text collate "C" not null,
  self      bigint not null
);
create index string_value_by_text on string_value (facility, parameter, folded, self);
create index string_value_of_self on string_value (facility, self);

-- Dates that are not promoted, numbers, quantities in canonical units, composites that end in one of these.
create table range_value (
  facility  integer not null,
  parameter integer not null,
  unit      bigint  not null,
  low       double precision not null,
  high      double precision not null,
  raw       double precision,
  self      bigint not null
);
create index range_value_by_low  on range_value (facility, parameter, unit, low, high, self);
create index range_value_of_self on range_value (facility, self);

-- Which definitions the index was built with; when the product's differ, the index is rebuilt at start.
create table index_state (
  facility    integer primary key,
  fingerprint text not null
);

-- Files that were imported as a whole; the same bytes are not imported twice.
create table import_source (
  facility  integer not null,
  hash      bytea   not null,
  name      text    not null,
  resources integer not null,
  at        timestamptz not null default now(),
  primary key (facility, hash)
);

-- The app may add to the log and read it; the indexes are its own to change.
do $$
declare
  app text := nullif(current_setting('lanh.app_role', true), '');
begin
  if app is null then return; end if;
  execute format('grant select, insert on resource_version to %I', app);
  execute format('grant usage on sequence resource_version_seq to %I', app);
  execute format('grant select, insert, update, delete on resource, string_value, range_value, index_state to %I', app);
  execute format('grant select, insert, update on import_source to %I', app);
end $$;
