/**
 * Money and quantities as whole numbers of their smallest part, so that nothing is ever lost to a float. A scale of 2 means
 * hundredths (of a đồng, a percent), of 3 thousandths.
 */

const MINUS = 45
const POINT = 46
const ZERO = 48
const NINE = 57
/** Digits before the point; with six after it still a whole number that a float holds exactly is left to BigInt. */
const MOST_WHOLE = 15
const EXACT_DIGITS = 15

/**
 * What keeps a text from being a number of at most `scale` decimals (zeros beyond them do no harm); null where nothing
 * does. No number is built: a million fields are asked.
 */
export function decimalProblem(text: string, scale: number): 'malformed' | 'negative' | null {
  const isNegative = text.charCodeAt(0) === MINUS
  let point = -1
  for (let at = isNegative ? 1 : 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === POINT && point === -1) point = at
    else if (code < ZERO || code > NINE) return 'malformed'
    else if (point !== -1 && at - point > scale && code !== ZERO) return 'malformed'
  }
  const whole = (point === -1 ? text.length : point) - (isNegative ? 1 : 0)
  if (whole < 1 || whole > MOST_WHOLE || point === text.length - 1) return 'malformed'
  return isNegative ? 'negative' : null
}

/** @returns the number in parts of 10^-scale; null where the text is no number or has more decimals than `scale` */
export function parseDecimal(text: string, scale: number): bigint | null {
  if (decimalProblem(text, scale) === 'malformed') return null
  return text.length + scale > EXACT_DIGITS ? longDecimal(text, scale) : shortDecimal(text, scale)
}

function longDecimal(text: string, scale: number): bigint {
  const point = text.indexOf('.')
  const whole = point === -1 ? text : text.slice(0, point)
  const fraction = point === -1 ? '' : text.slice(point + 1, point + 1 + scale)
  return BigInt(whole + fraction.padEnd(scale, '0'))
}

/** Of few enough digits for a float to hold them as the whole number that they are. */
function shortDecimal(text: string, scale: number): bigint {
  const isNegative = text.charCodeAt(0) === MINUS
  let value = 0
  let decimals = -1
  for (let at = isNegative ? 1 : 0; at < text.length && decimals < scale; at += 1) {
    const code = text.charCodeAt(at)
    if (code !== POINT) value = value * 10 + code - ZERO
    if (decimals !== -1 || code === POINT) decimals += 1
  }
  for (let at = Math.max(decimals, 0); at < scale; at += 1) value *= 10
  return BigInt(isNegative ? -value : value)
}

const TENS: readonly bigint[] = Array.from({ length: 20 }, (_, power) => 10n ** BigInt(power))
const tenTo = (power: number): bigint => TENS[power] ?? 10n ** BigInt(power)

/** Halves are rounded away from zero, as money is. */
export function rescale(value: bigint, from: number, to: number): bigint {
  if (to >= from) return value * tenTo(to - from)
  const step = tenTo(from - to)
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
