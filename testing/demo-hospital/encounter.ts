import type { Encounter, Reference } from 'fhir/r4.js'
import { codeSystems, identifierSystems } from '#fhir/naming'
import type { Chart } from './chart.ts'
import type { Department, Place, Staff } from './hospital.ts'
import { dateTimeOf, yearOf, type Minute } from './time.ts'

/** @source http://terminology.hl7.org/CodeSystem/v3-ActCode (encounter class) */
const classes = {
  AMB: { display: 'ambulatory', type: 'Khám bệnh ngoại trú' },
  EMER: { display: 'emergency', type: 'Cấp cứu' },
  IMP: { display: 'inpatient encounter', type: 'Điều trị nội trú' },
} as const

export type EncounterClass = keyof typeof classes

/** One stop of a visit: where, and from when until when. */
export interface Stop {
  readonly place: Place
  readonly from: Minute
  readonly to?: Minute
}

export interface EncounterStory {
  readonly kind: EncounterClass
  readonly status: Encounter['status']
  readonly from: Minute
  readonly to?: Minute
  readonly department: Department
  readonly doctor: Staff
  readonly nurse?: Staff
  readonly stops: readonly Stop[]
  readonly reason: string
  readonly type?: string
  readonly diagnosis?: Encounter['diagnosis']
  readonly hospitalization?: Encounter['hospitalization']
}

const participant = (code: 'ATND' | 'PPRF', who: Staff) => ({
  type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code }] }],
  individual: who.reference,
})

const periodOf = (from: Minute, to?: Minute) => ({
  start: dateTimeOf(from),
  ...(to !== undefined && { end: dateTimeOf(to) }),
})

/** Files an encounter and returns a reference to it. */
export function fileEncounter(chart: Chart, story: EncounterStory): Reference {
  const { kind, from, to, department } = story
  return chart.file({
    resourceType: 'Encounter',
    identifier: identifiersOf(chart, kind, from),
    status: story.status,
    class: { system: codeSystems.encounterClass, code: kind, display: classes[kind].display },
    type: [{ text: story.type ?? classes[kind].type }],
    subject: chart.patient,
    participant: [participant('ATND', story.doctor), ...(story.nurse ? [participant('PPRF', story.nurse)] : [])],
    period: periodOf(from, to),
    reasonCode: [{ text: story.reason }],
    ...(story.diagnosis && { diagnosis: story.diagnosis }),
    ...(story.hospitalization && { hospitalization: story.hospitalization }),
    location: story.stops.map((stop) => ({
      location: stop.place.reference,
      status: stop.to === undefined && story.status === 'in-progress' ? 'active' : 'completed',
      period: periodOf(stop.from, stop.to),
    })),
    serviceProvider: department.organization,
  })
}

function identifiersOf(chart: Chart, kind: EncounterClass, from: Minute): Encounter['identifier'] {
  const visit = `${yearOf(from)}.${String(chart.person.number).padStart(6, '0')}.${from}`
  const numbers: Encounter['identifier'] = [{ use: 'official', system: identifierSystems.visitNumber, value: visit }]
  if (kind === 'IMP') {
    numbers.push({
      use: 'official',
      system: identifierSystems.recordNumber,
      value: `BA${yearOf(from)}-${chart.person.number}-${from % 100_000}`,
    })
  }
  return numbers
}
