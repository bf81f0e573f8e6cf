import type { Bundle, BundleEntry } from 'fhir/r4.js'
import { openChart, type Chart } from './chart.ts'
import { dialysisRecord } from './dialysis-record.ts'
import { entryOf } from './entry.ts'
import { buildHospital, type Hospital } from './hospital.ts'
import { live } from './life.ts'
import { longStayRecord } from './long-stay-record.ts'
import { coverageOf, patientOf } from './patient.ts'
import { inventPerson } from './person.ts'
import { mix } from './random.ts'
import { specialNumbers, storyOf } from './special-patients.ts'
import { DAY, HOUR, midnight, startOf, type Minute } from './time.ts'

/** Patients of the demo hospital when nobody says otherwise. */
export const DEFAULT_PATIENTS = 250
/** The day the demo hospital lives in, at half past ten in the morning. A parameter, so that nothing reads a clock. */
export const DEFAULT_TODAY = '2026-11-20'

export interface DemoHospitalOptions {
  readonly patients: number
  readonly seed?: number
  /** `YYYY-MM-DD` on the hospital's wall. */
  readonly today?: string
  /** Whether patients 1 and 2 have their very long records (about 27,000 resources). Without: only who they are. */
  readonly longRecords?: boolean
}

/**
 * A believable, wholly invented general hospital, bundle by bundle: first the hospital itself, then one transaction
 * per patient. Every entry is a PUT under a stable id, so loading it again adds nothing; patient 17 is the same whether
 * 20 or 20,000 are asked for. Only one patient is held in memory at a time.
 */
export function* demoHospital(options: DemoHospitalOptions): Generator<Bundle> {
  const { patients, seed = 1, today = DEFAULT_TODAY, longRecords = true } = options
  const hospital = buildHospital(seed)
  const now = startOf(today) + 10 * HOUR + 30
  yield transaction(hospital.entries)
  for (let number = 1; number <= patients; number += 1) {
    yield transaction(recordOf(number, { hospital, seed, now, longRecords }))
  }
}

/** Minute of the day at which the demo's deaths are certified. */
const DEATH_HOUR = 4 * HOUR + 37

const transaction = (entry: readonly BundleEntry[]): Bundle => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [...entry],
})

interface World {
  readonly hospital: Hospital
  readonly seed: number
  readonly now: Minute
  readonly longRecords: boolean
}

function recordOf(number: number, { hospital, seed, now, longRecords }: World): BundleEntry[] {
  const story = storyOf(number)
  const person = inventPerson(seed, number, now, story.person)
  const died = story.life?.dies ? midnight(now - (20 + (mix(seed, number) % 200)) * DAY) + DEATH_HOUR : undefined
  const chart = openChart(person, hospital, seed, died ?? now)
  const head = [entryOf(patientOf(person, hospital, died))]
  const coverage = coverageOf(person, now)
  if (coverage) head.push(entryOf(coverage))
  const write = longWriters[number]
  if (write) {
    if (longRecords) write(chart)
  } else if (!story.empty) live(chart, story.life ?? {})
  return [...head, ...chart.entries]
}

const longWriters: Readonly<Record<number, (chart: Chart) => void>> = {
  [specialNumbers.dialysis]: dialysisRecord,
  [specialNumbers.longStay]: longStayRecord,
}
