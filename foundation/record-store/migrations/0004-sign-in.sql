-- Who may sign in, by what, and who is signed in. Secrets are hashes, or sealed with a key that is not in the database.
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
  -- created or opened again by an administrator: idle days count from here or from the last use
  opened    timestamptz not null default now(),
  last_used timestamptz,
  -- when an administrator last looked whether it is still needed
  reviewed  timestamptz,
  -- made by a click in the demo hospital; never has a way in of its own
  demo      boolean not null default false,
  primary key (facility, id),
  unique (facility, name)
);

-- Which roles, for how long. Rows are ended, never removed: who had which role then is asked years later.
create table role_assignment (
  facility integer not null,
  id       uuid not null default gen_random_uuid(),
  account  uuid not null,
  role     text collate "C" not null,
  -- Organization/… where it holds; for a representative the Patient/…; null: everywhere
  scope    text,
  since    timestamptz not null,
  until    timestamptz,
  primary key (facility, id),
  foreign key (facility, account) references account
);
create index role_assignment_of_account on role_assignment (facility, account);

create table passkey (
  facility   integer not null,
  -- credential id, base64url
  id         text collate "C" not null,
  account    uuid not null,
  public_key bytea not null,
  counter    bigint not null,
  name       text not null,
  transports text[] not null,
  synced     boolean not null,
  created    timestamptz not null,
  last_used  timestamptz,
  primary key (facility, id),
  foreign key (facility, account) references account
);
create index passkey_of_account on passkey (facility, account);

create table password (
  facility    integer not null,
  account     uuid not null,
  -- argon2id in PHC form
  hash        text not null,
  -- long enough to stand without a second factor
  alone       boolean not null,
  must_change boolean not null,
  changed     timestamptz not null,
  primary key (facility, account),
  foreign key (facility, account) references account
);

-- secret and pending are sealed; a pending one becomes the secret when its owner has shown a code of it.
create table totp (
  facility  integer not null,
  account   uuid not null,
  secret    bytea,
  pending   bytea,
  -- the last step whose code was used: no code counts twice
  last_step bigint not null default 0,
  primary key (facility, account),
  foreign key (facility, account) references account
);

create table recovery_code (
  facility integer not null,
  account  uuid not null,
  hash     bytea not null,
  used     timestamptz,
  primary key (facility, account, hash),
  foreign key (facility, account) references account
);

-- The hash is sealed: four digits are guessed from a bare hash within the hour.
create table pin (
  facility integer not null,
  account  uuid not null,
  hash     bytea not null,
  tries    integer not null default 0,
  primary key (facility, account),
  foreign key (facility, account) references account
);

-- A browser that somebody has signed in with, known by a cookie of its own.
create table device (
  facility integer not null,
  -- the first 128 bits of the SHA-256 of the cookie
  id       uuid not null,
  name     text not null default '',
  created  timestamptz not null,
  seen     timestamptz not null,
  primary key (facility, id)
);

-- Accounts that have signed in fully on a device: tries there are counted apart from those of strangers.
create table known_device (
  facility integer not null,
  account  uuid not null,
  device   uuid not null,
  primary key (facility, account, device),
  foreign key (facility, account) references account,
  foreign key (facility, device) references device
);

create table session (
  facility      integer not null,
  id            uuid not null default gen_random_uuid(),
  -- SHA-256 of the cookie
  token         bytea not null,
  account       uuid not null,
  device        uuid not null,
  network       text not null,
  factors       smallint not null check (factors in (1, 2)),
  created       timestamptz not null,
  last_used     timestamptz not null,
  locked        boolean not null default false,
  -- when it was last shown, by a whole way in or by PIN, that its owner sits there
  confirmed     timestamptz not null,
  pin_confirmed timestamptz,
  ends          timestamptz not null,
  primary key (facility, id),
  unique (facility, token),
  foreign key (facility, account) references account,
  foreign key (facility, device) references device
);
create index session_of_account on session (facility, account);
create index session_of_device on session (facility, device);

-- Challenges of passkeys; whoever answers one takes its row away.
create table challenge (
  facility integer not null,
  hash     bytea not null,
  -- what it may be answered for: sign-in, or account:… or link:… that a passkey is added to
  purpose  text collate "C" not null,
  device   uuid not null,
  expires  timestamptz not null,
  primary key (facility, hash)
);

-- Somebody is half in: the next step needs the ticket, on the same device.
create table sign_in_step (
  facility integer not null,
  ticket   bytea not null,
  account  uuid not null,
  device   uuid not null,
  step     text not null check (step in ('second-factor', 'change-password', 'set-up-second-factor')),
  factors  smallint not null check (factors in (1, 2)),
  expires  timestamptz not null,
  primary key (facility, ticket),
  foreign key (facility, account) references account
);

create table one_time_link (
  facility integer not null,
  hash     bytea not null,
  kind     text not null check (kind in ('first', 'new', 'reset')),
  account  uuid,
  -- sealed secret of a second factor that is being set up
  pending  bytea,
  expires  timestamptz not null,
  primary key (facility, hash),
  check ((kind = 'first') = (account is null)),
  foreign key (facility, account) references account
);

-- Tries that failed or are under way, by SHA-256 of what they are counted for (login, login on a device, address).
create table sign_in_attempt (
  facility integer not null,
  subject  bytea not null,
  failures integer not null,
  last     timestamptz not null,
  primary key (facility, subject)
);
create index sign_in_attempt_by_age on sign_in_attempt (last);

do $$
declare
  app text := nullif(current_setting('lanh.app_role', true), '');
begin
  if app is null then return; end if;
  execute format('grant select, insert, update on account, role_assignment to %I', app);
  execute format('grant select, insert, update, delete on passkey, password, totp, recovery_code, pin, device, known_device, '
    'session, challenge, sign_in_step, one_time_link, sign_in_attempt to %I', app);
end $$;
