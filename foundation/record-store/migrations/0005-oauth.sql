-- What the OAuth server remembers: clients, grants, codes, tokens, launches and its own keys, with their ends.
create table oauth_item (
  facility integer not null,
  -- the model of oidc-provider, or one of ours: Context, Launch, SigningKey, CookieKey
  kind     text collate "C" not null,
  -- SHA-256 of whatever is a secret in somebody's hand (token, code, launch); the name itself of clients, grants and keys
  id       text collate "C" not null,
  payload  jsonb not null,
  grant_id text collate "C",
  client   text collate "C",
  -- whose grant it is: on the context of a grant, so that an account or a session can take back what it gave
  account  text collate "C",
  session  text collate "C",
  expires  timestamptz,
  consumed timestamptz,
  primary key (facility, kind, id)
);
create index oauth_item_of_grant on oauth_item (facility, grant_id) where grant_id is not null;
create index oauth_item_of_client on oauth_item (facility, client) where client is not null;
create index oauth_item_of_account on oauth_item (facility, account) where account is not null;
create index oauth_item_of_session on oauth_item (facility, session) where session is not null;
create index oauth_item_by_end on oauth_item (expires) where expires is not null;

do $$
declare
  app text := nullif(current_setting('lanh.app_role', true), '');
begin
  if app is null then return; end if;
  execute format('grant select, insert, update, delete on oauth_item to %I', app);
end $$;
