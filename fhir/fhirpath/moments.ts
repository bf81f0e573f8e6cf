/**
 * Dates and times as FHIRPath compares them: part by part, and without an answer where one is less precise.
 *
 * @source http://hl7.org/fhirpath/N1/#datetime-equality
 */

/** Of times that name no zone: Vietnam's, which has no summer time. Search uses the same. */
export const LOCAL_OFFSET_MINUTES = 7 * 60

const DATE_TIME = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/
const TIME = /^T?(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?$/

/** Year, month, day, hour, minute, second as far as given. Times are moved to UTC, where date parts are known. */
export type Moment = readonly number[]

export function momentOf(text: string): Moment | undefined {
  const [, year, month, day, hour, minute, second, zone] = DATE_TIME.exec(text.replace(/T$/, '')) ?? []
  if (year === undefined) return undefined
  const parts = [year, month, day, hour, minute, second].filter((part) => part !== undefined).map(Number)
  if (parts.length <= 3) return parts
  const [y = 0, mo = 1, d = 1, h = 0, mi = 0, s = 0] = parts
  const utc = new Date(Date.UTC(y, mo - 1, d, h, mi - offsetOf(zone)))
  const whole = [
    utc.getUTCFullYear(),
    utc.getUTCMonth() + 1,
    utc.getUTCDate(),
    utc.getUTCHours(),
    utc.getUTCMinutes(),
    s,
  ]
  return whole.slice(0, parts.length)
}

export function timeOf(text: string): Moment | undefined {
  const found = TIME.exec(text)
  return found === null
    ? undefined
    : found
        .slice(1)
        .filter((part) => part !== undefined)
        .map(Number)
}

/** @returns negative, zero, positive; undefined where the common parts are equal and one has more of them */
export function compareMoments(left: Moment, right: Moment): number | undefined {
  const common = Math.min(left.length, right.length)
  for (let i = 0; i < common; i++) {
    const difference = left[i]! - right[i]!
    if (difference !== 0) return difference
  }
  return left.length === right.length ? 0 : undefined
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined) return LOCAL_OFFSET_MINUTES
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))
  return zone.startsWith('-') ? -minutes : minutes
}
