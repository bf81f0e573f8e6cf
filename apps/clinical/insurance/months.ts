import { hospitalToday } from '../parts/hospital-today.ts'

const MONTHS_BACK = 24

/** This month in the hospital, yyyy-MM. */
export const monthNow = (): string => hospitalToday().slice(0, 7)

/** `2026-07` → `07/2026` */
export const monthText = (month: string): string => month.split('-').toReversed().join('/')

/** The months of the last two years, this one first, as choices of a field. */
export function monthChoices(): readonly { readonly value: string; readonly label: string }[] {
  const [year = 0, month = 0] = monthNow().split('-').map(Number)
  return Array.from({ length: MONTHS_BACK }, (_, back) => {
    const at = year * 12 + month - 1 - back
    const value = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
    return { value, label: monthText(value) }
  })
}
