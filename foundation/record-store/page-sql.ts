/** The relation `page`: the matches of a request in order, one more than asked for so that the end is known. */
import type { Criterion, SearchRequest } from '#fhir/search'
import { type Statement, hasString, rowConditions, stringCondition, walksCandidates } from './criteria-sql.ts'
import { termsOf } from './facility.ts'
import { type OrderColumn, afterCursor, decodeCursor, orderBy, orderOf, withoutIndexOrder } from './order.ts'

export interface Page {
  /** `page as materialized (…)` with columns self, version, ref_parameter, ref_target, n (from 1), c0, c1 … */
  readonly sql: string
  readonly order: readonly OrderColumn[]
  /** true when one plan fits all values */
  readonly hot: boolean
}

type StringCriterion = Extract<Criterion, { kind: 'string' }>
type PatientCriterion = Extract<Criterion, { kind: 'terms' }>

const isString = (criterion: Criterion): criterion is StringCriterion => criterion.kind === 'string'

const isPrefixSearch = (criterion: Criterion): criterion is StringCriterion =>
  criterion.kind === 'string' && criterion.anyOf.length === 1 && criterion.anyOf[0]?.match === 'prefix'

const namesPatient = (criterion: Criterion): criterion is PatientCriterion & { patientIs: bigint } =>
  criterion.kind === 'terms' && criterion.patientIs !== undefined && !criterion.negated

function select(
  s: Statement,
  source: string,
  where: string,
  order: readonly OrderColumn[],
  request: SearchRequest,
): string {
  const values =
    request.cursor === null
      ? null
      : decodeCursor(
          request.cursor,
          order.map(({ cast }) => cast),
        )
  if (request.cursor !== null && values === null) throw new Error('the cursor was not checked')
  const after = values === null ? '' : ` and ${afterCursor(s, order, values)}`
  const columns = order.map(({ sql }, i) => `${sql} as c${i}`).join(', ')
  const by = orderBy(order)
  return `page as materialized (
    select r.self, r.version, r.ref_parameter, r.ref_target, ${columns}, row_number() over (order by ${by}) as n
    from ${source} where ${where}${after} order by ${by} limit ${request.count + 1})`
}

/**
 * A search by the beginning of a name, unsorted: walks the index of strings in its own order, so that a common name
 * costs no more than a rare one. A resource with several matching values is met at the first of them only.
 */
function walkStrings(s: Statement, request: SearchRequest, driver: StringCriterion): Page {
  const rest = request.criteria.filter((criterion) => criterion !== driver)
  const strings = rest.filter(isPrefixSearch).map((criterion) => hasString(s, 'r', criterion))
  const others = rest.filter((criterion) => !isPrefixSearch(criterion))
  const test = driver.anyOf[0] as StringCriterion['anyOf'][number]
  const where = [
    `s.facility = $1 and s.parameter = ${s.parameter(driver.parameter)}::integer`,
    stringCondition(s, 's.folded', test),
    `not ${hasString(s, 's', driver, 's.folded')}`,
    rowConditions(s, 'r', request.types, others),
    ...strings,
  ].join(' and ')
  const order: readonly OrderColumn[] = [
    { sql: 's.folded', cast: 'text', descending: false },
    { sql: 's.self', cast: 'bigint', descending: false },
  ]
  // `offset 0`: the conditions on the resource are asked of the rows that the walk meets, and drive nothing themselves.
  const source = `string_value s cross join lateral (
    select * from resource x where x.facility = s.facility and x.self = s.self offset 0) r`
  return { sql: select(s, source, where, order, request), order, hot: others.every(isSingle) }
}

/** The longest beginning is met by the fewest. */
const longestPrefix = (criteria: readonly Criterion[]): StringCriterion | undefined =>
  criteria
    .filter(isPrefixSearch)
    .toSorted((a, b) => (b.anyOf[0]?.folded.length ?? 0) - (a.anyOf[0]?.folded.length ?? 0))[0]

const isSingle = ({ kind }: Criterion): boolean => kind === 'terms' || kind === 'date' || kind === 'missing'

/** Up to this many rows are fetched and sorted rather than met in the order of an index. */
const FEW_ROWS = 500

/** True where the criterion alone names few rows, so that fetching them all and sorting is the best plan. */
function namesFew(s: Statement, criterion: Criterion): boolean {
  switch (criterion.kind) {
    case 'terms': {
      if (criterion.negated) return false
      if (criterion.selective) return true
      const rows = termsOf(s.facility, criterion.anyOf).map((term) => s.statistics.rowsWith(term) ?? Infinity)
      return rows.reduce((sum, each) => sum + each, 0) <= FEW_ROWS
    }
    case 'self':
      return !criterion.negated
    case 'has':
      return !walksCandidates(s, criterion)
    default:
      return criterion.kind === 'chain' || criterion.kind === 'none'
  }
}

/** The patient's rows of one type in the order of their date: one range of the (patient, type, date) index. */
function walkPatient(s: Statement, request: SearchRequest, driver: PatientCriterion & { patientIs: bigint }): Page {
  const rest = request.criteria.filter((criterion) => criterion !== driver)
  const order = orderOf(s, 'r', request.sort)
  const patient = `r.patient = ${s.parameter(driver.patientIs.toString())}::bigint`
  const where = `${patient} and ${rowConditions(s, 'r', request.types, rest)}`
  return { sql: select(s, 'resource r', where, order, request), order, hot: true }
}

function fetchAndSort(s: Statement, request: SearchRequest): Page {
  const selective = request.criteria.some((criterion) => namesFew(s, criterion))
  const plain = orderOf(s, 'r', request.sort)
  const order = selective ? withoutIndexOrder(plain) : plain
  // Of the few rows that a term names each is asked for its own strings: a common name alone is on tens of thousands.
  const asked = request.criteria.some(namesRows) ? request.criteria.filter(isString) : []
  const others = request.criteria.filter((criterion) => !asked.some((each) => each === criterion))
  const strings = asked.map((criterion) => hasString(s, 'r', criterion))
  const where = [rowConditions(s, 'r', request.types, others), ...strings].join(' and ')
  return { sql: select(s, 'resource r', where, order, request), order, hot: selective || request.criteria.every(isHas) }
}

const isHas = ({ kind }: Criterion): boolean => kind === 'has'

const isSelective = (criterion: Criterion): boolean =>
  namesRows(criterion) || ['chain', 'has', 'none'].includes(criterion.kind)

/** True where the request itself says which few rows they are. */
const namesRows = (criterion: Criterion): boolean =>
  (criterion.kind === 'terms' && criterion.selective === true && !criterion.negated) ||
  (criterion.kind === 'self' && !criterion.negated)

/** After how many matches a page is full: 0 where few rows are looked at anyway, Infinity where all are to be sorted. */
export function rowsWanted({ criteria, sort, count }: SearchRequest): number {
  if (criteria.some(namesRows)) return 0
  const inIndexOrder = sort.length === 0 || (sort.length === 1 && ['date', 'updated'].includes(sort[0]?.by ?? ''))
  return inIndexOrder ? count + 1 : Infinity
}

const isByDate = ({ sort }: SearchRequest): boolean => sort.length === 1 && sort[0]?.by === 'date'

/** Chooses among the three ways to find a page. */
export function pageOf(s: Statement, request: SearchRequest): Page {
  const patient = request.criteria.find(namesPatient)
  const otherSelective = request.criteria.some((criterion) => criterion !== patient && namesFew(s, criterion))
  if (patient && request.types.length === 1 && isByDate(request) && !otherSelective) {
    return walkPatient(s, request, patient)
  }
  const prefix = longestPrefix(request.criteria)
  // Decided without statistics: the order of the pages must not change while somebody turns them.
  const others = request.criteria.some(isSelective)
  if (prefix && request.sort.length === 0 && !others) return walkStrings(s, request, prefix)
  return fetchAndSort(s, request)
}
