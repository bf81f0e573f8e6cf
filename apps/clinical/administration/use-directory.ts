import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Organization, Practitioner } from '#fhir/r4'
import { fullName } from '#hospital/identification'
import { fetchSignedIn, problemOf, readBundle, readTogether, resourcesOf } from '../server/index.ts'

const DEPARTMENTS = 'Organization?type=http://terminology.hl7.org/CodeSystem/organization-type|dept&_count=500'

/** A department as it is chosen from. */
export interface Department {
  /** `Organization/…` */
  readonly reference: string
  readonly name: string
}

const departmentIn = ({ id, name }: Organization): Department => ({
  reference: `Organization/${id}`,
  name: name ?? `Organization/${id}`,
})

/** Departments of the hospital by name. */
export const useDepartments = () =>
  useQuery({
    queryKey: ['directory', 'departments'],
    staleTime: 10 * 60_000,
    refetchInterval: false,
    queryFn: ({ signal }) => readBundle(DEPARTMENTS, signal),
    select: (bundle) =>
      resourcesOf(bundle, 'Organization')
        .map(departmentIn)
        .toSorted((a, b) => a.name.localeCompare(b.name, 'vi')),
  })

const staffNumber = ({ identifier }: Practitioner): string =>
  identifier?.find(({ use }) => use === 'secondary')?.value ?? identifier?.[0]?.value ?? ''

const MOST = 8

/** Members of staff who answer to a name. Posted, so that no address says who was looked for. */
export const useStaff = (typed: string) =>
  useQuery({
    queryKey: ['directory', 'staff', typed],
    enabled: typed.trim().length > 1,
    placeholderData: keepPreviousData,
    refetchInterval: false,
    queryFn: async ({ signal }) => {
      const search = new URLSearchParams({ name: typed.trim(), _count: String(MOST) })
      const [answer] = await readTogether([`Practitioner?${search}`], signal)
      return resourcesOf(answer, 'Practitioner').map((one) => ({
        key: `Practitioner/${one.id}`,
        words: fullName(one) || `Practitioner/${one.id}`,
        more: staffNumber(one),
      }))
    },
  })

/**
 * Makes a member of staff of whom the record has nothing but the name.
 * @returns `Practitioner/…` @throws {ServerProblem}
 */
export async function makeStaff(display: string): Promise<string> {
  const response = await fetchSignedIn('/fhir/R4/Practitioner', {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json', accept: 'application/fhir+json' },
    body: JSON.stringify({ resourceType: 'Practitioner', active: true, name: [{ text: display }] }),
  })
  const body = (await response.json().catch(() => null)) as { id?: string } | null
  if (!response.ok || !body?.id) throw problemOf(response.ok ? 500 : response.status, body)
  return `Practitioner/${body.id}`
}
