/** Units of measure. */
export { calendarUnit, canonicalQuantity } from './canonical.ts'
export type { CanonicalQuantity } from './canonical.ts'
