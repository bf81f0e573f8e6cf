-- A cursor carries the values of the row it continues after, a name among them. It is sealed with this key before it
-- becomes part of an address, so that no address holds patient data and none can be invented.
create table cursor_key (
  facility integer primary key,
  key      bytea not null
);

do $$
declare
  app text := nullif(current_setting('lanh.app_role', true), '');
begin
  if app is null then return; end if;
  execute format('grant select, insert on cursor_key to %I', app);
end $$;
