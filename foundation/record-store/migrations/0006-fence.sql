-- What the row policies look at. Guard: bits 0 to 15 the area of the type, from bit 16 the labels of meta.security.
alter table resource_version add column patient bigint, add column guard integer;
