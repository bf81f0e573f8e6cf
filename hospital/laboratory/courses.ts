import type { Observation, ObservationReferenceRange, Quantity } from '#fhir/r4'
import { instantOf } from '#hospital/calendar'
import type { CumulativeTable, ResultRow } from './cumulative.ts'
import { interpret, normalRange, type Interpretation } from './interpretation.ts'
import { conceptText } from './value-text.ts'

/** One line of a chart over the common times; null where nothing was measured. */
export interface CourseLine {
  readonly label: string
  readonly values: readonly (number | null)[]
  readonly interpretations: readonly (Interpretation | null)[]
  readonly low?: number
  readonly high?: number
}

/** One measurement: one line, or two for both blood pressures. */
export interface Course {
  readonly row: ResultRow
  readonly lines: readonly CourseLine[]
}

/** Measurements as lines over common times. */
export interface Courses {
  /** seconds since 1970, rising; the same for every line */
  readonly times: readonly number[]
  readonly courses: readonly Course[]
}

interface Measured {
  readonly valueQuantity?: Quantity
  readonly referenceRange?: readonly ObservationReferenceRange[]
}

/** Numeric rows of a sheet as lines over the sheet's times. Rows measured once, or never as a number, have no course. */
export function coursesOf(table: CumulativeTable): Courses {
  const times = table.times.toReversed()
  const courses = table.groups
    .flatMap((group) => group.rows)
    .map((row): Course => ({ row, lines: partsOf(row).map((part) => lineOf(row, part, times)) }))
    .filter(({ lines }) => lines.some((line) => line.values.filter((value) => value !== null).length > 1))
  return { times: times.map((time) => instantOf(time) / 1000), courses }
}

const newest = (row: ResultRow): Observation | undefined => row.cells.values().next().value?.[0]?.observation

/** Names of the parts of a panel; one nameless part where the result itself is the number. */
function partsOf(row: ResultRow): readonly string[] {
  const observation = newest(row)
  const names = observation?.valueQuantity ? [] : (observation?.component ?? []).map((part) => conceptText(part.code))
  return names.length > 0 ? names : ['']
}

const partOf = (observation: Observation | undefined, name: string): Measured | undefined =>
  name ? observation?.component?.find((part) => conceptText(part.code) === name) : observation

function lineOf(row: ResultRow, name: string, times: readonly string[]): CourseLine {
  const parts = times.map((time) => partOf(row.cells.get(time)?.[0]?.observation, name))
  const range = normalRange(partOf(newest(row), name)?.referenceRange)
  return {
    label: name || row.name,
    values: parts.map((part) => part?.valueQuantity?.value ?? null),
    interpretations: parts.map((part) => (part ? interpret(part) : null)),
    low: range?.low?.value,
    high: range?.high?.value,
  }
}
