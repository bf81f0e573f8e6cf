import type { CodeableConcept, Observation, Reference } from 'fhir/r4.js'
import { codeSystems } from '#fhir/naming'
import { referenceFor, settle } from './body.ts'
import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { measureOf, type Interval, type Measure } from './tables/measures.ts'
import { dateTimeOf, type Minute } from './time.ts'

const category = (code: string, display: string): CodeableConcept[] => [
  { coding: [{ system: codeSystems.observationCategory, code, display }] },
]
const categories = {
  'vital-signs': category('vital-signs', 'Vital Signs'),
  laboratory: category('laboratory', 'Laboratory'),
  imaging: category('imaging', 'Imaging'),
}
export type ObservationCategory = keyof typeof categories

export const categoryOf = (kind: ObservationCategory): CodeableConcept[] => categories[kind]

const codes = new Map<string, CodeableConcept>()

/** LOINC code with the Vietnamese name as its text. */
export function codeOf(measure: Measure): CodeableConcept {
  let code = codes.get(measure.key)
  if (!code) {
    code = { coding: [{ system: codeSystems.loinc, code: measure.loinc }], text: measure.name }
    codes.set(measure.key, code)
  }
  return code
}

export const quantity = (measure: Measure, value: number) => ({
  value,
  ...(measure.unit && { unit: measure.unit }),
  system: codeSystems.ucum,
  code: measure.ucum,
})

const interpretations = {
  N: 'Bình thường',
  H: 'Cao',
  L: 'Thấp',
  HH: 'Cao nguy hiểm',
  LL: 'Thấp nguy hiểm',
} as const

/** Values at which the laboratory telephones the ward. */
const critical: Readonly<Record<string, Interval>> = {
  potassium: { low: 2.8, high: 6.2 },
  sodium: { low: 120, high: 160 },
  glucose: { low: 2.5, high: 25 },
  platelets: { low: 20, high: 1000 },
  hemoglobin: { low: 60, high: 210 },
  wbc: { low: 1, high: 50 },
  ph: { low: 7.2, high: 7.6 },
  lactate: { low: 0, high: 4 },
  inr: { low: 0, high: 5 },
}

/** Flag of a value against its reference interval. */
export function flagOf(key: string, value: number, interval: Interval): keyof typeof interpretations {
  const alarm = critical[key]
  if (alarm && value > alarm.high) return 'HH'
  if (alarm && value < alarm.low) return 'LL'
  return value > interval.high ? 'H' : value < interval.low ? 'L' : 'N'
}

const flags = Object.fromEntries(
  Object.entries(interpretations).map(([code, text]) => [
    code,
    [{ coding: [{ system: codeSystems.interpretation, code }], text }],
  ]),
) as Record<keyof typeof interpretations, CodeableConcept[]>

function judged(
  chart: Chart,
  measure: Measure,
  value: number,
  at: Minute,
): Pick<Observation, 'interpretation' | 'referenceRange'> {
  const interval = referenceFor(measure, chart.person, at)
  if (!interval) return {}
  const { low, high } = interval
  const range = { low: quantity(measure, low), high: quantity(measure, high), text: `${low} – ${high}` }
  return { interpretation: flags[flagOf(measure.key, value, interval)], referenceRange: [range] }
}

/** What to measure, when and by whom; `value` where it is known, else the body is read. */
export interface Reading {
  readonly key: string
  readonly at: Minute
  readonly kind: ObservationCategory
  readonly performer: Reference
  readonly value?: number
  readonly basedOn?: Reference
  /** When the result was released, if later than `at`. */
  readonly issued?: Minute
}

/** Writes one Observation and returns its reference with the value. */
export function observe(chart: Chart, care: Care, reading: Reading): { reference: Reference; value: number } {
  const { key, at, kind, performer, basedOn, issued } = reading
  const measure = measureOf(key)
  const value = settle(measure, reading.value ?? chart.body.read(key, at))
  const result: Partial<Observation> = measure.words
    ? wordResult(measure.words, value)
    : { valueQuantity: quantity(measure, value), ...judged(chart, measure, value, at) }
  const reference = chart.file({
    resourceType: 'Observation',
    ...(basedOn && { basedOn: [basedOn] }),
    status: 'final',
    category: categories[kind],
    code: codeOf(measure),
    subject: chart.patient,
    encounter: care.encounter,
    effectiveDateTime: dateTimeOf(at),
    ...(issued !== undefined && { issued: dateTimeOf(issued) }),
    performer: [performer],
    ...result,
  })
  return { reference, value }
}

function wordResult(words: readonly string[], strength: number): Partial<Observation> {
  const index = Math.min(words.length - 1, Math.max(0, Math.round(strength)))
  return {
    valueString: words[index],
    interpretation: [
      {
        coding: [{ system: codeSystems.interpretation, code: index > 0 ? 'A' : 'N' }],
        text: index > 0 ? 'Bất thường' : 'Bình thường',
      },
    ],
    referenceRange: [{ text: words[0] }],
  }
}
