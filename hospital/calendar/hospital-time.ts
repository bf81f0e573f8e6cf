/**
 * Dates and times as a Vietnamese hospital writes them. FHIR gives `2024`, `2024-03`, `2024-03-15` or an instant with
 * an offset; a person reads `2024`, `03/2024`, `15/03/2024` or `15/03/2024 07:30` in Vietnam's time, wherever the
 * browser stands.
 */

/** Vietnam keeps UTC+7 the whole year (since 13 June 1975), so plain arithmetic is right, and fast for long lists. */
const OFFSET_MS = 7 * 3_600_000

const PARTIAL_DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/

/** `YYYY-MM-DDTHH:mm` of an instant on the hospital's clock; null when it is no instant. */
const onTheClock = (instant: string): string | null => {
  const ms = Date.parse(instant)
  return Number.isNaN(ms) ? null : new Date(ms + OFFSET_MS).toISOString().slice(0, 16)
}

const slashes = (isoDate: string): string => isoDate.split('-').reverse().join('/')

/** The calendar day in Vietnam, `YYYY-MM-DD`; shorter where the source is shorter; '' when unreadable. */
export const hospitalDay = (value: string): string => {
  if (PARTIAL_DATE.test(value)) return value
  return onTheClock(value)?.slice(0, 10) ?? ''
}

/** `15/03/2024`, `03/2024` or `2024`. */
export const dateText = (value: string | undefined): string => (value ? slashes(hospitalDay(value)) : '')

/** `07:30`, or '' where only a day is known. */
export const timeText = (value: string | undefined): string =>
  !value || PARTIAL_DATE.test(value) ? '' : (onTheClock(value)?.slice(11) ?? '')

/** `15/03/2024 07:30`; only what is known is written. */
export const dateTimeText = (value: string | undefined): string =>
  [dateText(value), timeText(value)].filter(Boolean).join(' ')

/** `15/03` within this year, `15/03/2018` before it: a day without its year would read as recent. @param today `YYYY-MM-DD` */
export const shortDateText = (value: string | undefined, today: string): string => {
  const text = dateText(value)
  return text.length === 10 && text.endsWith(today.slice(0, 4)) ? text.slice(0, 5) : text
}

/** `15/03/2024 07:30 – 08:10`, `15/03/2024 07:30 – 20/03/2024 10:00`; an open end is left out. */
export const periodText = (start: string | undefined, end: string | undefined): string => {
  const sameDay = start && end && hospitalDay(start) === hospitalDay(end)
  return [dateTimeText(start), sameDay ? timeText(end) : dateTimeText(end)].filter(Boolean).join(' – ')
}

/** Today's day in the hospital. @param now ms since 1970 */
export const dayOfInstant = (now: number): string => new Date(now + OFFSET_MS).toISOString().slice(0, 10)

/** ms since 1970 of a FHIR date or instant (a day starts at midnight in Vietnam); NaN when unreadable. */
export const instantOf = (value: string): number => {
  const [, year, month = '01', day = '01'] = PARTIAL_DATE.exec(value) ?? []
  return year ? Date.parse(`${year}-${month}-${day}T00:00:00+07:00`) : Date.parse(value)
}

/** Whole days from one day to another, counted as midnights passed. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(hospitalDay(to)) - Date.parse(hospitalDay(from))) / 86_400_000)
