/**
 * Dates and times as FHIRPath compares them: part by part, and without an answer where one is less precise or where
 * only one of them names its zone.
 *
 * @source http://hl7.org/fhirpath/N1/#datetime-equality
 */

const DATE_TIME =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(?:(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?(Z|[+-]\d\d:\d\d)?)?)?)?)?$/
const TIME = /^T?(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?$/

export interface Moment {
  /** year, month, day, hour, minute, second as far as written; of a time of day from the hour on */
  readonly written: readonly number[]
  /** the same in UTC; null where no zone is named */
  readonly utc: readonly number[] | null
}

export function momentOf(text: string): Moment | undefined {
  const found = DATE_TIME.exec(text)
  if (found === null) return undefined
  const written = numbers(found.slice(1, 7))
  const zone = found[7]
  return { written, utc: zone === undefined ? null : shifted(written, offsetMinutes(zone)) }
}

export function timeOf(text: string): Moment | undefined {
  const found = TIME.exec(text)
  return found === null ? undefined : { written: numbers(found.slice(1)), utc: null }
}

/** @returns negative, zero, positive; undefined where there is no answer */
export function compareMoments(left: Moment, right: Moment): number | undefined {
  if (left.utc !== null && right.utc !== null) return compareParts(left.utc, right.utc)
  const bothTimed = left.written.length > 3 && right.written.length > 3
  return bothTimed && left.utc !== right.utc ? undefined : compareParts(left.written, right.written)
}

function compareParts(left: readonly number[], right: readonly number[]): number | undefined {
  const common = Math.min(left.length, right.length)
  for (let i = 0; i < common; i++) {
    const difference = left[i]! - right[i]!
    if (difference !== 0) return difference
  }
  return left.length === right.length ? 0 : undefined
}

const numbers = (parts: readonly (string | undefined)[]) =>
  parts.flatMap((part) => (part === undefined ? [] : Number(part)))

function shifted(written: readonly number[], minutes: number): readonly number[] {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = written
  const utc = new Date(Date.UTC(year, month - 1, day, hour, minute - minutes))
  const parts = [
    utc.getUTCFullYear(),
    utc.getUTCMonth() + 1,
    utc.getUTCDate(),
    utc.getUTCHours(),
    utc.getUTCMinutes(),
    second,
  ]
  return parts.slice(0, written.length)
}

function offsetMinutes(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))
  return zone.startsWith('-') ? -minutes : minutes
}
