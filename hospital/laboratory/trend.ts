import type { Observation } from '#fhir/r4'
import { instantOf } from '#hospital/calendar'
import { collectedAt } from './cumulative.ts'
import { interpret, isUsable, normalRange, type Interpretation } from './interpretation.ts'
import { resultUnit } from './value-text.ts'

/** One value on the course of a test. */
export interface TrendPoint {
  /** seconds since 1970 */
  readonly at: number
  readonly value: number
  readonly interpretation: Interpretation
  readonly observation: Observation
}

/** The course of one test in one unit. */
export interface Trend {
  /** oldest first */
  readonly points: readonly TrendPoint[]
  readonly unit: string
  /** the reference range of the newest result that has one */
  readonly low?: number
  readonly high?: number
}

/** The numeric course of one test in one unit. Results in another unit would lie on another scale and are left out. */
export function trendOf(results: readonly Observation[], unit: string): Trend {
  const points = results
    .filter((result) => isUsable(result) && resultUnit(result) === unit)
    .flatMap((observation): TrendPoint[] => {
      const value = observation.valueQuantity?.value
      const at = instantOf(collectedAt(observation)) / 1000
      return value === undefined || Number.isNaN(at)
        ? []
        : [{ at, value, interpretation: interpret(observation), observation }]
    })
    .sort((a, b) => a.at - b.at)
  const ranges = points.map((point) => normalRange(point.observation.referenceRange))
  const range = ranges.findLast((one) => one?.low || one?.high)
  return { points, unit, low: range?.low?.value, high: range?.high?.value }
}
