import type { Reference } from 'fhir/r4.js'
import type { Chart } from './chart.ts'
import type { AllergyAnswer } from './prevention.ts'
import type { ChronicIllness } from './tables/conditions.ts'
import { HOUR, midnight, workingDay, type Minute } from './time.ts'

/** What a story fixes about a life; everything else follows age, sex and chance. */
export interface LifeWish {
  readonly chronic?: readonly string[]
  /** Years since the first lasting illness was found. */
  readonly since?: number
  readonly stays?: readonly string[]
  /** Lies in hospital now; the number picks the bed. */
  readonly inpatient?: number
  /** ICD-10 code of why. */
  readonly inpatientFor?: string
  /** The answer at reception; drawn where it is not fixed. */
  readonly allergies?: AllergyAnswer
  /** Sits in the clinic now. */
  readonly waiting?: boolean
  /** Dies at the end of the last stay. */
  readonly dies?: boolean
}

/** Whether the person lies in a ward at that minute. */
export type Away = (at: Minute) => boolean

/** A lasting illness, since when it is known, and its place on the problem list. */
export interface Problem {
  readonly illness: ChronicIllness
  readonly found: Minute
  readonly problem: Reference
}

/** Whether a row of an illness table can happen to somebody of this age and sex. */
export const fits = (row: { ages: readonly [number, number]; sex?: string }, age: number, sex: string): boolean =>
  age >= row.ages[0] && age <= row.ages[1] && (row.sex === undefined || row.sex === sex)

/** A working morning near `at`. */
export const workingHour = (chart: Chart, at: Minute): Minute =>
  workingDay(midnight(at)) + 7 * HOUR + 20 + chart.random.int(0, 4 * HOUR)
