/** A date or dateTime as the span of time it stands for. */
export interface Span {
  /** ms since 1970 UTC, inclusive */
  readonly low: number
  readonly high: number
}

const DAY = 86_400_000
/** A date without a time zone may be any day that is so called somewhere on earth. */
const ZONES_WEST = 12 * 3_600_000
const ZONES_EAST = 14 * 3_600_000
const PARTS = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(T.*)?)?)?$/

/** undefined for what is not a date or dateTime. */
export function spanOf(value: unknown): Span | undefined {
  const parts = typeof value === 'string' ? PARTS.exec(value) : null
  if (parts === null) return undefined
  if (parts[4] !== undefined) {
    const at = Date.parse(parts[0])
    return Number.isNaN(at) ? undefined : { low: at, high: /\.\d/.test(parts[4]) ? at : at + 999 }
  }
  const [year, month, day] = [Number(parts[1]), parts[2], parts[3]]
  const first = Date.UTC(year, month === undefined ? 0 : Number(month) - 1, day === undefined ? 1 : Number(day))
  const last =
    day !== undefined ? first + DAY : month !== undefined ? Date.UTC(year, Number(month), 1) : Date.UTC(year + 1, 0, 1)
  return { low: first - ZONES_EAST, high: last - 1 + ZONES_WEST }
}

/** Is `earlier` certainly after `later`, whatever was meant by their imprecision? Two dates are compared as dates. */
export function isAfter(earlier: unknown, later: unknown): boolean {
  if (typeof earlier !== 'string' || typeof later !== 'string') return false
  if (!earlier.includes('T') && !later.includes('T')) {
    const length = Math.min(earlier.length, later.length)
    return earlier.slice(0, length) > later.slice(0, length)
  }
  const [a, b] = [spanOf(earlier), spanOf(later)]
  return a !== undefined && b !== undefined && a.low > b.high
}
