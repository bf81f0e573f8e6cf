import type { CodeableConcept, Condition, EncounterDiagnosis, Reference } from 'fhir/r4.js'
import { codeSystems } from '#fhir/naming'
import type { Staff } from './hospital.ts'
import type { Chart } from './chart.ts'
import { dateOf, dateTimeOf, type Minute } from './time.ts'

/** A code of the national list with its name. */
export interface Named {
  readonly icd: string
  readonly name: string
}

export const icdConcept = ({ icd, name }: Named): CodeableConcept => ({
  coding: [{ system: codeSystems.icd10, code: icd, display: name }],
  text: name,
})

const status = (kind: 'clinical' | 'ver-status', code: string): CodeableConcept => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/condition-${kind}`, code }],
})

interface Diagnosed {
  readonly what: Named
  readonly at: Minute
  readonly by: Staff
  readonly encounter?: Reference
  /** On the list of lasting problems, or the diagnosis of one visit. */
  readonly list: 'problem-list-item' | 'encounter-diagnosis'
  readonly over?: Minute
}

/** Files a diagnosis. One that is `over` is resolved from that minute. */
export function diagnose(chart: Chart, { what, at, by, encounter, list, over }: Diagnosed): Reference {
  const ended = over !== undefined && over <= chart.now
  const condition: Omit<Condition, 'id'> = {
    resourceType: 'Condition',
    clinicalStatus: status('clinical', ended ? 'resolved' : 'active'),
    verificationStatus: status('ver-status', 'confirmed'),
    category: [{ coding: [{ system: codeSystems.conditionCategory, code: list }] }],
    code: icdConcept(what),
    subject: chart.patient,
    ...(encounter && { encounter }),
    onsetDateTime: dateOf(at),
    ...(ended && { abatementDateTime: dateOf(over) }),
    recordedDate: dateTimeOf(at),
    recorder: by.reference,
  }
  return chart.file(condition)
}

const roles = { AD: 'Chẩn đoán vào viện', DD: 'Chẩn đoán ra viện', CC: 'Bệnh chính', CM: 'Bệnh kèm theo' } as const

/** How a diagnosis serves an encounter. @param rank 1 is the main one */
export const diagnosisOf = (condition: Reference, use: keyof typeof roles, rank: number): EncounterDiagnosis => ({
  condition,
  use: { coding: [{ system: codeSystems.diagnosisRole, code: use }], text: roles[use] },
  rank,
})
