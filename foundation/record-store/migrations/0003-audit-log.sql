-- Every act, with what it concerns. Append-only; the tree over it is extended by the sequencer.
create sequence audit_event_seq;

create table audit_event (
  facility   integer not null,
  seq        bigint  not null default nextval('audit_event_seq'),
  tx         xid8    not null default pg_current_xact_id(),
  -- JSON without names or free text
  statement  text    not null,
  -- what may have to be erased by law; the leaf holds only a salted commitment to it
  detail     text,
  salt       bytea,
  -- SHA-256(salt ‖ detail), kept when both are erased
  commitment bytea,
  primary key (facility, seq),
  check ((detail is null) = (salt is null) and (detail is null) = (commitment is not null))
);
alter table audit_event alter column statement set storage main, alter column detail set storage main;
create index audit_event_feed on audit_event (facility, tx, seq);

-- The leaves of the tree, in the order in which the sequencer met the acts.
create table audit_leaf (
  facility integer not null,
  index    bigint  not null,
  seq      bigint  not null,
  hash     bytea   not null,
  primary key (facility, index),
  unique (facility, seq)
);

-- Roots of complete subtrees of 256^level leaves: a proof reads a few hundred hashes, whatever the size of the tree.
create table audit_node (
  facility integer  not null,
  level    smallint not null check (level > 0),
  index    bigint   not null,
  hash     bytea    not null,
  primary key (facility, level, index)
);

-- What has been numbered: every act that was visible in this snapshot.
create table audit_position (
  facility integer primary key,
  size     bigint not null,
  seen     pg_snapshot not null
);

-- Signed heads of the tree, as the line of JSON that is copied to the second place.
create table audit_head (
  facility integer not null,
  size     bigint  not null,
  head     text    not null,
  primary key (facility, size)
);

-- Who and what an act concerns, by time: "who opened this record". Follows from the statements; kinds are in subjects.ts.
create table audit_subject (
  facility integer  not null,
  kind     smallint not null,
  subject  bigint   not null,
  at       bigint   not null, -- ms since 1970
  seq      bigint   not null,
  primary key (facility, kind, subject, at, seq)
);

-- The one change that is allowed: detail and salt go, their commitment stays.
create function refuse_change_of_the_audit() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'audit_event' then
    if old.detail is not null and new.detail is null and new.salt is null
      and new.commitment = sha256(old.salt || convert_to(old.detail, 'UTF8'))
      and (new.facility, new.seq, new.tx, new.statement) = (old.facility, old.seq, old.tx, old.statement) then
      return new;
    end if;
  end if;
  raise exception 'the audit log is append-only (% refused)', tg_op using errcode = 'insufficient_privilege';
end $$;

-- Whoever is not the audit log itself or an auditor sees nothing of it; without a reader nobody does. An insert needs no
-- reader, because every act leaves its trace, but where there is one it is of the reader's facility. 1024 is the bit of
-- the area `audit`.
do $$
declare
  name text;
  reader constant text := $reader$(select nullif(split_part(current_setting('lanh.reader', true), '|', 1), '')::integer)$reader$;
  open_areas constant text := $open$(select nullif(split_part(current_setting('lanh.reader', true), '|', 2), '')::integer)$open$;
  app text := nullif(current_setting('lanh.app_role', true), '');
begin
  foreach name in array array['audit_event', 'audit_leaf', 'audit_node', 'audit_position', 'audit_head', 'audit_subject'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy audit_reader on %I for select using (facility = %s and %s & 1024 <> 0)', name, reader, open_areas);
    execute format('create policy audit_writer on %I for insert with check (facility = coalesce(%s, facility))', name, reader);
    execute format('create policy audit_changer on %I for update using (facility = %s and %s & 1024 <> 0)', name, reader, open_areas);
    if name <> 'audit_position' then
      execute format('create trigger %I before update or delete on %I for each row execute function refuse_change_of_the_audit()', name || '_append_only', name);
      execute format('create trigger %I before truncate on %I for each statement execute function refuse_change_of_the_audit()', name || '_no_truncate', name);
    end if;
    if app is not null then
      execute format('grant select, insert on %I to %I', name, app);
    end if;
  end loop;
end $$;

-- Erases the detail of acts by law, and says so in an act of its own, which names every one of them.
create function erase_audit_detail(
  at_facility integer, acts bigint[], its_statement text, its_detail text, its_salt bytea
) returns integer language plpgsql security definer set search_path from current as $$
declare
  erased integer;
begin
  if at_facility is distinct from nullif(split_part(current_setting('lanh.reader', true), '|', 1), '')::integer
    or its_statement::jsonb ->> 'action' <> 'erase'
    or exists (select from unnest(acts) as a(act) where not its_statement::jsonb -> 'entities' ? ('AuditEvent/' || a.act)) then
    raise exception 'an erasure names what it erases' using errcode = 'insufficient_privilege';
  end if;
  update audit_event e set commitment = sha256(e.salt || convert_to(e.detail, 'UTF8')), detail = null, salt = null
  where e.facility = at_facility and e.seq = any (acts) and e.detail is not null;
  get diagnostics erased = row_count;
  insert into audit_event (facility, statement, detail, salt) values (at_facility, its_statement, its_detail, its_salt);
  return erased;
end $$;

do $$
declare
  app text := nullif(current_setting('lanh.app_role', true), '');
begin
  revoke execute on function erase_audit_detail from public;
  if app is null then return; end if;
  execute format('grant usage on sequence audit_event_seq to %I', app);
  execute format('grant update on audit_position to %I', app);
  execute format('grant execute on function erase_audit_detail to %I', app);
end $$;
