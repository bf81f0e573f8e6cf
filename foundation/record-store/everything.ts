/**
 * Everything about one patient or one encounter, and a patient's timeline.
 *
 * Two parts follow each other: the compartment, then what its members refer to (practitioners, organisations,
 * medicines …). A referenced resource that belongs to some patient is never brought along: it is in that patient's
 * compartment, or it is somebody else's.
 *
 * @source http://hl7.org/fhir/R4/operation-patient-everything.html
 */
import { compartmentParameters, resourceTypes } from '#fhir/definitions'
import { compartmentConstant, parameterConstant, selfHash } from '#fhir/search'
import { type Bodies, entryPieces, keyOf } from './bodies.ts'
import { type Statement, newStatement } from './criteria-sql.ts'
import { termsOf } from './facility.ts'
import { type OrderColumn, decodeCursor, encodeCursor } from './order.ts'
import { type Sql, numbers, texts } from './postgres.ts'
import type { RecordStore, SearchPage } from './types.ts'

type Focus = Parameters<RecordStore['everything']>[0]
type Options = Parameters<RecordStore['everything']>[1]

/** Part (1 the compartment, 2 the referenced), then the key. */
export const EVERYTHING_CASTS: readonly OrderColumn['cast'][] = ['bigint', 'bigint']
/** Date, then the key. */
export const TIMELINE_CASTS: readonly OrderColumn['cast'][] = ['float8', 'bigint']

const encounterParameters = resourceTypes.flatMap((type) =>
  compartmentParameters('Encounter', type).map((code) => parameterConstant(type, code)),
)

/** The members of the compartment, the focus among them. */
function membership(s: Statement, focus: Focus): string {
  const self = selfHash(focus.type, focus.id)
  if (focus.type === 'Patient') {
    const elsewhere = termsOf(s.facility, [self ^ compartmentConstant])
    const patient = `${s.parameter(self.toString())}::bigint`
    return `(r.patient = ${patient} or r.self = ${patient} or r.terms @> ${s.parameter(numbers(elsewhere))}::bigint[])`
  }
  const terms = termsOf(
    s.facility,
    encounterParameters.map((constant) => self ^ constant),
  )
  const encounter = `${s.parameter(self.toString())}::bigint`
  return `(r.self = ${encounter} or r.terms && ${s.parameter(numbers(terms))}::bigint[])`
}

function narrowed(s: Statement, options: Options): string {
  const conditions: string[] = []
  if (options.types !== undefined) conditions.push(`r.type = any(${s.parameter(texts(options.types))}::text[])`)
  if (options.since !== undefined) {
    conditions.push(`r.updated >= extract(epoch from ${s.parameter(options.since)}::timestamptz) * 1000`)
  }
  const undated = `r.date_high = '-Infinity'`
  if (options.start !== undefined)
    conditions.push(`(${undated} or r.date_high >= ${s.parameter(options.start)}::float8)`)
  if (options.end !== undefined) conditions.push(`(${undated} or r.date_low <= ${s.parameter(options.end)}::float8)`)
  return conditions.map((condition) => ` and ${condition}`).join('')
}

/** The patients of an encounter are part of what an encounter's everything brings along. */
const mayFollow = (focus: Focus): string =>
  focus.type === 'Patient' ? 't.patient is null' : `(t.patient is null or t.type = 'Patient')`

/** Keys in order, the keys of included resources, the cursor of the last row shown, the number of rows found. */
const answer = (count: number | null, cursor: string): string => {
  const shown = count === null ? 'true' : `m.n <= ${count}`
  return `select string_agg(${keyOf('m')}, ',' order by m.n) filter (where ${shown} and m.part = 1),
    string_agg(${keyOf('m')}, ',' order by m.n) filter (where ${shown} and m.part = 2),
    ${count === null ? 'null' : `max(array_to_json(array[${cursor}])::text) filter (where m.n = ${count})`}, max(m.n) from m`
}

export async function everythingPage(
  { sql, facility, bodies }: Asking,
  focus: Focus,
  options: Options,
): Promise<SearchPage> {
  const s = newStatement(facility)
  const start = options.cursor ? decodeCursor(options.cursor, EVERYTHING_CASTS) : ['0', '0']
  if (start === null) throw new Error('the cursor was not checked')
  const [part, key] = start.map((value) => `${s.parameter(value)}::bigint`) as [string, string]
  const limit = options.count === null ? '' : `limit ${options.count + 1}`
  const narrowing = narrowed(s, options)
  const statement = `
    with member as materialized (
      select 1 as part, r.key, r.self, r.version, r.ref_target, r.type, r.date_high, r.date_low, r.updated
      from resource r where r.facility = $1 and ${membership(s, focus)}
    ), shown as (
      select r.part, r.key, r.self, r.version from member r where (1, r.key) > (${part}, ${key})${narrowing}
      order by r.key ${limit}
    ), followed as (
      select 2 as part, t.key, t.self, t.version
      from (select unnest(ref_target) as target from member except select self from member) x
      cross join lateral (select * from resource t where t.facility = $1 and t.self = x.target offset 0) t
      where ${mayFollow(focus)} and (2, t.key) > (${part}, ${key})${narrowing.replaceAll('r.', 't.')}
    ), m as materialized (
      select *, row_number() over (order by part, key) as n
      from (select * from shown union all select * from followed) u order by part, key ${limit}
    )
    ${answer(options.count, 'm.part::text, m.key::text')}`
  return pageFrom((await sql.rows(statement, s.values))[0], options, bodies)
}

/** Where to ask, and where texts are kept. */
export interface Asking {
  readonly sql: Sql
  readonly facility: number
  readonly bodies: Bodies
}

async function pageFrom(
  row: readonly (string | null)[] | undefined,
  { count, base }: { count: number | null; base: string },
  bodies: Bodies,
): Promise<SearchPage> {
  const [members = [], others = []] = [row?.[0], row?.[1]].map((cell) => (cell ? cell.split(',') : []))
  const texts = await bodies.of([...members, ...others])
  const more = count !== null && Number(row?.[3] ?? 0) > count
  return {
    entries: entryPieces(base, texts, members.length),
    matches: texts.length,
    delivered: texts,
    total: null,
    next: more && row?.[2] ? encodeCursor(JSON.parse(row[2]) as string[]) : null,
    previous: null,
  }
}

/** The patient's dated resources, latest clinical date first: the (patient, type, date) index finds them. */
export async function timelinePage(
  { sql, facility, bodies }: Asking,
  patientId: string,
  options: Parameters<RecordStore['timeline']>[1],
): Promise<SearchPage> {
  const s = newStatement(facility)
  const conditions = [
    'r.facility = $1',
    `r.patient = ${s.parameter(selfHash('Patient', patientId).toString())}::bigint`,
    `r.date_low > '-Infinity'`,
    `r.type <> 'Patient'`,
  ]
  if (options.types !== undefined) conditions.push(`r.type = any(${s.parameter(texts(options.types))}::text[])`)
  if (options.cursor) {
    const values = decodeCursor(options.cursor, TIMELINE_CASTS)
    if (values === null) throw new Error('the cursor was not checked')
    conditions.push(`(r.date_low, r.key) < (${s.parameter(values[0])}::float8, ${s.parameter(values[1])}::bigint)`)
  }
  const statement = `
    with m as materialized (
      select 1 as part, r.self, r.version, r.date_low, r.key, row_number() over (order by r.date_low desc, r.key desc) as n
      from resource r where ${conditions.join(' and ')}
      order by r.date_low desc, r.key desc limit ${options.count + 1}
    )
    ${answer(options.count, 'm.date_low::text, m.key::text')}`
  return pageFrom((await sql.rows(statement, s.values))[0], options, bodies)
}
