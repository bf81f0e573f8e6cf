import { accept, type Outcome, refuse } from '#fhir/outcome'
import { httpRefusal } from './refusals.ts'

const MOMENT = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?)?)?$/

/** Milliseconds since 1970 of the first and the last moment that a date or dateTime parameter means. */
export interface Moments {
  readonly low: number
  readonly high: number
}

/** @returns FHIR-HTTP-13 naming the parameter where it is no date, dateTime or instant of FHIR */
export function momentsOf(name: string, asked: string): Outcome<Moments> {
  // in a query a plus sign is a space, and many clients do not escape it
  const text = asked.replace(' ', '+')
  const [, year, month, day] = MOMENT.exec(text) ?? []
  const low = year === undefined ? Number.NaN : Date.parse(text)
  if (Number.isNaN(low) || Number(year) < 1 || !isInMonth(Number(year), Number(month ?? 1), Number(day ?? 1)))
    return refuse([httpRefusal('FHIR-HTTP-13', name)])
  if (text.includes('T')) return accept({ low, high: low })
  const next = Date.UTC(
    day === undefined && month === undefined ? Number(year) + 1 : Number(year),
    month === undefined ? 0 : day === undefined ? Number(month) : Number(month) - 1,
    day === undefined ? 1 : Number(day) + 1,
  )
  return accept({ low, high: next - 1 })
}

/** `Date.parse` reads 31 February as a day of March. */
const isInMonth = (year: number, month: number, day: number): boolean =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
