import { daysBetween, hospitalDay } from './hospital-time.ts'

/** An age as a clinician says it: days for the newborn, months below six years, years after. */
export interface Age {
  readonly value: number
  readonly unit: 'day' | 'month' | 'year'
  /** the birth date is known only to the year, so the age may be one too many */
  readonly approximate: boolean
}

const DAYS_UNTIL = 60
const MONTHS_UNTIL = 72

/**
 * Age on a day. Below 60 days in days, below 72 months in months (the age to which a child's care and its forms
 * count months), in years after that.
 *
 * @param birthDate FHIR date, may be a year or a month only
 * @param on day or instant: today, or the day of death
 * @returns null when the birth date is unknown or lies after `on`
 */
export function ageOn(birthDate: string | undefined, on: string): Age | null {
  if (!birthDate) return null
  const [year, month, day] = birthDate.split('-').map(Number)
  const [toYear = 0, toMonth = 1, toDay = 1] = hospitalDay(on).split('-').map(Number)
  if (!year) return null
  if (month === undefined) return atLeastZero({ value: toYear - year, unit: 'year', approximate: true })
  const months = (toYear - year) * 12 + (toMonth - month) - (day !== undefined && toDay < day ? 1 : 0)
  const approximate = day === undefined
  if (months >= MONTHS_UNTIL) return { value: Math.floor(months / 12), unit: 'year', approximate }
  const days = approximate ? DAYS_UNTIL : daysBetween(birthDate, on)
  if (days < DAYS_UNTIL) return atLeastZero({ value: days, unit: 'day', approximate })
  return atLeastZero({ value: months, unit: 'month', approximate })
}

const atLeastZero = (age: Age): Age | null => (age.value < 0 ? null : age)
