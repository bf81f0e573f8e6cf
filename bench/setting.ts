import type { Api } from './api.ts'
import type { Picks } from './picks.ts'

/** Where a workload runs. */
export interface Setting {
  readonly picks: Picks
  readonly api: Api
  /** path of the FHIR endpoint, without a final slash */
  readonly base: string
  readonly connections: number
}
