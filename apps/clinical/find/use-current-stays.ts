import { useQuery } from '@tanstack/react-query'
import type { Encounter, Patient } from '#fhir/r4'
import { readBundle, resourcesOf } from '../server/index.ts'

const STAYS = 'Encounter?class=IMP&status=in-progress&_include=Encounter:patient&_sort=-date&_count=60'

/** Somebody who lies in the hospital now. */
export interface Stay {
  readonly encounter: Encounter
  readonly patient: Patient
}

async function readStays(signal: AbortSignal): Promise<readonly Stay[]> {
  const bundle = await readBundle(STAYS, signal)
  const patients = new Map(resourcesOf(bundle, 'Patient').map((patient) => [`Patient/${patient.id}`, patient]))
  return resourcesOf(bundle, 'Encounter').flatMap((encounter) => {
    const patient = patients.get(encounter.subject?.reference ?? '')
    return patient ? [{ encounter, patient }] : []
  })
}

/** The stays in progress, newest first. @param enabled false where nobody needs them */
export const useCurrentStays = (enabled = true) =>
  useQuery({ queryKey: ['stays'], enabled, queryFn: ({ signal }) => readStays(signal) })
