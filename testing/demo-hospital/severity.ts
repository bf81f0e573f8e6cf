import { DAY, YEAR, type Minute } from './time.ts'

/**
 * A lasting illness that is found at `found`: it has been growing for two years, treatment holds it at `residual`
 * within months, and it sways with the seasons and with how well the medicines are taken.
 */
export function held(found: Minute, residual: number, phase: number): (at: Minute) => number {
  return (at) => {
    if (at < found) return Math.max(0, 1 - (found - at) / (2 * YEAR))
    const settled = residual + (1 - residual) * Math.exp((found - at) / (120 * DAY))
    return (
      settled * (1 + 0.14 * Math.sin((at / YEAR) * 6.283 + phase) + 0.08 * Math.sin((at / YEAR) * 15.1 + 2 * phase))
    )
  }
}

/** A lasting illness that grows in spite of treatment: from `start` when found towards its full strength in ten years. */
export function growing(found: Minute, start: number): (at: Minute) => number {
  return (at) => Math.min(1.15, Math.max(0, start + ((at - found) / (10 * YEAR)) * (1 - start)))
}

/** An illness that breaks out in the day before `seen` and fades: half gone after `days`. */
export function passing(seen: Minute, days: number): (at: Minute) => number {
  return (at) => {
    if (at < seen) return Math.max(0, 1 - (seen - at) / (2 * DAY))
    return 2 ** ((seen - at) / (days * DAY))
  }
}

/** A course told by its turning points: pairs of day and strength, joined by straight lines, nothing outside them. */
export function told(
  start: Minute,
  points: readonly (readonly [day: number, strength: number])[],
): (at: Minute) => number {
  return (at) => {
    const day = (at - start) / DAY
    const next = points.findIndex((point) => point[0] > day)
    if (next <= 0) return 0
    const [fromDay, from] = points[next - 1] as readonly [number, number]
    const [toDay, to] = points[next] as readonly [number, number]
    return from + ((day - fromDay) / (toDay - fromDay)) * (to - from)
  }
}
