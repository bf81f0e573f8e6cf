-- Reads by id of several readers in one round trip. Each reader's are a statement of their own inside, with the row
-- policies asked for that reader alone: a statement never has two readers.
create function read_behind_fences(
  of_facility integer,
  readers     text[],
  -- for each read: which of the readers asks, and for what
  asking      integer[],
  selves      bigint[]
) returns table (
  place bigint, type text, id text, version integer, at bigint, author text, method text, body text, patient bigint,
  standing text
) language plpgsql stable parallel unsafe as $$
#variable_conflict use_column
declare
  reader integer;
begin
  for reader in 1 .. cardinality(readers) loop
    perform set_config('lanh.reader', readers[reader], true);
    return query
      select asked.place, v.type, v.id, v.version, (extract(epoch from v.at) * 1000)::bigint, v.author, v.method, v.body,
             v.patient,
             case when v.patient is not null then concat_ws(' ',
               (select coalesce(bit_or(l.labels), 0) from sensitivity l
                where l.facility = of_facility and l.subject = v.patient),
               (select string_agg(c.kind || ':' || c.labels || ':' || (extract(epoch from c.until) * 1000)::bigint, ' ')
                from care_relation c
                where c.facility = of_facility and c.patient = v.patient
                  and c.holder = any ((select reader_part(5)::bigint[])::bigint[])
                  and c.since <= now() and c.until > now())) end
      from unnest(selves, asking) with ordinality as asked(self, by, place)
      cross join lateral (
        select * from resource_version v where v.facility = of_facility and v.self = asked.self
        order by v.version desc limit 1) v
      where asked.by = reader
        -- The latest version that they may see must be the latest there is.
        and (v.method = 'delete' or exists (
          select 1 from resource r where r.facility = of_facility and r.self = v.self and r.version = v.version));
  end loop;
end $$;
