/** Equality and order of values. @source http://hl7.org/fhirpath/N1/#equality */
import { canonicalQuantity, calendarUnit } from '#fhir/units'
import { compareMoments, momentOf, timeOf, type Moment } from './moments.ts'
import { bare, isObject, Primitive } from './values.ts'

const MOMENTS = new Set(['date', 'dateTime', 'instant', 'System.Date', 'System.DateTime'])
const TIMES = new Set(['time', 'System.Time'])
const QUANTITIES = new Set([
  'Quantity',
  'Age',
  'Duration',
  'Distance',
  'Count',
  'SimpleQuantity',
  'Money',
  'System.Quantity',
])

/** @returns undefined where the standard gives no answer (dates of different precision) */
export function equal(leftType: string, left: unknown, rightType: string, right: unknown): boolean | undefined {
  const a = bare(left)
  const b = bare(right)
  const moments = momentsOf(leftType, a, rightType, b)
  if (moments !== undefined) {
    const order = compareMoments(...moments)
    return order === undefined ? undefined : order === 0
  }
  if (isObject(a) && isObject(b) && QUANTITIES.has(leftType) && QUANTITIES.has(rightType)) return sameQuantity(a, b)
  return deepEqual(a, b)
}

/** Negative, zero or positive; undefined where the values have no order. */
export function order(leftType: string, left: unknown, rightType: string, right: unknown): number | undefined {
  const a = bare(left)
  const b = bare(right)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const moments = momentsOf(leftType, a, rightType, b)
  if (moments !== undefined) return compareMoments(...moments)
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  if (isObject(a) || isObject(b)) return quantityOrder(a, b)
  return undefined
}

/** Equivalence: text without regard to case and space, numbers to the lesser precision, lists in any order. */
export function equivalent(leftType: string, left: unknown, rightType: string, right: unknown): boolean {
  const a = bare(left)
  const b = bare(right)
  const moments = momentsOf(leftType, a, rightType, b)
  if (moments !== undefined) return compareMoments(...moments) === 0
  if (isObject(a) && isObject(b) && quantityOrder(a, b) === 0) return true
  return alike(a, b)
}

function alike(a: unknown, b: unknown): boolean {
  if (typeof a === 'string' && typeof b === 'string') return normal(a) === normal(b)
  if (typeof a === 'number' && typeof b === 'number') {
    const digits = Math.min(decimals(a), decimals(b))
    return a.toFixed(digits) === b.toFixed(digits)
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((each) => b.some((other) => alike(each, other)))
  }
  if (!isObject(a) || !isObject(b)) return a === b
  const keys = Object.keys(a).filter((key) => key !== 'id')
  return (
    keys.length === Object.keys(b).filter((key) => key !== 'id').length && keys.every((key) => alike(a[key], b[key]))
  )
}

const normal = (text: string) => text.toLowerCase().replace(/\s+/g, ' ').trim()
const decimals = (value: number) => Math.min(20, (String(value).split('.')[1] ?? '').length)

export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-12 * Math.abs(a)
  if (!isObject(a) || !isObject(b)) return false
  if (a instanceof Primitive || b instanceof Primitive) return deepEqual(bare(a), bare(b))
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key], b[key]))
}

function momentsOf(left: string, a: unknown, right: string, b: unknown): [Moment, Moment] | undefined {
  if (typeof a !== 'string' || typeof b !== 'string') return undefined
  const read =
    MOMENTS.has(left) || MOMENTS.has(right) ? momentOf : TIMES.has(left) || TIMES.has(right) ? timeOf : undefined
  if (read === undefined) return undefined
  const first = read(a)
  const second = read(b)
  return first === undefined || second === undefined ? undefined : [first, second]
}

/** The same thing twice is equal whatever its unit. */
function sameQuantity(a: Record<string, unknown>, b: Record<string, unknown>): boolean | undefined {
  if (deepEqual(a, b)) return true
  const difference = quantityOrder(a, b)
  return difference === undefined ? undefined : difference === 0
}

function quantityOrder(a: unknown, b: unknown): number | undefined {
  const first = canonicalOf(a)
  const second = canonicalOf(b)
  if (first === undefined || second === undefined || first.unit !== second.unit) return undefined
  const difference = first.value - second.value
  return Math.abs(difference) <= 1e-12 * Math.abs(first.value) ? 0 : difference
}

function canonicalOf(value: unknown) {
  if (typeof value === 'number') return canonicalQuantity(value, '1')
  if (!isObject(value) || typeof value['value'] !== 'number') return undefined
  const unit = value['code'] ?? value['unit'] ?? value['currency'] ?? '1'
  return typeof unit === 'string' ? canonicalQuantity(value['value'], calendarUnit(unit)) : undefined
}
