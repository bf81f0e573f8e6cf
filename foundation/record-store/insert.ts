/**
 * The one statement that puts versions into the log and their rows into the index. A statement is a transaction of its
 * own, so a write costs one round trip; inside a larger transaction several of them follow each other.
 */
import { AREA_BITS, areaOf, labelBits, RELATION_KINDS, relationsOf } from '#foundation/access-control'
import { type AuditEntry, auditInsert, auditRows } from '#foundation/audit-log'
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
  /** whose it is: of a delete, whose it was */
  readonly patient: bigint | null
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

/** Collects the parameters of a statement; `$1` is the facility. */
interface Parameters {
  readonly values: unknown[]
  of(value: unknown, cast: string): string
}

function parametersOf(facility: number): Parameters {
  const values: unknown[] = [facility]
  return { values, of: (value, cast) => `$${values.push(value)}::${cast}` }
}

/** One row for each version, with what log and index both need. */
const inputOf = (p: Parameters, rows: readonly IndexRow[]): string =>
  [
    p.of(numbers(rows.map((row) => row.self)), 'bigint[]'),
    p.of(texts(rows.map((row) => row.type)), 'text[]'),
    p.of(texts(rows.map((row) => row.id)), 'text[]'),
    p.of(numbers(rows.map((row) => row.version)), 'integer[]'),
    p.of(floats(rows.map((row) => row.at)), 'float8[]'),
    p.of(numbers(rows.map((row) => row.key)), 'bigint[]'),
    p.of(numbers(rows.map((row) => row.patient)), 'bigint[]'),
    p.of(numbers(rows.map((row) => AREA_BITS[areaOf(row.type)])), 'integer[]'),
  ].join(', ')

const INPUT_COLUMNS = 'self, type, id, version, at, known_key, patient, area'

/** Bodies travel as one binary parameter with offsets: an array literal would escape every quotation mark of them. */
function loggedParts(p: Parameters, insertions: readonly Insertion[]): string {
  const { bytes, starts, lengths } = joinBodies(insertions)
  const input = inputOf(p, insertions)
  const all = p.of(bytes, 'bytea')
  const more = [
    p.of(texts(insertions.map((i) => i.author)), 'text[]'),
    p.of(texts(insertions.map((i) => i.method)), 'text[]'),
    p.of(numbers(starts), 'integer[]'),
    p.of(numbers(lengths), 'integer[]'),
  ]
  return `numbered as materialized (
  select nextval('resource_version_seq') as seq, u.*,
         case when u.length >= 0 then substring(${all} from u.start for u.length) end as bytes
  from unnest(${input}, ${more.join(', ')}) as u(${INPUT_COLUMNS}, author, method, start, length)
), input as (select *, coalesce(known_key, seq) as key from numbered), logged as (
  insert into resource_version (facility, self, version, seq, at, type, id, author, method, hash, body, patient, area)
  select $1, self, version, seq, to_timestamp(at / 1000), type, id, author, method,
         sha256(coalesce(bytes, ''::bytea)), convert_from(bytes, 'UTF8'), patient, area
  from numbered
)`
}

/** The rows of the index, but for `resource`: that one ends the statement. */
function indexParts(p: Parameters, rows: readonly IndexRow[]): readonly string[] {
  const indexed = rows.flatMap(({ entries }) => entries ?? [])
  const strings = indexed.flatMap(({ self, strings }) => strings.map((s) => ({ self, ...s })))
  const ranges = indexed.flatMap(({ self, ranges }) => ranges.map((r) => ({ self, ...r })))
  return [
    `indexed as (
  select * from unnest(${[
    p.of(numbers(indexed.map((e) => e.self)), 'bigint[]'),
    p.of(floats(indexed.map((e) => e.date?.low ?? -Infinity)), 'float8[]'),
    p.of(floats(indexed.map((e) => e.date?.high ?? -Infinity)), 'float8[]'),
    p.of(numbers(indexed.map(presentBits)), 'bigint[]'),
    p.of(ragged(indexed.map((e) => e.references.map((r) => r.parameter))), 'text[]'),
    p.of(ragged(indexed.map((e) => e.references.map((r) => r.target))), 'text[]'),
    p.of(ragged(indexed.map((e) => termsOf(p.values[0] as number, e.terms))), 'text[]'),
  ].join(', ')}) as e(self, date_low, date_high, present, ref_parameter, ref_target, terms)
)`,
    `strings as (
  insert into string_value (facility, self, parameter, folded, patient, area)
  select $1, s.*, i.patient, i.area from unnest(${[
    p.of(numbers(strings.map((s) => s.self)), 'bigint[]'),
    p.of(numbers(strings.map((s) => s.parameter)), 'integer[]'),
    p.of(texts(strings.map((s) => s.folded)), 'text[]'),
  ].join(', ')}) as s(self, parameter, folded) join input i on i.self = s.self
)`,
    `ranges as (
  insert into range_value (facility, self, parameter, unit, low, high, raw, patient, area)
  select $1, r.*, i.patient, i.area from unnest(${[
    p.of(numbers(ranges.map((r) => r.self)), 'bigint[]'),
    p.of(numbers(ranges.map((r) => r.parameter)), 'integer[]'),
    p.of(numbers(ranges.map((r) => r.unit)), 'bigint[]'),
    p.of(floats(ranges.map((r) => r.low)), 'float8[]'),
    p.of(floats(ranges.map((r) => r.high)), 'float8[]'),
    p.of(floats(ranges.map((r) => r.raw ?? null)), 'float8[]'),
  ].join(', ')}) as r(self, parameter, unit, low, high, raw) join input i on i.self = r.self
)`,
    ...relationParts(p, indexed, rows),
    ...sensitivityParts(p, indexed),
  ]
}

/** Who has to do with whom, as far as these resources say. */
function relationParts(p: Parameters, indexed: readonly IndexEntries[], rows: readonly IndexRow[]): readonly string[] {
  const types = new Map(rows.map(({ self, type }) => [self, type]))
  const relations = indexed.flatMap((entries) =>
    relationsOf(types.get(entries.self) as string, entries).map((each) => ({ ...each, source: entries.self, entries })),
  )
  if (relations.length === 0) return []
  return [
    `relations as (
  insert into care_relation (facility, patient, holder, kind, labels, since, until, source)
  select $1, c.patient, c.holder, c.kind, c.labels, to_timestamp(c.since / 1000), to_timestamp(c.until / 1000), c.source
  from unnest(${[
    p.of(numbers(relations.map(({ entries }) => entries.patient)), 'bigint[]'),
    p.of(numbers(relations.map(({ holder }) => holder)), 'bigint[]'),
    p.of(numbers(relations.map(({ kind }) => RELATION_KINDS[kind])), 'smallint[]'),
    p.of(numbers(relations.map(({ labels }) => labels)), 'integer[]'),
    p.of(floats(relations.map(({ since }) => since)), 'float8[]'),
    p.of(floats(relations.map(({ until }) => until)), 'float8[]'),
    p.of(numbers(relations.map(({ source }) => source)), 'bigint[]'),
  ].join(', ')}) as c(patient, holder, kind, labels, since, until, source)
)`,
  ]
}

/** Labels of sensitive content; most resources have none. */
function sensitivityParts(p: Parameters, indexed: readonly IndexEntries[]): readonly string[] {
  const labelled = indexed.filter(({ security }) => labelBits(security) !== 0)
  if (labelled.length === 0) return []
  return [
    `labelled as (
  insert into sensitivity (facility, subject, labels)
  select $1, l.* from unnest(${[
    p.of(numbers(labelled.map(({ self }) => self)), 'bigint[]'),
    p.of(numbers(labelled.map(({ security }) => labelBits(security))), 'integer[]'),
  ].join(', ')}) as l(subject, labels)
  on conflict (facility, subject) do update set labels = excluded.labels
)`,
  ]
}

/** What an earlier version left in the index. A label that is taken away is deleted, one that stays is overwritten. */
function removalParts(p: Parameters, insertions: readonly Insertion[]): readonly string[] {
  const replaced = insertions.filter(({ replaces }) => replaces)
  if (replaced.length === 0) return []
  const selves = p.of(numbers(replaced.map(({ self }) => self)), 'bigint[]')
  const deleted = replaced.filter(({ body }) => body === null).map(({ self }) => self)
  const bare = replaced.filter(({ entries }) => entries !== null && labelBits(entries.security) === 0)
  const bareSelves = p.of(numbers(bare.map(({ self }) => self)), 'bigint[]')
  return [
    `old_strings as (delete from string_value where facility = $1 and self = any(${selves}))`,
    `old_ranges as (delete from range_value where facility = $1 and self = any(${selves}))`,
    `old_relations as (delete from care_relation where facility = $1 and source = any(${selves}))`,
    `old_labels as (delete from sensitivity where facility = $1 and subject = any(${bareSelves}))`,
    `gone as (delete from resource where facility = $1 and self = any(${p.of(numbers(deleted), 'bigint[]')}))`,
  ]
}

const ROWS = `insert into resource (facility, self, version, key, type, id, updated, patient, area, date_low, date_high,
                      present, ref_parameter, ref_target, terms)
select $1, i.self, i.version, i.key, i.type, i.id, i.at, i.patient, i.area, e.date_low, e.date_high, e.present,
       e.ref_parameter::integer[], e.ref_target::bigint[], e.terms::bigint[]
from input i join indexed e on e.self = i.self`

const REPLACING = `on conflict (facility, self) do update set version = excluded.version, updated = excluded.updated,
  patient = excluded.patient, area = excluded.area, date_low = excluded.date_low, date_high = excluded.date_high,
  present = excluded.present, ref_parameter = excluded.ref_parameter, ref_target = excluded.ref_target,
  terms = excluded.terms`

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

/** What the audit log says of the act, in the same statement. */
function auditParts(p: Parameters, audited: readonly AuditEntry[]): readonly string[] {
  if (audited.length === 0) return []
  return [`audited as (${auditInsert(p.values.push(auditRows(audited)))})`]
}

/**
 * Stores the versions, all or none, and what the audit log says of it.
 * @throws a unique violation (23505) when one of the versions exists: somebody else was faster
 */
export async function insertVersions(
  sql: Sql,
  facility: number,
  insertions: readonly Insertion[],
  audited: readonly AuditEntry[],
): Promise<void> {
  const p = parametersOf(facility)
  const audit = auditParts(p, audited)
  if (insertions.length === 0) {
    if (audit.length > 0) await sql.rows(`with ${audit.join(', ')} select 1`, p.values)
    return
  }
  const parts = [loggedParts(p, insertions), ...indexParts(p, insertions), ...removalParts(p, insertions), ...audit]
  const ending = insertions.some(({ replaces }) => replaces) ? ` ${REPLACING}` : ''
  await sql.rows(`with ${parts.join(', ')} ${ROWS}${ending}`, p.values)
}

/** Puts index rows of versions that the log has already: the index is being rebuilt. Every row has its key. */
export async function insertIndexRows(sql: Sql, facility: number, rows: readonly IndexRow[]): Promise<void> {
  const p = parametersOf(facility)
  const input = `input as (select *, known_key as key from unnest(${inputOf(p, rows)}) as u(${INPUT_COLUMNS}))`
  await sql.rows(`with ${[input, ...indexParts(p, rows)].join(', ')} ${ROWS}`, p.values)
}
