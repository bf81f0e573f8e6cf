/** Dates of the tables: yyyyMMdd and yyyyMMddHHmm. They compare as texts. */

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDate(year: number, month: number, day: number): boolean {
  if (year < 1850 || year > 2200 || month < 1 || month > 12 || day < 1) return false
  if (month === 2 && day === 29) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= (DAYS_IN_MONTH[month - 1] as number)
}

export const isDay = (text: string): boolean =>
  /^\d{8}$/.test(text) && isDate(+text.slice(0, 4), +text.slice(4, 6), +text.slice(6, 8))

export const isMinute = (text: string): boolean =>
  /^\d{12}$/.test(text) && isDay(text.slice(0, 8)) && +text.slice(8, 10) < 24 && +text.slice(10, 12) < 60

/** A birth of which month and day, or the time, may be unknown (0000). @source QĐ 130/QĐ-BYT, bảng 1: NGAY_SINH */
export function isBirth(text: string): boolean {
  if (!/^\d{12}$/.test(text)) return false
  if (text.slice(4) === '00000000') return isDay(`${text.slice(0, 4)}0101`)
  return isMinute(text)
}

/** Days since 1970 of the first eight digits. */
export const dayNumber = (text: string): number =>
  Date.UTC(+text.slice(0, 4), +text.slice(4, 6) - 1, +text.slice(6, 8)) / 86_400_000

/** Whole years from one day to another. */
export function yearsBetween(birth: string, day: string): number {
  const years = +day.slice(0, 4) - +birth.slice(0, 4)
  return day.slice(4, 8) < birth.slice(4, 8) ? years - 1 : years
}
