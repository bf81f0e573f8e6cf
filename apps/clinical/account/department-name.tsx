import { useQuery } from '@tanstack/react-query'
import type { Organization } from '#fhir/r4'
import { readResource } from '../server/index.ts'

/** @param reference `Organization/…`; shown itself where its name cannot be read */
export function DepartmentName({ reference }: { readonly reference: string }) {
  const organization = useQuery({
    queryKey: ['organization', reference],
    queryFn: ({ signal }) => readResource<Organization>(reference, signal),
    refetchInterval: false,
    enabled: reference.startsWith('Organization/'),
  })
  return organization.data?.name ?? reference
}
