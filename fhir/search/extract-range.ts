/** Dates, numbers and quantities as intervals. @source http://hl7.org/fhir/R4/search.html#date, #number, #quantity */
import type { TypedValue } from '#fhir/fhirpath'
import { canonicalQuantity } from '#fhir/units'
import { dateBounds, type Bounds } from './date-bounds.ts'
import { fields, list, text } from './fields.ts'
import { CURRENCY, literalUnit, UCUM, unitOfSystem } from './forms.ts'
import { hash64 } from './hash.ts'
import type { RangeEntry } from './types.ts'

/** An interval of some scale: a RangeEntry before it belongs to a parameter. */
export type Interval = Omit<RangeEntry, 'parameter'>

const NO_UNIT = 0n

/** The outer limits of a date, period or timing; null where it has none. */
export function boundsOf({ type, value }: TypedValue): Bounds | null {
  if (type === 'Period') return periodBounds(fields(value))
  if (type === 'Timing') return timingBounds(fields(value))
  // A string here is a choice such as `occurrenceString`: words about time, not a time.
  return typeof value === 'string' && type !== 'string' ? dateBounds(value) : null
}

function periodBounds({ start, end }: Readonly<Record<string, unknown>>): Bounds | null {
  const first = typeof start === 'string' ? dateBounds(start) : null
  const last = typeof end === 'string' ? dateBounds(end) : null
  if (first === null && last === null) return null
  return { low: first?.low ?? -Infinity, high: last?.high ?? Infinity }
}

function timingBounds({ event, repeat }: Readonly<Record<string, unknown>>): Bounds | null {
  const events = list(event).map((each) => (typeof each === 'string' ? dateBounds(each) : null))
  const period = periodBounds(fields(fields(repeat)['boundsPeriod']))
  return [...events, period].reduce(hull, null)
}

/** The interval that holds both. */
export function hull(a: Bounds | null, b: Bounds | null): Bounds | null {
  if (a === null || b === null) return a ?? b
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) }
}

export function dateIntervals(value: TypedValue): readonly Interval[] {
  const bounds = boundsOf(value)
  return bounds === null ? [] : [{ unit: NO_UNIT, ...bounds }]
}

export function numberIntervals({ value }: TypedValue): readonly Interval[] {
  if (typeof value === 'number') return [{ unit: NO_UNIT, low: value, high: value }]
  const { low, high } = fields(value)
  const from = fields(low)['value']
  const to = fields(high)['value']
  if (typeof from !== 'number' && typeof to !== 'number') return []
  return [
    { unit: NO_UNIT, low: (from as number | undefined) ?? -Infinity, high: (to as number | undefined) ?? Infinity },
  ]
}

const unitHashes = new Map<string, bigint>()

/** The hash of a unit, canonical (`g.m-3`) or literal (`=viên`). */
export function unitHash(unit: string): bigint {
  let hash = unitHashes.get(unit)
  if (hash === undefined) {
    if (unitHashes.size >= 5000) unitHashes.clear()
    hash = hash64(`unit ${unit}`)
    unitHashes.set(unit, hash)
  }
  return hash
}

/** The units a quantity can be asked in, with its value in each: canonical or of its own system, and the word written. */
function* scales({
  system,
  code,
  unit,
  currency,
  value,
}: Readonly<Record<string, unknown>>): Generator<[string, number]> {
  if (typeof value !== 'number') return
  const coded = text(code) ?? text(currency)
  const namespace = currency === undefined ? text(system) : CURRENCY
  const word = text(unit)
  if (coded !== undefined && namespace === UCUM) {
    const canonical = canonicalQuantity(value, coded)
    yield [canonical.unit, canonical.value]
  } else if (coded !== undefined) {
    if (namespace !== undefined) yield [unitOfSystem(namespace, coded), value]
    yield [literalUnit(coded), value]
  }
  if (word !== undefined && word !== coded) yield [literalUnit(word), value]
  if (word === undefined && coded === undefined) yield [literalUnit(''), value]
}

/** `<5` means anything below 5. */
const below = (value: number): Bounds => ({ low: -Infinity, high: value })
const above = (value: number): Bounds => ({ low: value, high: Infinity })
const OPEN: ReadonlyMap<unknown, (value: number) => Bounds> = new Map([
  ['<', below],
  ['<=', below],
  ['>', above],
  ['>=', above],
])

export function quantityIntervals({ type, value }: TypedValue): readonly Interval[] {
  if (type === 'SampledData') return []
  if (type === 'Range') return rangeIntervals(fields(value))
  const quantity = fields(value)
  const open = OPEN.get(quantity['comparator'])
  const raw = quantity['value'] as number
  return [...scales(quantity)].map(([unit, scaled]) => ({
    unit: unitHash(unit),
    ...(open === undefined ? { low: scaled, high: scaled } : open(scaled)),
    raw,
  }))
}

function rangeIntervals({ low, high }: Readonly<Record<string, unknown>>): readonly Interval[] {
  const from = new Map(scales(fields(low)))
  const to = new Map(scales(fields(high)))
  return [...new Set([...from.keys(), ...to.keys()])].map((unit) => ({
    unit: unitHash(unit),
    low: from.get(unit) ?? -Infinity,
    high: to.get(unit) ?? Infinity,
  }))
}
