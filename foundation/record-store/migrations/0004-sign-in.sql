-- Who may sign in. Passwords, passkeys, sessions and roles are in tables of their own that refer to the account.
create table account (
  facility  integer not null,
  id        uuid not null default gen_random_uuid(),
  -- what is typed at sign-in, folded and NFC
  name      text collate "C" not null,
  display   text not null,
  -- who this is in the record: Practitioner/…, Patient/…, RelatedPerson/…
  agent     text not null,
  state     text not null default 'new' check (state in ('new', 'active', 'locked', 'disabled')),
  created   timestamptz not null default now(),
  last_used timestamptz,
  primary key (facility, id),
  unique (facility, name)
);
