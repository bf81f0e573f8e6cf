-- What the OAuth server remembers: grants, codes, tokens, sessions, clients (oidc-provider's adapter), with their ends.
create table oauth_item (
  facility integer not null,
  kind     text collate "C" not null,
  id       text collate "C" not null,
  payload  jsonb not null,
  grant_id text collate "C",
  uid      text collate "C",
  expires  timestamptz,
  consumed timestamptz,
  primary key (facility, kind, id)
);
create index oauth_item_of_grant on oauth_item (facility, grant_id) where grant_id is not null;
create index oauth_item_by_uid on oauth_item (facility, kind, uid) where uid is not null;
create index oauth_item_by_end on oauth_item (expires) where expires is not null;
