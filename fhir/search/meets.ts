/**
 * Criteria asked of index entries in memory: what the store's SQL must answer. The tests of both sides compare with it.
 *
 * @source http://hl7.org/fhir/R4/search.html#prefix
 */
import { compartmentConstant } from './parameters.ts'
import type { Criterion, IndexEntries, Prefix, RangeTest } from './types.ts'

/** One resource as far as search sees it. */
export interface Indexed {
  readonly type: string
  /** ms since 1970 */
  readonly updated: number
  readonly entries: IndexEntries
}

/** Resources that chains and reverse chains can reach. */
export type World = readonly Indexed[]

type Interval = { readonly low: number; readonly high: number }

const within = (e: Interval, t: Interval) => e.low >= t.low && e.high <= t.high

const COMPARISONS: Readonly<Record<Prefix, (entry: Interval, test: Interval) => boolean>> = {
  eq: within,
  ne: (e, t) => !within(e, t),
  gt: (e, t) => e.high > t.high,
  lt: (e, t) => e.low < t.low,
  ge: (e, t) => e.high > t.high || within(e, t),
  le: (e, t) => e.low < t.low || within(e, t),
  sa: (e, t) => e.low > t.high,
  eb: (e, t) => e.high < t.low,
  ap: (e, t) => e.low <= t.high && e.high >= t.low,
}

/** Does an interval of the index meet one test? Units are not looked at. */
export const compares = (entry: Interval, test: RangeTest): boolean => COMPARISONS[test.prefix](entry, test)

const any = (tests: readonly RangeTest[], entry: Interval) => tests.some((test) => compares(entry, test))

type Answers = {
  readonly [K in Criterion['kind']]: (c: Extract<Criterion, { kind: K }>, of: Indexed, world: World) => boolean
}

const ANSWERS: Answers = {
  none: () => false,
  self: ({ anyOf, negated }, { entries }) => anyOf.includes(entries.self) !== (negated === true),
  terms: ({ anyOf, negated }, { entries }) => anyOf.some((term) => entries.terms.includes(term)) !== (negated === true),
  missing: ({ bit, missing }, { entries }) => entries.present.includes(bit) !== missing,
  updated: ({ anyOf }, { updated }) => any(anyOf, { low: updated, high: updated }),
  date: ({ anyOf }, { entries: { date } }) => date !== null && any(anyOf, date),
  range: ({ parameter, anyOf }, { entries }) =>
    entries.ranges.some(
      ({ raw, ...entry }) =>
        entry.parameter === parameter &&
        anyOf.some((test) =>
          test.anyUnit === true
            ? compares({ low: raw ?? entry.low, high: raw ?? entry.high }, test)
            : entry.unit === test.unit && compares(entry, test),
        ),
    ),
  string: ({ parameter, anyOf }, { entries }) =>
    entries.strings.some(
      (entry) =>
        entry.parameter === parameter &&
        anyOf.some(({ match, folded }) =>
          match === 'prefix' ? entry.folded.startsWith(folded) : entry.folded.includes(folded),
        ),
    ),
  compartment: ({ patients }, { entries: { patient, terms } }) =>
    patients.some((each) => each === patient || terms.includes(each ^ compartmentConstant)),
  chain: ({ constant, targets }, { entries }, world) =>
    world.some(
      (other) =>
        entries.terms.includes(other.entries.self ^ constant) &&
        targets.some(({ type, criteria }) => type === other.type && meets(other, criteria, world)),
    ),
  has: ({ type, parameter, criteria }, { entries }, world) =>
    world.some(
      (other) =>
        other.type === type &&
        other.entries.references.some((each) => each.parameter === parameter && each.target === entries.self) &&
        meets(other, criteria, world),
    ),
  any: ({ of: alternatives }, resource, world) => alternatives.some((criteria) => meets(resource, criteria, world)),
}

/** Does a resource meet all criteria? */
export const meets = (resource: Indexed, criteria: readonly Criterion[], world: World = []): boolean =>
  criteria.every((criterion) => ANSWERS[criterion.kind](criterion as never, resource, world))
