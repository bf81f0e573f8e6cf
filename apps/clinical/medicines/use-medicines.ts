import { useMemo } from 'react'
import type { MedicationRequest } from '#fhir/r4'
import { isInUse } from '#hospital/medication'
import { hospitalToday } from '../parts/hospital-today.ts'
import { usePages } from '../server/index.ts'

/** What is taken now, apart from what was taken, so that the first is complete however long the second is. */
export function useMedicines(id: string) {
  const base = `MedicationRequest?patient=${id}&_sort=-authoredon`
  const active = usePages<MedicationRequest>(`${base}&status=active,on-hold&_count=200`)
  const others = usePages<MedicationRequest>(
    `${base}&status=completed,stopped,cancelled,entered-in-error,draft,unknown&_count=100`,
  )
  const today = hospitalToday()
  const { inUse, ended } = useMemo(() => {
    const split = Map.groupBy(active.resources, (request) => isInUse(request, today))
    return { inUse: split.get(true) ?? [], ended: split.get(false) ?? [] }
  }, [active.resources, today])
  const past = useMemo(
    () => [...ended, ...others.resources].sort((a, b) => (b.authoredOn ?? '').localeCompare(a.authoredOn ?? '')),
    [ended, others.resources],
  )
  return { active, others, inUse, past, today }
}
