import type { Observation } from '#fhir/r4'
import { collectedAt, cumulativeTable, type ResultCell, type ResultRow } from './cumulative.ts'
import { isAbnormal, isCritical } from './interpretation.ts'

/** The newest value of one test. */
export interface LatestResult {
  readonly row: ResultRow
  readonly cell: ResultCell
  readonly at: string
  /** the value before, of the same test and unit */
  readonly before?: ResultCell
}

const rank = ({ cell }: LatestResult): number =>
  isCritical(cell.interpretation) ? 0 : isAbnormal(cell.interpretation) ? 1 : 2

/** The newest value of every test or measurement, in the order of the sheet. */
export const latestInOrder = (results: readonly Observation[]): readonly LatestResult[] =>
  cumulativeTable(results)
    .groups.flatMap((group) => group.rows)
    .flatMap((row): LatestResult[] => {
      const [cell, before] = [...row.cells.values()].map((cells) => cells[0])
      return cell ? [{ row, cell, at: collectedAt(cell.observation), before }] : []
    })

/** The newest value of every test: critical first, then abnormal, then the rest, each newest first. */
export const latestResults = (results: readonly Observation[]): readonly LatestResult[] =>
  latestInOrder(results).toSorted((a, b) => rank(a) - rank(b) || Date.parse(b.at) - Date.parse(a.at))
