/**
 * Quantities in a common unit: what is measured in `mg/dL` and what is measured in `g/L` become comparable numbers.
 * Conversion factors are asked of the UCUM library once per unit and kept.
 *
 * @source https://ucum.org/ucum
 */
import ucum from '@lhncbc/ucum-lhc'

/** A value in base units. Two quantities are comparable exactly when their `unit`s are equal. */
export interface CanonicalQuantity {
  readonly value: number
  /** base units with exponents in a fixed order (`g.m-3`); `=` and the code itself where it cannot be converted */
  readonly unit: string
}

interface Conversion {
  readonly unit: string
  /** linear units: canonical = value × factor */
  readonly factor: number
  /** temperatures, logarithms: asked of the library for each value */
  readonly special: boolean
}

interface BaseUnits {
  readonly status: string
  readonly magnitude?: number
  readonly unitToExp?: Readonly<Record<string, number>>
  readonly fromUnitIsSpecial?: boolean
}

/** Units come from outside: the cache is emptied rather than allowed to grow without end. */
const MOST_UNITS = 5000
const conversions = new Map<string, Conversion>()
const SECONDS: Readonly<Record<string, string>> = {
  year: 'a',
  month: 'mo',
  week: 'wk',
  day: 'd',
  hour: 'h',
  minute: 'min',
  second: 's',
  millisecond: 'ms',
}

/** @param code a UCUM code; anything else is comparable only with itself */
export function canonicalQuantity(value: number, code: string): CanonicalQuantity {
  const { unit, factor, special } = conversionOf(code)
  return { value: special ? specialValue(code, value) : value * factor, unit }
}

/** Body temperatures repeat all day: the last few thousand are kept. */
const specialValues = new Map<string, number>()

function specialValue(code: string, value: number): number {
  const key = `${value} ${code}`
  let known = specialValues.get(key)
  if (known === undefined) {
    if (specialValues.size >= MOST_UNITS) specialValues.clear()
    known = baseUnits(code, value).magnitude ?? value
    specialValues.set(key, known)
  }
  return known
}

/** The UCUM code of a FHIRPath calendar unit (`days` → `d`); other words are returned as they are. */
export const calendarUnit = (word: string): string => SECONDS[word.replace(/s$/, '')] ?? word

function conversionOf(code: string): Conversion {
  let known = conversions.get(code)
  if (known === undefined) {
    if (conversions.size >= MOST_UNITS) conversions.clear()
    known = askedOf(code)
    conversions.set(code, known)
  }
  return known
}

function askedOf(code: string): Conversion {
  if (code === '' || code === '1') return { unit: '', factor: 1, special: false }
  const base = baseUnits(code, 1)
  if (base.status !== 'succeeded' || base.magnitude === undefined || !Number.isFinite(base.magnitude)) {
    return { unit: `=${code}`, factor: 1, special: false }
  }
  const unit = Object.entries(base.unitToExp ?? {})
    .map(([name, exponent]) => `${name}${exponent === 1 ? '' : exponent}`)
    .sort()
    .join('.')
  return { unit, factor: base.magnitude, special: base.fromUnitIsSpecial === true }
}

function baseUnits(code: string, value: number): BaseUnits {
  if (code.length > 100) return { status: 'invalid' }
  try {
    return ucum.UcumLhcUtils.getInstance().convertToBaseUnits(code, value) as BaseUnits
  } catch {
    // The library's parser fails on some malformed codes; for us they are words like any other.
    return { status: 'invalid' }
  }
}
