import type { Reference } from 'fhir/r4.js'
import type { StayReason } from './tables/stay-reasons.ts'
import type { Minute } from './time.ts'

/** One stay as it was meant to go. */
export interface StayPlan {
  readonly from: Minute
  readonly days: number
  readonly reason: StayReason
  readonly problems: readonly Reference[]
  /** Bed for those who lie there now, so that no two people share one. */
  readonly bed?: number
  /** The stay ends in death. */
  readonly fatal?: boolean
}
