/** Vietnam has one offset and no summer time. */
const OFFSET_MS = 7 * 3_600_000

/** @returns a moment as the clock of the ward shows it, ISO 8601 with offset */
export const localTime = (ms: number): string => `${new Date(ms + OFFSET_MS).toISOString().slice(0, 19)}+07:00`
