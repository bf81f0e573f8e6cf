-- Every act, with what it concerns. Append-only; the tree over it is extended by the sequencer, which numbers leaves in
-- the order (tx, seq), cut at the oldest running transaction, like the change feed.
create sequence audit_event_seq;

create table audit_event (
  facility  integer not null,
  seq       bigint  not null default nextval('audit_event_seq'),
  tx        xid8    not null default pg_current_xact_id(),
  -- canonical text without names or free text
  statement text    not null,
  -- what may have to be erased by law; the leaf holds only a salted commitment to it
  detail    text,
  salt      bytea,
  primary key (facility, seq)
);
alter table audit_event alter column statement set storage main, alter column detail set storage main;
