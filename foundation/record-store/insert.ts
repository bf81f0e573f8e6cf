/**
 * The one statement that puts versions into the log and their rows into the index. A statement is a transaction of its
 * own, so a write costs one round trip; inside a larger transaction several of them follow each other.
 */
import type { IndexEntries } from '#fhir/search'
import { termsOf } from './facility.ts'
import { type Sql, numbers, ragged, texts } from './postgres.ts'

/** A current version and its index entries. */
export interface IndexRow {
  readonly self: bigint
  readonly type: string
  readonly id: string
  readonly version: number
  readonly at: number
  /** null for a delete */
  readonly entries: IndexEntries | null
  /** the resource's place in the default order; null when this is its first version (or its first after a delete) */
  readonly key: string | null
}

/** A version ready to be stored. */
export interface Insertion extends IndexRow {
  readonly author: string
  readonly method: 'create' | 'update' | 'delete'
  /** null for a delete */
  readonly body: string | null
  /** true when rows of an earlier version are in the index */
  readonly replaces: boolean
}

/** Parameters 2 to 18: the index entries. */
const ENTRIES = `indexed as (
  select * from unnest($2::bigint[], $3::bigint[], $4::float8[], $5::float8[], $6::bigint[], $7::text[], $8::text[],
                       $9::text[])
    as e(self, patient, date_low, date_high, present, ref_parameter, ref_target, terms)
), strings as (
  insert into string_value (facility, self, parameter, folded)
  select $1, s.* from unnest($10::bigint[], $11::integer[], $12::text[]) s
), ranges as (
  insert into range_value (facility, self, parameter, unit, low, high, raw)
  select $1, r.* from unnest($13::bigint[], $14::integer[], $15::bigint[], $16::float8[], $17::float8[], $18::float8[]) r
)`

const ROWS = `
insert into resource (facility, self, version, key, type, id, updated, patient, date_low, date_high, present,
                      ref_parameter, ref_target, terms)
select $1, i.self, i.version, i.key, i.type, i.id, i.at, e.patient, e.date_low, e.date_high, e.present,
       e.ref_parameter::integer[], e.ref_target::bigint[], e.terms::bigint[]
from input i join indexed e on e.self = i.self`

/** Parameters 19 to 24: what log and index both need. */
const INPUT = `unnest($19::bigint[], $20::text[], $21::text[], $22::integer[], $23::float8[], $24::bigint[]`

/** Bodies travel as one binary parameter with offsets: an array literal would escape every quotation mark of them. */
const LOGGED = `numbered as materialized (
  select nextval('resource_version_seq') as seq, u.*,
         case when u.length >= 0 then substring($25::bytea from u.start for u.length) end as bytes
  from ${INPUT}, $26::text[], $27::text[], $28::integer[], $29::integer[])
    as u(self, type, id, version, at, known_key, author, method, start, length)
), input as (select *, coalesce(known_key, seq) as key from numbered), logged as (
  insert into resource_version (facility, self, version, seq, at, type, id, author, method, hash, body)
  select $1, self, version, seq, to_timestamp(at / 1000), type, id, author, method,
         sha256(coalesce(bytes, ''::bytea)), convert_from(bytes, 'UTF8')
  from numbered
)`

const ONLY_NEW = `with ${LOGGED}, ${ENTRIES} ${ROWS}`

const WITH_REPLACEMENT = `with ${LOGGED}, ${ENTRIES},
old_strings as (delete from string_value where facility = $1 and self = any($30::bigint[])),
old_ranges as (delete from range_value where facility = $1 and self = any($30::bigint[])),
gone as (delete from resource where facility = $1 and self = any($31::bigint[]))
${ROWS}
on conflict (facility, self) do update set version = excluded.version, updated = excluded.updated,
  patient = excluded.patient, date_low = excluded.date_low, date_high = excluded.date_high, present = excluded.present,
  ref_parameter = excluded.ref_parameter, ref_target = excluded.ref_target, terms = excluded.terms`

const INDEX_ONLY = `with input as (select * from ${INPUT}) as u(self, type, id, version, at, key)), ${ENTRIES} ${ROWS}`

const sqlFloat = (value: number): string =>
  value === Infinity ? 'Infinity' : value === -Infinity ? '-Infinity' : String(value)

const floats = (values: readonly (number | null)[]) => numbers(values.map((v) => (v === null ? null : sqlFloat(v))))

interface Bodies {
  readonly bytes: Buffer
  readonly starts: readonly number[]
  readonly lengths: readonly number[]
}

function joinBodies(insertions: readonly Insertion[]): Bodies {
  const parts = insertions.map(({ body }) => (body === null ? null : Buffer.from(body, 'utf8')))
  const starts: number[] = []
  let at = 1 // PostgreSQL counts from one
  for (const part of parts) {
    starts.push(at)
    at += part?.length ?? 0
  }
  return {
    bytes: Buffer.concat(parts.filter((part) => part !== null)),
    starts,
    lengths: parts.map((part) => part?.length ?? -1),
  }
}

const presentBits = (entries: IndexEntries): string => {
  let bits = 0n
  for (const bit of entries.present) bits |= 1n << BigInt(bit)
  return BigInt.asIntN(64, bits).toString()
}

/** Parameters 1 to 24. */
function indexParameters(facility: number, insertions: readonly IndexRow[]): readonly unknown[] {
  const indexed = insertions.map(({ entries }) => entries).filter((entries) => entries !== null)
  const strings = indexed.flatMap(({ self, strings }) => strings.map((s) => ({ self, ...s })))
  const ranges = indexed.flatMap(({ self, ranges }) => ranges.map((r) => ({ self, ...r })))
  return [
    facility,
    numbers(indexed.map((e) => e.self)),
    numbers(indexed.map((e) => e.patient)),
    floats(indexed.map((e) => e.date?.low ?? -Infinity)),
    floats(indexed.map((e) => e.date?.high ?? -Infinity)),
    numbers(indexed.map(presentBits)),
    ragged(indexed.map((e) => e.references.map((r) => r.parameter))),
    ragged(indexed.map((e) => e.references.map((r) => r.target))),
    ragged(indexed.map((e) => termsOf(facility, e.terms))),
    numbers(strings.map((s) => s.self)),
    numbers(strings.map((s) => s.parameter)),
    texts(strings.map((s) => s.folded)),
    numbers(ranges.map((r) => r.self)),
    numbers(ranges.map((r) => r.parameter)),
    numbers(ranges.map((r) => r.unit)),
    floats(ranges.map((r) => r.low)),
    floats(ranges.map((r) => r.high)),
    floats(ranges.map((r) => r.raw ?? null)),
    numbers(insertions.map((i) => i.self)),
    texts(insertions.map((i) => i.type)),
    texts(insertions.map((i) => i.id)),
    numbers(insertions.map((i) => i.version)),
    floats(insertions.map((i) => i.at)),
    numbers(insertions.map((i) => i.key)),
  ]
}

/**
 * Stores the versions, all or none.
 * @throws a unique violation (23505) when one of the versions exists: somebody else was faster
 */
export async function insertVersions(sql: Sql, facility: number, insertions: readonly Insertion[]): Promise<void> {
  if (insertions.length === 0) return
  const { bytes, starts, lengths } = joinBodies(insertions)
  const replaced = insertions.filter((i) => i.replaces).map((i) => i.self)
  const deleted = insertions.filter((i) => i.body === null).map((i) => i.self)
  const parameters = [
    ...indexParameters(facility, insertions),
    bytes,
    texts(insertions.map((i) => i.author)),
    texts(insertions.map((i) => i.method)),
    numbers(starts),
    numbers(lengths),
  ]
  if (replaced.length === 0 && deleted.length === 0) await sql.rows(ONLY_NEW, parameters)
  else await sql.rows(WITH_REPLACEMENT, [...parameters, numbers(replaced), numbers(deleted)])
}

/** Puts index rows of versions that the log has already: the index is being rebuilt. Every row has its key. */
export async function insertIndexRows(sql: Sql, facility: number, rows: readonly IndexRow[]): Promise<void> {
  await sql.rows(INDEX_ONLY, indexParameters(facility, rows))
}
