-- Until PostgreSQL has looked at a table it takes one facility for a two-hundredth of it, and reads all of a facility's keys
-- wherever a policy asks for the facility. An import fills an empty record faster than autovacuum looks, so it asks for
-- statistics itself, once. PostgreSQL 15 and 16 have no such privilege: there the first minutes are slower.
do $$
declare
  app text := nullif(current_setting('lanh.app_role', true), '');
begin
  if app is null or current_setting('server_version_num')::integer < 170000 then return; end if;
  execute format('grant maintain on resource to %I', app);
end $$;
