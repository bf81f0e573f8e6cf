import { dateText, dayOfInstant, timeText } from '#hospital/calendar'

const DAY = 86_400
const YEAR = 366 * DAY

/** Labels of the time axis, as exact as its step: hours within days, days within a year, months over years. */
export function timeMarks(marks: readonly number[]): string[] {
  const step = (marks[1] ?? 0) - (marks[0] ?? 0)
  const span = (marks.at(-1) ?? 0) - (marks[0] ?? 0)
  return marks.map((mark) => {
    const day = dateText(dayOfInstant(mark * 1000))
    if (step >= 300 * DAY) return day.slice(6)
    if (span > YEAR || step >= 27 * DAY) return day.slice(3)
    if (step >= DAY) return day.slice(0, 5)
    const time = timeText(new Date(mark * 1000).toISOString())
    return time === '00:00' ? day.slice(0, 5) : time
  })
}
