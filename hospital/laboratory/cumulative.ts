import type { Observation } from '#fhir/r4'
import { isCorrected } from './corrections.ts'
import { interpret, isUsable, type Interpretation } from './interpretation.ts'
import { testPlace, type TestGroup } from './test-groups.ts'
import { conceptText, rangeText, resultUnit } from './value-text.ts'
import { writtenDecimals } from './written-decimals.ts'

/** One result in the table, with what stands beside it. */
export interface ResultCell {
  readonly observation: Observation
  readonly interpretation: Interpretation
  /** the laboratory changed it after release */
  readonly corrected: boolean
}

/** One test in one unit across all times. */
export interface ResultRow {
  /** test and unit: the same test in another unit is another row, never one mixed line */
  readonly key: string
  /** `system|code` as a search wants it; null when the result carries no code */
  readonly token: string | null
  readonly name: string
  readonly unit: string
  readonly range: string
  readonly decimals: number
  /** by the time of collection as written; several at the same time, latest issued first */
  readonly cells: ReadonlyMap<string, readonly ResultCell[]>
}

/** A sheet of results: tests down, times across. */
export interface CumulativeTable {
  /** times of collection, newest first */
  readonly times: readonly string[]
  readonly groups: readonly { readonly group: TestGroup; readonly rows: readonly ResultRow[] }[]
}

/** When the specimen was taken, as far as known. */
export const collectedAt = (observation: Observation): string =>
  observation.effectiveDateTime ??
  observation.effectivePeriod?.start ??
  observation.effectiveInstant ??
  observation.issued ??
  ''

const tokenOf = (observation: Observation): string | null => {
  const coding = observation.code.coding?.find((one) => one.code)
  return coding ? `${coding.system ?? ''}|${coding.code}` : null
}

const rowKey = (observation: Observation): string =>
  `${tokenOf(observation) ?? conceptText(observation.code)} ${resultUnit(observation)}`

const codesOf = (observation: Observation) => observation.code.coding?.map((coding) => coding.code) ?? []

const byTimeDescending = (a: string, b: string): number => Date.parse(b) - Date.parse(a)

/** Results as a sheet: tests down in the order of the Ministry's forms, collection times across, newest first. */
export function cumulativeTable(results: readonly Observation[]): CumulativeTable {
  const usable = results.filter((result) => isUsable(result) && collectedAt(result))
  const byRow = Map.groupBy(usable, rowKey)
  const rows = [...byRow].map(([key, own]) => ({ place: testPlace(own.flatMap(codesOf)), row: toRow(key, own) }))
  rows.sort((a, b) => a.place[1] - b.place[1] || a.row.name.localeCompare(b.row.name, 'vi'))
  const groups = Map.groupBy(rows, ({ place }) => place[0])
  return {
    times: [...new Set(usable.map(collectedAt))].sort(byTimeDescending),
    groups: [...groups].map(([group, members]) => ({ group, rows: members.map(({ row }) => row) })),
  }
}

function toRow(key: string, results: readonly Observation[]): ResultRow {
  const newestFirst = results.toSorted((a, b) => byTimeDescending(collectedAt(a), collectedAt(b)))
  const newest = newestFirst[0]!
  return {
    key,
    token: tokenOf(newest),
    name: conceptText(newest.code),
    unit: resultUnit(newest),
    range: rangeText(newest.referenceRange),
    decimals: Math.max(0, ...results.map((result) => writtenDecimals(result.valueQuantity ?? {}))),
    cells: new Map([...Map.groupBy(newestFirst, collectedAt)].map(([time, own]) => [time, toCells(own)])),
  }
}

const toCells = (results: readonly Observation[]): readonly ResultCell[] =>
  results
    .toSorted((a, b) => (b.issued ?? '').localeCompare(a.issued ?? ''))
    .map((observation) => ({
      observation,
      interpretation: interpret(observation),
      corrected: isCorrected(observation),
    }))
