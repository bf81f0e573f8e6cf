/** Days of the hospital as moments, for questions to the log. */

const DAY_MS = 86_400_000
const beginMs = (day: string): number => Date.parse(`${day}T00:00:00+07:00`)

/** @param day `YYYY-MM-DD` @returns the moment it begins in Vietnam, ISO 8601 */
export const dayBegin = (day: string): string => new Date(beginMs(day)).toISOString()

/** @param day `YYYY-MM-DD` @returns the moment the next one begins: `to` is not included */
export const dayEnd = (day: string): string => new Date(beginMs(day) + DAY_MS).toISOString()
