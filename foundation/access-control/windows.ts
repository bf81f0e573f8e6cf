/** Hours of a week. */
import type { Window } from './policy/policy.ts'

const LOCAL = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)/

/** @param at local time of the hospital, ISO 8601 with offset; what cannot be read as one is never in time */
export function isWithin(window: Window, at: string): boolean {
  const [, year, month, day, time] = LOCAL.exec(at) ?? []
  if (time === undefined) return false
  const weekday = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay() || 7
  return window.weekdays.includes(weekday) && window.from <= time && time < window.to
}
