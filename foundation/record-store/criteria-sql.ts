/**
 * Search criteria to SQL over the index tables. One function per kind of criterion, each returning a condition on the
 * row `alias` of `resource`. Values are always parameters.
 */
import { type Criterion, type RangeTest, compartmentConstant } from '#fhir/search'
import { facilityConstant } from './facility.ts'
import { numbers, texts } from './postgres.ts'
import { NO_STATISTICS, type TermStatistics } from './term-statistics.ts'

/** Collects parameters while a statement is written; `$1` is the facility. */
export interface Statement {
  readonly facility: number
  readonly values: unknown[]
  /** @returns the placeholder of the value, e.g. `$4` */
  parameter(value: unknown): string
  /** @returns a fresh table alias */
  alias(): string
  readonly statistics: TermStatistics
  /** matches after which a walk in the order of an index may stop; Infinity where all are needed */
  readonly wanted: number
}

export function newStatement(facility: number, statistics = NO_STATISTICS, wanted = Infinity): Statement {
  const values: unknown[] = [facility]
  let aliases = 0
  return {
    facility,
    values,
    parameter: (value) => `$${values.push(value)}`,
    alias: () => `t${++aliases}`,
    statistics,
    wanted,
  }
}

const bigints = (statement: Statement, values: readonly bigint[]): string =>
  `${statement.parameter(numbers(values))}::bigint[]`

const mixed = (statement: Statement, terms: readonly bigint[]): readonly bigint[] => {
  const constant = facilityConstant(statement.facility)
  return constant === 0n ? terms : terms.map((term) => term ^ constant)
}

/** What a local reference's target must be XORed with to give the term stored for it. */
const termMix = (statement: Statement, constant: bigint): string =>
  statement.parameter((constant ^ facilityConstant(statement.facility)).toString()) + '::bigint'

const bound = (value: number): string =>
  value === Infinity ? 'Infinity' : value === -Infinity ? '-Infinity' : String(value)

/**
 * How an indexed interval [low, high] compares with the interval of the search value.
 * @source http://hl7.org/fhir/R4/search.html#prefix
 */
const COMPARISONS: Record<RangeTest['prefix'], (low: string, high: string, from: Bound, to: Bound) => string> = {
  eq: (low, high, from, to) => `(${low} >= ${from()} and ${low} <= ${to()} and ${high} <= ${to()})`,
  ne: (low, high, from, to) => `(${low} < ${from()} or ${high} > ${to()})`,
  gt: (_low, high, _from, to) => `${high} > ${to()}`,
  lt: (low, _high, from) => `${low} < ${from()}`,
  ge: (low, high, from, to) => `(${high} > ${to()} or (${low} >= ${from()} and ${high} <= ${to()}))`,
  le: (low, high, from, to) => `(${low} < ${from()} or (${low} >= ${from()} and ${high} <= ${to()}))`,
  sa: (low, _high, _from, to) => `${low} > ${to()}`,
  eb: (_low, high, from) => `${high} < ${from()}`,
  ap: (low, high, from, to) => `(${low} <= ${to()} and ${high} >= ${from()})`,
}

/** A parameter of the statement, made when it is first used: PostgreSQL refuses parameters that nothing mentions. */
type Bound = () => string

function boundOf(statement: Statement, value: number): Bound {
  let written: string | undefined
  return () => (written ??= `${statement.parameter(bound(value))}::float8`)
}

function compare(statement: Statement, test: RangeTest, low: string, high: string): string {
  const from = boundOf(statement, test.low)
  const to = test.high === test.low ? from : boundOf(statement, test.high)
  return COMPARISONS[test.prefix](low, high, from, to)
}

const anyOf = (conditions: readonly string[]): string =>
  conditions.length === 0
    ? 'false'
    : conditions.length === 1
      ? (conditions[0] as string)
      : `(${conditions.join(' or ')})`

/** A LIKE pattern whose own signs are taken literally. */
const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** The first text after all that begin with `prefix`, in the order of code points; null when there is none. */
export function afterPrefix(prefix: string): string | null {
  const points = [...prefix]
  while (points.length > 0) {
    const last = (points.pop() as string).codePointAt(0) as number
    if (last < 0x10ffff) {
      const next = last + 1 === 0xd800 ? 0xe000 : last + 1
      return points.join('') + String.fromCodePoint(next)
    }
  }
  return null
}

type StringTest = Extract<Criterion, { kind: 'string' }>['anyOf'][number]

/** A condition on column `folded` of `string_value`. */
export function stringCondition(statement: Statement, column: string, test: StringTest): string {
  if (test.match === 'contains') return `${column} like ${statement.parameter(`%${literally(test.folded)}%`)}`
  const from = `${column} >= ${statement.parameter(test.folded)}`
  const end = afterPrefix(test.folded)
  return end === null ? from : `(${from} and ${column} < ${statement.parameter(end)})`
}

/**
 * Whether row `r` has such a string: looked up among the row's own strings, whatever the planner thinks of the texts.
 * For searches that are driven by another index; `offset 0` and `+ 0` keep it from being turned around.
 */
export function hasString(
  s: Statement,
  r: string,
  { parameter, anyOf: tests }: Of<'string'>,
  before: string | null = null,
): string {
  const v = s.alias()
  const conditions = [
    `${v}.facility = $1 and ${v}.self = ${r}.self and ${v}.parameter + 0 = ${s.parameter(parameter)}::integer`,
    anyOf(tests.map((test) => stringCondition(s, `(${v}.folded || '')`, test))),
    ...(before === null ? [] : [`(${v}.folded || '') < ${before}`]),
  ]
  return `exists (select 1 from string_value ${v} where ${conditions.join(' and ')} offset 0)`
}

type Of<K extends Criterion['kind']> = Extract<Criterion, { kind: K }>
type Writers = { readonly [K in Criterion['kind']]: (s: Statement, r: string, criterion: Of<K>) => string }

const negatedIf = (negated: boolean | undefined, condition: string): string =>
  negated ? `not (${condition})` : condition

const termCondition = (s: Statement, column: string, { anyOf: terms, negated }: Of<'terms'>): string =>
  terms.length === 0
    ? String(negated === true)
    : negatedIf(negated, `${column} ${terms.length === 1 ? '@>' : '&&'} ${bigints(s, mixed(s, terms))}`)

const WRITERS: Writers = {
  none: () => 'false',
  self: (s, r, { anyOf: selves, negated }) => negatedIf(negated, `${r}.self = any(${bigints(s, selves)})`),
  terms: (s, r, criterion) => termCondition(s, `${r}.terms`, criterion),
  missing: (_s, r, { bit, missing }) => `(${r}.present >> ${bit}) & 1 = ${missing ? 0 : 1}`,
  updated: (s, r, { anyOf: tests }) => anyOf(tests.map((test) => compare(s, test, `${r}.updated`, `${r}.updated`))),
  // A resource without the date has both bounds at -Infinity: it meets no comparison, not even `lt` or `ne`.
  date: (s, r, { anyOf: tests }) =>
    `(${r}.date_high > '-Infinity' and ${anyOf(tests.map((test) => compare(s, test, `${r}.date_low`, `${r}.date_high`)))})`,
  range: (s, r, { parameter, anyOf: tests }) => {
    const v = s.alias()
    const conditions = tests.map((test) =>
      test.anyUnit
        ? compare(s, test, `coalesce(${v}.raw, ${v}.low)`, `coalesce(${v}.raw, ${v}.high)`)
        : `(${v}.unit = ${s.parameter(test.unit.toString())}::bigint and ${compare(s, test, `${v}.low`, `${v}.high`)})`,
    )
    return `exists (select 1 from range_value ${v} where ${v}.facility = $1 and ${v}.self = ${r}.self
      and ${v}.parameter = ${s.parameter(parameter)}::integer and ${anyOf(conditions)})`
  },
  string: (s, r, { parameter, anyOf: tests }) => {
    const v = s.alias()
    return `${r}.self in (select ${v}.self from string_value ${v} where ${v}.facility = $1
      and ${v}.parameter = ${s.parameter(parameter)}::integer
      and ${anyOf(tests.map((test) => stringCondition(s, `${v}.folded`, test)))})`
  },
  compartment: (s, r, { patients }) => {
    const terms = mixed(
      s,
      patients.map((patient) => patient ^ compartmentConstant),
    )
    return `(${r}.patient = any(${bigints(s, patients)}) or ${r}.terms && ${bigints(s, terms)})`
  },
  chain: (s, r, { constant, promotedPatient, targets }) => {
    const selves = targets.map(({ type, criteria }) => {
      const t = s.alias()
      const column = promotedPatient ? `${t}.self` : `${t}.self # ${termMix(s, constant)}`
      return `select ${column} from resource ${t} where ${rowConditions(s, t, [type], criteria)}`
    })
    if (selves.length === 0) return 'false'
    const union = selves.join(' union all ')
    return promotedPatient ? `${r}.patient = any(array(${union}))` : `${r}.terms && array(${union})`
  },
  has: (s, r, criterion) =>
    walksCandidates(s, criterion) ? hasByWalking(s, r, criterion) : hasByFetching(s, r, criterion),
  any: (s, r, { of }) => anyOf(of.map((criteria) => `(${conditionsOf(s, r, criteria).join(' and ') || 'true'})`)),
}

/** What it costs to fetch one referring row and to see whom it refers to, in microseconds of PostgreSQL's time. */
const FETCH_COST = 4
/** What it costs to ask one candidate: by its combined term, and by a reference that is met with the other terms. */
const ASK_COST = 6
const ASK_COST_UNCOMBINED = 15

/**
 * Whether the candidates of a reverse chain are asked one by one, in the order of the page, or the referring rows are
 * fetched. The commoner the rows, the sooner a page is full by asking and the longer it takes to fetch them all; in
 * between, the number of candidates decides. Without statistics the rows are fetched.
 */
export function walksCandidates(s: Statement, { of, criteria, combined }: Of<'has'>): boolean {
  const rows = expectedRows(s, criteria)
  const candidates = s.statistics.rowsOf(of)
  if (rows === null || candidates === null) return false
  const asked = Math.min(candidates, (s.wanted * candidates) / Math.min(rows, candidates))
  return asked * (combined === undefined ? ASK_COST_UNCOMBINED : ASK_COST) < rows * FETCH_COST
}

/** Rows that meet the criteria at the most, by their terms; null where these are unknown. */
function expectedRows(s: Statement, criteria: readonly Criterion[]): number | null {
  const each = criteria.filter(isPositive).map(({ anyOf: terms }) => {
    const rows = mixed(s, terms).map((term) => s.statistics.rowsWith(term))
    return rows.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0)
  })
  return each.length === 0
    ? null
    : each.reduce((least, one) => (least === null || one === null ? null : Math.min(least, one)))
}

const isPositive = (criterion: Criterion): criterion is Of<'terms'> => criterion.kind === 'terms' && !criterion.negated

function hasByFetching(s: Statement, r: string, { type, parameter, criteria }: Of<'has'>): string {
  const o = s.alias()
  const x = s.alias()
  return `${r}.self in (select ${x}.target from resource ${o}
    cross join unnest(${o}.ref_parameter, ${o}.ref_target) as ${x}(parameter, target)
    where ${rowConditions(s, o, [type], criteria)} and ${x}.parameter = ${s.parameter(parameter)}::integer)`
}

/**
 * One look into the index of terms tells: for the combined term of candidate and code, or for the reference to the
 * candidate together with the terms asked for. `offset 0` keeps the planner from joining instead: it cannot know how
 * many rows a term that it does not see has, and once read the whole table for a page of ten.
 */
function hasByWalking(s: Statement, r: string, { type, constant, criteria, combined }: Of<'has'>): string {
  const o = s.alias()
  const single = combined === undefined ? criteria.filter(isSingleTerm) : []
  const others = combined === undefined ? criteria.filter((criterion) => !isSingleTerm(criterion)) : criteria
  const ofCandidate = (each: bigint): string => `(${r}.self # ${termMix(s, each)})`
  const terms = single.flatMap(({ anyOf }) => anyOf)
  const found =
    combined === undefined
      ? `@> (${bigints(s, mixed(s, terms))} || ${ofCandidate(constant)})`
      : `&& array[${combined.map(ofCandidate).join(', ')}]::bigint[]`
  const conditions = [
    `${o}.terms ${found}`,
    `${o}.facility + 0 = $1 and (${o}.type || '') = ${s.parameter(type)}`,
    ...conditionsOf(s, o, others, `(${o}.terms || '{}'::bigint[])`),
  ]
  return `exists (select 1 from resource ${o} where ${conditions.join(' and ')} offset 0)`
}

const write = <K extends Criterion['kind']>(s: Statement, r: string, criterion: Of<K>): string =>
  WRITERS[criterion.kind as K](s, r, criterion)

const isSingleTerm = (criterion: Criterion): criterion is Of<'terms'> =>
  criterion.kind === 'terms' && !criterion.negated && criterion.anyOf.length === 1

/**
 * @param terms the column of terms, or an expression over it that no index answers
 * @returns one condition per criterion; single terms become one containment, which the GIN index answers at once
 */
export function conditionsOf(
  s: Statement,
  r: string,
  criteria: readonly Criterion[],
  terms = `${r}.terms`,
): readonly string[] {
  const together = criteria.filter(isSingleTerm).flatMap(({ anyOf: single }) => single)
  const others: readonly Criterion[] = criteria.filter((criterion) => !isSingleTerm(criterion))
  return [
    ...(together.length > 0 ? [`${terms} @> ${bigints(s, mixed(s, together))}`] : []),
    ...others.map((criterion) =>
      criterion.kind === 'terms' ? termCondition(s, terms, criterion) : write(s, r, criterion),
    ),
  ]
}

type Driver = 'term' | 'chain' | 'none'

/** Which kind of criterion finds the rows; the others are then asked of the rows found. */
function driverOf(criteria: readonly Criterion[]): Driver {
  if (criteria.some((criterion) => criterion.kind === 'terms' && criterion.selective && !criterion.negated))
    return 'term'
  if (criteria.some(({ kind }) => kind === 'chain')) return 'chain'
  return criteria.some((criterion) => criterion.kind === 'terms' && !criterion.negated) ? 'term' : 'none'
}

/**
 * Facility, type and criteria of row `r`, joined by `and`.
 *
 * A term stands for its facility and type as well. Where one finds the rows, facility and type are only compared (against
 * a collision of hashes), in a form that keeps the planner from reading all rows of the type beside the few of the term.
 * Where a chain finds them, terms are compared in such a form: a code may be on half of the rows.
 *
 * @param types none means every type
 */
export function rowConditions(
  s: Statement,
  r: string,
  types: readonly string[],
  criteria: readonly Criterion[],
): string {
  const driver = driverOf(criteria)
  const byTerm = driver === 'term' || criteria.some((each) => each.kind === 'chain' && !each.promotedPatient)
  const [facility, type] = byTerm ? [`${r}.facility + 0`, `(${r}.type || '')`] : [`${r}.facility`, `${r}.type`]
  const ofType =
    types.length === 0
      ? []
      : types.length === 1
        ? [`${type} = ${s.parameter(types[0])}`]
        : [`${type} = any(${s.parameter(texts(types))}::text[])`]
  const terms = driver === 'chain' ? `(${r}.terms || '{}'::bigint[])` : `${r}.terms`
  return [`${facility} = $1`, ...ofType, ...conditionsOf(s, r, criteria, terms)].join(' and ')
}
