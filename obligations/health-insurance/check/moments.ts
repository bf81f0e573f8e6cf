/** Dates of the tables: yyyyMMdd and yyyyMMddHHmm. They compare as texts. */

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDate(year: number, month: number, day: number): boolean {
  if (year < 1850 || year > 2200 || month < 1 || month > 12 || day < 1) return false
  if (month === 2 && day === 29) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= (DAYS_IN_MONTH[month - 1] as number)
}

const ZERO = 48

/** The number that these digits are; -1 where one of them is none. No text is cut: a million dates are asked. */
function numberAt(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - ZERO
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

const beginsWithDay = (text: string): boolean =>
  isDate(numberAt(text, 0, 4), numberAt(text, 4, 6), numberAt(text, 6, 8))

function endsWithTime(text: string): boolean {
  const hour = numberAt(text, 8, 10)
  const minute = numberAt(text, 10, 12)
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60
}

export const isDay = (text: string): boolean => text.length === 8 && beginsWithDay(text)

export const isMinute = (text: string): boolean => text.length === 12 && beginsWithDay(text) && endsWithTime(text)

/** A birth of which month and day, or the time, may be unknown (0000). @source QĐ 130/QĐ-BYT, bảng 1: NGAY_SINH */
export function isBirth(text: string): boolean {
  if (text.length === 12 && text.endsWith('00000000')) return isDay(`${text.slice(0, 4)}0101`)
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
