import type { Extension, Quantity } from '#fhir/r4'
import { decimalsOf } from './number-text.ts'

/** How many decimals a quantity was given with, where the number itself no longer tells: 7.0 is not 7. @source http://hl7.org/fhir/R4/extension-quantity-precision.html */
export const QUANTITY_PRECISION = 'http://hl7.org/fhir/StructureDefinition/quantity-precision'

/** As read, a quantity may say how its number was written. */
type Written = Quantity & { readonly _value?: { readonly extension?: readonly Extension[] } }

/** More was never measured: a computation wrote it. */
const MOST_SAID = 4

/** Digits after the comma of a quantity: those that were written, also when they are zeros. */
export function writtenDecimals(quantity: Written): number {
  const said = quantity._value?.extension?.find(({ url }) => url === QUANTITY_PRECISION)?.valueInteger
  const own = decimalsOf(quantity.value ?? 0)
  return said === undefined ? own : Math.max(own, Math.min(said, MOST_SAID))
}
