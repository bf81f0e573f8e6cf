/** An interval in ms since 1970 UTC, both ends inclusive; infinite where open. */
export interface Bounds {
  readonly low: number
  readonly high: number
}

/** Of times that name no zone: Vietnam's, which has no summer time. */
const LOCAL_OFFSET_MINUTES = 7 * 60
const MINUTE = 60_000
const DAY = 86_400_000
const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/
/** Days repeat, moments do not: the last few thousand days are kept. */
const kept = new Map<string, Bounds | null>()
const MOST_KEPT = 4096
const LONGEST_KEPT = 10

/**
 * The interval a date, dateTime or instant stands for, by its precision: `2024-05` is the whole of May. Times that name
 * no zone are Vietnam's (+07:00), in resources and in searches alike, wherever the server runs.
 *
 * @returns null where the text is no date, or a day that does not exist
 * @source http://hl7.org/fhir/R4/search.html#date
 */
export function dateBounds(text: string): Bounds | null {
  let bounds = kept.get(text)
  if (bounds === undefined) {
    bounds = read(text)
    if (text.length > LONGEST_KEPT) return bounds
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(text, bounds)
  }
  return bounds
}

function read(text: string): Bounds | null {
  const parts = DATE.exec(text)
  if (parts === null) return null
  const [, year, month, day, hour, minute, second, fraction, zone] = parts
  const y = Number(year)
  if (y === 0) return null
  if (month === undefined) return span(daysSince1970(y, 1, 1), daysSince1970(y + 1, 1, 1))
  const m = Number(month)
  if (m < 1 || m > 12) return null
  const afterMonth = m === 12 ? daysSince1970(y + 1, 1, 1) : daysSince1970(y, m + 1, 1)
  const start = daysSince1970(y, m, 1)
  if (day === undefined) return span(start, afterMonth)
  const date = start + Number(day) - 1
  if (Number(day) < 1 || date >= afterMonth) return null
  if (hour === undefined) return span(date, date + 1)
  return timeOfDay(date, { hour: Number(hour), minute: Number(minute), second, fraction, zone })
}

interface Time {
  readonly hour: number
  readonly minute: number
  readonly second: string | undefined
  readonly fraction: string | undefined
  readonly zone: string | undefined
}

function timeOfDay(date: number, { hour, minute, second, fraction, zone }: Time): Bounds | null {
  const offset = offsetMinutes(zone)
  // A leap second is counted with the second before it.
  const seconds = Math.min(Number(second ?? 0), 59)
  if (hour > 23 || minute > 59 || Number(second ?? 0) > 60 || offset === null) return null
  const low = date * DAY + (hour * 60 + minute - offset) * MINUTE + seconds * 1000
  if (second === undefined) return { low, high: low + MINUTE - 1 }
  if (fraction === undefined) return { low, high: low + 999 }
  const digits = fraction.slice(1, 4)
  const exact = low + Number(digits.padEnd(3, '0'))
  return { low: exact, high: exact + 10 ** (3 - digits.length) - 1 }
}

function offsetMinutes(zone: string | undefined): number | null {
  if (zone === undefined) return LOCAL_OFFSET_MINUTES
  if (zone === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(4, 6))
  if (hours > 14 || minutes > 59) return null
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/** Days in local time, from and up to but without the second. */
function span(from: number, to: number): Bounds {
  const offset = LOCAL_OFFSET_MINUTES * MINUTE
  return { low: from * DAY - offset, high: to * DAY - offset - 1 }
}

/** Of the proleptic Gregorian calendar; `Date.UTC` reads the years 0 to 99 as 1900 to 1999. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}
