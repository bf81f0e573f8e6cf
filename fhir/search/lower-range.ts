/** Dates, numbers and quantities with their prefixes. @source http://hl7.org/fhir/R4/search.html#prefix */
import { accept, type Outcome, type Refusal } from '#fhir/outcome'
import { canonicalQuantity } from '#fhir/units'
import { either, readEach, type Asked, type Question } from './asked.ts'
import { dateBounds } from './date-bounds.ts'
import { splitAt, unescaped } from './escapes.ts'
import { unitHash } from './extract-range.ts'
import { literalUnit, UCUM, unitOfSystem } from './forms.ts'
import { parameterNumber } from './parameters.ts'
import { promotedDate } from './promoted-dates.ts'
import { badDate, badNumber, badQuantity, emptyValue } from './refusals.ts'
import type { Criterion, Prefix, RangeTest } from './types.ts'

const PREFIXED = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)$/s

function prefixed(value: string): readonly [Prefix, string] {
  const [, prefix, rest] = PREFIXED.exec(value)!
  return [(prefix as Prefix | undefined) ?? 'eq', rest!]
}

/** A tenth of the time between then and now, as the standard suggests for `ap`. */
const APPROXIMATELY = 0.1

export function dateTest(value: string, at: string, now = Date.now()): RangeTest | Refusal {
  const [prefix, text] = prefixed(unescaped(value))
  if (text === '') return emptyValue(at)
  // The plus sign of a zone becomes a space where a client does not encode it.
  const bounds = dateBounds(text.replace(/ (?=\d\d:\d\d$)/, '+'))
  if (bounds === null) return badDate(at)
  const slack = prefix === 'ap' ? Math.round(Math.abs(now - bounds.low) * APPROXIMATELY) : 0
  return { prefix, low: bounds.low - slack, high: bounds.high + slack, unit: 0n }
}

const NUMBER = /^[+-]?\d{1,30}(?:\.(\d{1,30}))?(?:[eE]([+-]?\d{1,3}))?$/

interface Written {
  readonly value: number
  /** half of the last digit written: 5.40 stands for all from 5.395 up to 5.405 */
  readonly half: number
}

export function writtenNumber(text: string): Written | null {
  const found = NUMBER.exec(text)
  const value = Number(text)
  if (found === null || !Number.isFinite(value)) return null
  const [, decimals = '', exponent] = found
  // R4 counts the digits of 1e2 as those of 100 to within 5: one more than its single digit has.
  const last = exponent === undefined ? -decimals.length : Number(exponent) - decimals.length - 1
  return { value, half: 0.5 * 10 ** last }
}

/** Of two equal quantities in different units one may come out a few last bits larger. */
const ROUNDING = 2 ** -46
const bitsOf = (value: number) => Math.abs(value) * ROUNDING

/** The interval a written number stands for under a prefix, before it is converted. */
function interval(prefix: Prefix, { value, half }: Written): readonly [number, number] {
  if (prefix === 'ap')
    return [
      value - Math.max(Math.abs(value) * APPROXIMATELY, half),
      value + Math.max(Math.abs(value) * APPROXIMATELY, half),
    ]
  if (prefix !== 'eq' && prefix !== 'ne') return [value, value]
  return [value - half, value + half]
}

/** The upper end of a written number does not belong to it; that of an exact one does. */
function testOf(prefix: Prefix, low: number, high: number, unit: bigint): RangeTest {
  const exact = low === high
  return {
    prefix,
    low: exact ? low - bitsOf(low) : low - bitsOf(low) / 16,
    high: exact ? high + bitsOf(high) : high - bitsOf(high),
    unit,
  }
}

export function numberTest(value: string, at: string): RangeTest | Refusal {
  const [prefix, text] = prefixed(unescaped(value))
  if (text === '') return emptyValue(at)
  const written = writtenNumber(text)
  return written === null ? badNumber(at) : testOf(prefix, ...interval(prefix, written), 0n)
}

/** One value may be meant in several units: `5||mg` is the UCUM code as well as the word. */
export function quantityTests(value: string, at: string): readonly RangeTest[] | Refusal {
  const [first = '', system, code, ...more] = splitAt(value, '|').map(unescaped)
  const [prefix, text] = prefixed(first)
  if (text === '') return emptyValue(at)
  const written = writtenNumber(text)
  if (written === null || more.length > 0 || (system !== undefined && code === undefined)) return badQuantity(at)
  const [low, high] = interval(prefix, written)
  if (!code) return [{ ...testOf(prefix, low, high, 0n), anyUnit: true }]
  const literal = (unit: string) => testOf(prefix, low, high, unitHash(unit))
  if (system === UCUM) return [canonicalTest(prefix, low, high, code)]
  return system
    ? [literal(unitOfSystem(system, code))]
    : [canonicalTest(prefix, low, high, code), literal(literalUnit(code))]
}

function canonicalTest(prefix: Prefix, low: number, high: number, code: string): RangeTest {
  const from = canonicalQuantity(low, code)
  const to = canonicalQuantity(high, code)
  // Some scales run the other way (pH counts fewer ions upwards).
  return testOf(prefix, Math.min(from.value, to.value), Math.max(from.value, to.value), unitHash(from.unit))
}

type Lowering = (question: Question) => Outcome<Asked>

const ranges =
  (read: (value: string, question: Question) => readonly RangeTest[] | Refusal): Lowering =>
  (question) => {
    const tests = readEach(question.values, (value) => read(value, question))
    if (!tests.ok) return tests
    const anyOf = tests.value.flat()
    const { owner, kept } = question.parameter
    return accept({ criteria: either(kept.map(({ code }) => [rangeCriterion(owner, code, anyOf)])) })
  }

const rangeCriterion = (owner: string, code: string, anyOf: readonly RangeTest[]): Criterion =>
  promotedDate(owner) === code
    ? { kind: 'date', anyOf }
    : { kind: 'range', parameter: parameterNumber(owner, code), anyOf }

const wrapped = (test: RangeTest | Refusal): readonly RangeTest[] | Refusal => ('rule' in test ? test : [test])

export const dateModifiers: Readonly<Record<string, Lowering>> = {
  '': ranges((value, { at, context }) => wrapped(dateTest(value, at, context.now))),
}
export const numberModifiers: Readonly<Record<string, Lowering>> = {
  '': ranges((value, { at }) => wrapped(numberTest(value, at))),
}
export const quantityModifiers: Readonly<Record<string, Lowering>> = {
  '': ranges((value, { at }) => quantityTests(value, at)),
}
