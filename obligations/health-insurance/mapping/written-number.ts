import type { Extension } from '#fhir/r4'
import { QUANTITY_PRECISION } from '#hospital/laboratory'

/** A number of R4 that says with how many decimals it was written. */
export interface WrittenNumber {
  value: number
  _value?: { extension: Extension[] }
}

const DECIMAL = /^-?\d+(?:\.(\d+))?$/

/** Digits that a JSON number keeps, whoever reads it. */
const DIGITS = 15

/**
 * A number with its zeros: for results, where 7.0 says more than 7. Quantities and amounts of a bill do without.
 * @param text decimal, "." before the decimals
 * @returns undefined for what is no decimal or has too many digits
 */
export function writtenNumberOf(text: string | undefined): WrittenNumber | undefined {
  const [, decimals] = DECIMAL.exec(text ?? '') ?? [undefined, undefined]
  if (text === undefined || !DECIMAL.test(text) || text.replace(/\D/g, '').length > DIGITS) return undefined
  const value = Number(text)
  if (decimals === undefined || String(value) === text) return { value }
  return { value, _value: { extension: [{ url: QUANTITY_PRECISION, valueInteger: decimals.length }] } }
}

/** The same number without its zeros. */
export function numberOf(text: string | undefined): { value: number } | undefined {
  const written = writtenNumberOf(text)
  return written && { value: written.value }
}

/** The text that {@link writtenNumberOf} was given, where it was written without needless zeros in front. */
export function textOf(number: { readonly value?: number } | undefined): string | undefined {
  const { value, _value } = (number ?? {}) as Partial<WrittenNumber>
  if (value === undefined) return undefined
  const decimals = _value?.extension?.find(({ url }) => url === QUANTITY_PRECISION)?.valueInteger
  return decimals === undefined ? String(value) : value.toFixed(Math.min(decimals, DIGITS))
}
