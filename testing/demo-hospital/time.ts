/**
 * Minutes since 1970-01-01T00:00 on the hospital's wall (Asia/Ho_Chi_Minh has had one offset, +07:00, since 1975, so
 * the wall clock needs no calendar library). Whole numbers: plain arithmetic, and no machine clock anywhere.
 */
export type Minute = number

export const HOUR = 60
export const DAY = 24 * HOUR
export const YEAR = 365.25 * DAY

/** Minute at which a day begins. @param date `YYYY-MM-DD` */
export const startOf = (date: string): Minute => Date.parse(`${date}T00:00:00Z`) / 60_000

/** FHIR `date`. */
export const dateOf = (at: Minute): string => new Date(at * 60_000).toISOString().slice(0, 10)

/** FHIR `dateTime` and `instant`, to the minute the hospital works in, with its offset. */
export const dateTimeOf = (at: Minute): string => `${new Date(at * 60_000).toISOString().slice(0, 16)}:00+07:00`

export const yearOf = (at: Minute): number => new Date(at * 60_000).getUTCFullYear()

/** Midnight before `at`. */
export const midnight = (at: Minute): Minute => Math.floor(at / DAY) * DAY

/** 0 Sunday … 6 Saturday. */
export const weekdayOf = (at: Minute): number => (Math.floor(at / DAY) + 4) % 7

/** The same time of day on the next working day, or the same day when it is one. */
export const workingDay = (at: Minute): Minute => at + ([DAY, 0, 0, 0, 0, 0, 2 * DAY][weekdayOf(at)] as number)

/** As papers write it: "08 giờ 30 phút, ngày 05 tháng 11 năm 2026". */
export function spokenTime(at: Minute): string {
  const [date, time] = new Date(at * 60_000).toISOString().split('T') as [string, string]
  const [year, month, day] = date.split('-')
  return `${time.slice(0, 2)} giờ ${time.slice(3, 5)} phút, ngày ${day} tháng ${month} năm ${year}`
}

/** "05/11/2026". */
export const shortDate = (at: Minute): string => dateOf(at).split('-').reverse().join('/')
