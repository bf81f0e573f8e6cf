const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long ago something was, in the largest unit that is full. */
export interface GlassAge {
  readonly unit: 'now' | 'minutes' | 'hours' | 'days'
  readonly count: number
  /** nobody has looked at it for a day */
  readonly isLate: boolean
}

/** @param since ISO instant @param now ms since 1970 */
export function glassAge(since: string, now: number): GlassAge {
  const passed = Math.max(0, now - Date.parse(since))
  const isLate = passed >= DAY
  if (passed < MINUTE) return { unit: 'now', count: 0, isLate }
  if (passed < HOUR) return { unit: 'minutes', count: Math.floor(passed / MINUTE), isLate }
  if (passed < DAY) return { unit: 'hours', count: Math.floor(passed / HOUR), isLate }
  return { unit: 'days', count: Math.floor(passed / DAY), isLate }
}
