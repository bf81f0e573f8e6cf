import type { Interpretation } from '#hospital/laboratory'

/** One line of a chart. */
export interface TimeSeries {
  readonly label: string
  /** one per time; null where nothing was measured */
  readonly values: readonly (number | null)[]
  /** how each value stands, for the shape and colour of its point */
  readonly interpretations?: readonly (Interpretation | null)[]
  /** reference range, drawn as a band */
  readonly low?: number
  readonly high?: number
  /** name of a colour token, `--accent` when left out */
  readonly colour?: string
}
