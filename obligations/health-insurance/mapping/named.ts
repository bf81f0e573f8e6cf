import { identifierSystems } from '#fhir/naming'
import type { FhirResource, Reference } from '#fhir/r4'
import { insuranceSystems } from './code-systems.ts'
import { listOf, textIn } from './parts.ts'
import type { Identify, Named } from './table-mapping.ts'

type Maker = (id: string, code: string) => FhirResource

/** What a code is the number of, and what it becomes. Numbers of licences hold everywhere, others in their hospital. */
const MAKERS = {
  people: {
    type: 'Practitioner',
    everywhere: true,
    make: (id, value) => ({
      resourceType: 'Practitioner',
      id,
      identifier: [{ system: identifierSystems.practisingLicence, value }],
    }),
  },
  departments: {
    type: 'Location',
    everywhere: false,
    make: (id, value) => ({
      resourceType: 'Location',
      id,
      identifier: [{ system: identifierSystems.departmentCode, value }],
      name: `Khoa ${value}`,
    }),
  },
  beds: {
    type: 'Location',
    everywhere: false,
    make: (id, value) => ({
      resourceType: 'Location',
      id,
      identifier: [{ system: insuranceSystems.bed, value }],
      name: `Giường ${value}`,
      physicalType: { coding: [{ system: PHYSICAL, code: 'bd' }] },
    }),
  },
  machines: {
    type: 'Device',
    everywhere: false,
    make: (id, value) => ({
      resourceType: 'Device',
      id,
      identifier: [{ system: insuranceSystems.machine, value }],
      deviceName: [{ name: value, type: 'other' }],
    }),
  },
  facilities: {
    type: 'Organization',
    everywhere: true,
    make: (id, value) => ({
      resourceType: 'Organization',
      id,
      identifier: [{ system: identifierSystems.facilityCode, value }],
      name: `Cơ sở ${value}`,
    }),
  },
} as const satisfies Readonly<Record<keyof Named, { type: string; everywhere: boolean; make: Maker }>>

const PHYSICAL = 'http://terminology.hl7.org/CodeSystem/location-physical-type'

/** Gathers what is named by code: each becomes one resource, however often it is named. */
export function gatherNamed(identify: Identify, facility: string): Named & { resources: () => FhirResource[] } {
  const found = new Map<string, { resource: FhirResource; reference: string }>()
  const gather =
    (kind: keyof Named) =>
    (codes: string | undefined): Reference[] =>
      listOf(codes).flatMap((code) => (textIn(code) === undefined ? [] : [referenceTo(kind, code)]))
  const referenceTo = (kind: keyof Named, code: string): Reference => {
    const key = `${kind} ${code}`
    const known = found.get(key)
    if (known) return { reference: known.reference, display: code }
    const { type, everywhere, make } = MAKERS[kind]
    const id = everywhere ? identify(type, kind, code) : identify(type, kind, facility, code)
    const reference = `${type}/${id}`
    found.set(key, { resource: make(id, code), reference })
    return { reference, display: code }
  }
  return {
    people: gather('people'),
    departments: gather('departments'),
    beds: gather('beds'),
    machines: gather('machines'),
    facilities: gather('facilities'),
    resources: () => [...found.values()].map(({ resource }) => resource),
  }
}
