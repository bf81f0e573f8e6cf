/** Which of two values is more: numbers, dates, times and quantities. */
import { canonicalQuantity, type CanonicalQuantity } from '#fhir/units'
import { isAfter } from './moments.ts'
import { isObject } from './run.ts'

const UCUM = 'http://unitsofmeasure.org'

/** Is `a` certainly more than `b`? False where they cannot be compared. */
export function isMore(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a > b
  if (isTime(a) && isTime(b)) return a > b
  if (!isObject(a) || !isObject(b)) return isAfter(a, b)
  if (a['code'] === b['code'] && a['system'] === b['system'] && (a['code'] !== undefined || a['unit'] === b['unit']))
    return isMore(a['value'], b['value'])
  const [first, second] = [canonicalOf(a), canonicalOf(b)]
  return first !== undefined && first.unit === second?.unit && first.value > second.value
}

const isTime = (value: unknown): value is string => typeof value === 'string' && /^\d\d:\d\d:\d\d/.test(value)

/** Are both quantities of UCUM, and as different as metres and kilograms? */
export function isOtherKind(a: unknown, b: unknown): boolean {
  const [first, second] = [canonicalOf(a), canonicalOf(b)]
  return first !== undefined && second !== undefined && first.unit !== second.unit
}

/** undefined for what is not in a unit of UCUM that can be converted */
function canonicalOf(quantity: unknown): CanonicalQuantity | undefined {
  if (!isObject(quantity)) return undefined
  const { value, code, system } = quantity
  if (system !== UCUM || typeof value !== 'number' || typeof code !== 'string') return undefined
  const canonical = canonicalQuantity(value, code)
  return canonical.unit.startsWith('=') ? undefined : canonical
}
