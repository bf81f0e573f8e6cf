/** Times of the insurance tables and of R4. The tables know the hospital's clock only, which is that of Việt Nam. */

const ZONE = '+07:00'
const ZONE_MINUTES = 7 * 60
const WRITTEN = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2}))?$/
const MOMENT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):00(?:\.0+)?\+07:00$/
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > DAYS[month - 1]!) return false
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
}

/**
 * @param written yyyyMMdd or yyyyMMddHHmm
 * @returns R4 date or dateTime; undefined for what is no existing day or minute
 */
export function momentOf(written: string | undefined): string | undefined {
  const [, year, month, day, hour, minute] = WRITTEN.exec(written ?? '') ?? []
  if (!year || !isDay(Number(year), Number(month), Number(day))) return undefined
  if (hour === undefined) return `${year}-${month}-${day}`
  if (Number(hour) > 23 || Number(minute) > 59) return undefined
  return `${year}-${month}-${day}T${hour}:${minute}:00${ZONE}`
}

/** The day of a written time. @returns undefined for what is no existing day */
export const dayOf = (written: string | undefined): string | undefined => momentOf(written?.slice(0, 8))

/**
 * What a table would write for an R4 date or dateTime; seconds are left out.
 * @returns undefined for a moment without a day
 */
export function writtenOf(moment: string | undefined): string | undefined {
  if (moment === undefined) return undefined
  const [, ...parts] = MOMENT.exec(moment) ?? DAY.exec(moment) ?? []
  if (parts.length > 0) return parts.join('')
  const time = Date.parse(moment)
  if (Number.isNaN(time) || moment.length < 10) return undefined
  return new Date(time + ZONE_MINUTES * 60_000).toISOString().slice(0, 16).replace(/\D/g, '')
}

/**
 * A birth as the tables write it: 00 for the month and the day that nobody knows, 0000 for an unknown time.
 * @returns R4 date at the precision that is known; undefined for what is no date
 */
export function birthDateOf(written: string | undefined): string | undefined {
  const [, year, month, day] = WRITTEN.exec(written ?? '') ?? []
  if (!year || year === '0000') return undefined
  if (month === '00') return year
  if (day === '00') return Number(month) <= 12 ? `${year}-${month}` : undefined
  return isDay(Number(year), Number(month), Number(day)) ? `${year}-${month}-${day}` : undefined
}

/** The minute of a birth, where it is known. @returns R4 dateTime */
export const birthTimeOf = (written: string | undefined): string | undefined =>
  written?.length === 12 && !written.endsWith('0000') ? momentOf(written) : undefined
