import type { BundleEntry, FhirResource, Reference } from 'fhir/r4.js'
import { bodyOf, type Body } from './body.ts'
import { entryOf } from './entry.ts'
import type { Department, Hospital, Staff } from './hospital.ts'
import type { Person } from './person.ts'
import { seeded, type Random } from './random.ts'
import type { DepartmentKey } from './tables/departments.ts'
import type { Minute } from './time.ts'

/** Short marks that make ids readable: `nb-000012-lk7` is the seventh encounter (lượt khám) of patient 12. */
const marks: Readonly<Record<string, string>> = {
  AllergyIntolerance: 'du',
  Appointment: 'hen',
  Composition: 'vb',
  Condition: 'cd',
  DiagnosticReport: 'kq',
  DocumentReference: 'tl',
  Encounter: 'lk',
  Immunization: 'tc',
  MedicationAdministration: 'dt',
  MedicationRequest: 't',
  Observation: 'o',
  Procedure: 'pt',
  ServiceRequest: 'yl',
}

/** A resource before it has an id. Distributes over the union, so each type keeps its own fields. */
type Unfiled<T extends FhirResource> = T extends unknown ? Omit<T, 'id'> : never

/** One person's record while it is being written. */
export interface Chart {
  readonly person: Person
  readonly hospital: Hospital
  readonly random: Random
  readonly body: Body
  /** The minute up to which things have happened. */
  readonly now: Minute
  readonly patient: Reference
  readonly entries: BundleEntry[]
  /** Files a resource under the next id of its type and returns a reference to it. */
  file(resource: Unfiled<FhirResource>): Reference
  /** The reference the next resource of this type will get: what belongs to an encounter is filed before its end is known. */
  upcoming(type: string): Reference
  department(key: DepartmentKey): Department
  doctor(department: Department): Staff
  nurse(department: Department): Staff
}

const CHART_STREAM = 31

export function openChart(person: Person, hospital: Hospital, seed: number, now: Minute): Chart {
  const random = seeded(seed, CHART_STREAM, person.number)
  const counts = new Map<string, number>()
  const entries: BundleEntry[] = []
  const idAt = (type: string, count: number): string => `${person.id}-${marks[type] ?? type.toLowerCase()}${count}`
  return {
    person,
    hospital,
    random,
    now,
    entries,
    body: bodyOf(person, seed, random),
    patient: { reference: `Patient/${person.id}` },
    file(resource) {
      const count = (counts.get(resource.resourceType) ?? 0) + 1
      counts.set(resource.resourceType, count)
      const { resourceType, ...rest } = resource
      const id = idAt(resourceType, count)
      entries.push(entryOf({ resourceType, id, ...rest } as FhirResource))
      return { reference: `${resourceType}/${id}` }
    },
    upcoming: (type) => ({ reference: `${type}/${idAt(type, (counts.get(type) ?? 0) + 1)}` }),
    department: (key) => hospital.departments[key],
    doctor: (department) => random.pick(department.doctors),
    nurse: (department) => random.pick(department.nurses),
  }
}
