import type { Bundle, Coverage, FhirResource, Patient } from '#fhir/r4'
import { identifierSystems } from '#fhir/naming'
import { DEFAULT_PATIENTS, demoHospital } from '#testing/demo-hospital'
import type { FakeCard } from './people.ts'

/** MACSKCB of the demo hospital. */
export const DEMO_FACILITY = '00001'

/** The cards of the people of the demo hospital, all of which hold. */
export function demoCards(): readonly FakeCard[] {
  const bundles = demoHospital({ patients: DEFAULT_PATIENTS, longRecords: false }) as Iterable<Bundle<FhirResource>>
  return [...bundles].flatMap(({ entry = [] }) => {
    const resources = entry.map(({ resource }) => resource)
    const patient = resources.find((each): each is Patient => each?.resourceType === 'Patient')
    const coverage = resources.find((each): each is Coverage => each?.resourceType === 'Coverage')
    return patient && coverage ? cardOf(patient, coverage.subscriberId ?? '') : []
  })
}

const cardOf = ({ identifier = [], name, birthDate = '' }: Patient, card: string): FakeCard => ({
  card,
  personalId: identifier.find(({ system }) => system === identifierSystems.personalId)?.value ?? '-',
  name: name?.[0]?.text ?? '',
  birthDate: birthDate.split('-').toReversed().join('/'),
  code: '000',
})
