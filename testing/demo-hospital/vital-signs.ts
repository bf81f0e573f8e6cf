import { codeSystems } from '#fhir/naming'
import { settle } from './body.ts'
import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { categoryOf, codeOf, observe, quantity } from './observe.ts'
import { measureOf } from './tables/measures.ts'
import { dateTimeOf, type Minute } from './time.ts'

const pressureCode = {
  coding: [{ system: codeSystems.loinc, code: '85354-9', display: 'Blood pressure panel with all children optional' }],
  text: 'Huyết áp',
}

/** Writes a blood pressure: one Observation, two components. @returns systolic and diastolic in mmHg */
export function takePressure(chart: Chart, care: Care, at: Minute): readonly [number, number] {
  const [upper, lower] = [measureOf('systolic'), measureOf('diastolic')]
  const systolic = chart.body.read('systolic', at)
  const diastolic = settle(lower, Math.min(chart.body.read('diastolic', at), systolic - 20))
  chart.file({
    resourceType: 'Observation',
    status: 'final',
    category: categoryOf('vital-signs'),
    code: pressureCode,
    subject: chart.patient,
    encounter: care.encounter,
    effectiveDateTime: dateTimeOf(at),
    performer: [care.nurse.reference],
    component: [
      { code: codeOf(upper), valueQuantity: quantity(upper, systolic) },
      { code: codeOf(lower), valueQuantity: quantity(lower, diastolic) },
    ],
  })
  return [systolic, diastolic]
}

/** Writes the named vital signs, blood pressure where `pressure` is wanted. @returns what was read, by key */
export function takeVitalSigns(
  chart: Chart,
  care: Care,
  at: Minute,
  keys: readonly string[],
): Readonly<Record<string, number>> {
  const read: Record<string, number> = {}
  for (const key of keys) {
    if (key === 'pressure') {
      ;[read.systolic, read.diastolic] = takePressure(chart, care, at)
      continue
    }
    const { value } = observe(chart, care, { key, at, kind: 'vital-signs', performer: care.nurse.reference })
    read[key] = value
  }
  return read
}

/** At every reception of an adult; children's pressure is taken from six years on. */
export const clinicSigns = (age: number): readonly string[] =>
  age < 6
    ? ['pulse', 'temperature', 'respiration', 'weight', 'height']
    : ['pulse', 'temperature', 'pressure', 'respiration', 'weight']

export const wardSigns = ['pulse', 'temperature', 'pressure', 'respiration', 'saturation'] as const
