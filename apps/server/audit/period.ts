/** A date parameter as an interval of moments. @source http://hl7.org/fhir/R4/search.html#date */
import type { ActFilter } from '#foundation/audit-log'

const FORM =
  /^(eq|ge|gt|le|lt|sa|eb)?(\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?)$/

/** The hospital's own time for what has no zone: the product runs where the hospital is. */
function boundsOf(text: string): readonly [number, number] | null {
  const [year = '', month, day] = text.split('T')[0]?.split('-') ?? []
  if (text.includes('T')) {
    const from = Date.parse(text)
    const length = /\.\d/.test(text) ? 1 : /T\d\d:\d\d:\d\d/.test(text) ? 1000 : 60_000
    return Number.isNaN(from) ? null : [from, from + length]
  }
  const at = (y: number, m: number, d: number): number => new Date(y, m, d).getTime()
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)]
  if (m > 11 || new Date(y, m, d).getMonth() !== m) return null
  if (day !== undefined) return [at(y, m, d), at(y, m, d + 1)]
  return month === undefined ? [at(y, 0, 1), at(y + 1, 0, 1)] : [at(y, m, 1), at(y, m + 1, 1)]
}

/** @returns null for a text that is no date or has a prefix that is not known */
export function periodOf(value: string): Pick<ActFilter, 'from' | 'to'> | null {
  const [, prefix = 'eq', text = ''] = FORM.exec(value) ?? []
  const bounds = text === '' ? null : boundsOf(text)
  if (bounds === null) return null
  const [from, to] = bounds
  const PERIODS: Readonly<Record<string, Pick<ActFilter, 'from' | 'to'>>> = {
    eq: { from, to },
    ge: { from },
    gt: { from: to },
    sa: { from: to },
    le: { to },
    lt: { to: from },
    eb: { to: from },
  }
  return PERIODS[prefix] ?? null
}
