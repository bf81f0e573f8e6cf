/**
 * Money and quantities as whole numbers of their smallest part, so that nothing is ever lost to a float. A scale of 2 means
 * hundredths (of a đồng, a percent), of 3 thousandths.
 */

const PLAIN = /^(-?)(\d{1,15})(?:\.(\d+))?$/
const ZEROS = '000000000'

/** @returns the number in parts of 10^-scale; null where the text is no number or has more decimals than `scale` */
export function parseDecimal(text: string, scale: number): bigint | null {
  const match = PLAIN.exec(text)
  if (match === null) return null
  const [, sign, whole, fraction = ''] = match
  const spare = fraction.slice(scale)
  if (spare !== '' && !/^0*$/.test(spare)) return null
  const parts = BigInt(`${whole}${(fraction.slice(0, scale) + ZEROS).slice(0, scale)}`)
  return sign === '-' ? -parts : parts
}

/** Halves are rounded away from zero, as money is. */
export function rescale(value: bigint, from: number, to: number): bigint {
  if (to >= from) return value * 10n ** BigInt(to - from)
  const step = 10n ** BigInt(from - to)
  const half = step / 2n
  return value < 0n ? -((-value + half) / step) : (value + half) / step
}

/** @returns the text with exactly `scale` decimals, as the tables want it */
export function formatDecimal(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  const sign = value < 0n ? '-' : ''
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

export const absolute = (value: bigint): bigint => (value < 0n ? -value : value)
export const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b)
