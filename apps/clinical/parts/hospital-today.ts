import { dayOfInstant } from '#hospital/calendar'

/** Today in the hospital, `YYYY-MM-DD`. */
export const hospitalToday = (): string => dayOfInstant(Date.now())
