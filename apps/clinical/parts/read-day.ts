import { dayOfInstant } from '#hospital/calendar'

const DAY_MS = 86_400_000
const BACK = /^h(?:-(\d{1,4}))?$/i
const APART = /^(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}))?$/
const TOGETHER = /^(\d{2})(\d{2})(\d{4})?$/
const ISO = /^\d{4}-\d{2}-\d{2}$/

const isDay = (day: string): boolean => {
  const ms = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
}

/**
 * A day as people at a desk type it: `15/03/2024`, `1503` (this year), `h` (today), `h-1` (yesterday).
 *
 * @param today `YYYY-MM-DD`
 * @returns `YYYY-MM-DD`; '' where nothing is written; null where it is no day
 */
export function readDay(text: string, today: string): string | null {
  const written = text.trim()
  if (written === '') return ''
  const back = BACK.exec(written)
  if (back) return dayOfInstant(Date.parse(`${today}T00:00:00+07:00`) - Number(back[1] ?? 0) * DAY_MS)
  if (ISO.test(written)) return isDay(written) ? written : null
  const [, day, month, year = today.slice(0, 4)] = APART.exec(written) ?? TOGETHER.exec(written) ?? []
  if (!day || !month) return null
  const read = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(read) ? read : null
}
