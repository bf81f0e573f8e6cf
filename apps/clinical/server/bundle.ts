import type { Bundle, FhirResource } from '#fhir/r4'

type Named<Type> = Extract<FhirResource, { resourceType: Type }>

/** The matches of a searchset; what came along by _include and messages about the search are left out. */
export const matchesOf = (bundle: Bundle<FhirResource> | undefined): readonly FhirResource[] =>
  (bundle?.entry ?? []).flatMap((entry) =>
    entry.resource && (entry.search?.mode ?? 'match') === 'match' ? [entry.resource] : [],
  )

/** What an _include brought along. */
export const includedIn = (bundle: Bundle<FhirResource>): readonly FhirResource[] =>
  (bundle.entry ?? []).flatMap((entry) => (entry.resource && entry.search?.mode === 'include' ? [entry.resource] : []))

/** All resources of one type in an answer, matches and included ones. */
export const resourcesOf = <Type extends FhirResource['resourceType']>(
  answer: FhirResource | undefined,
  type: Type,
): readonly Named<Type>[] => {
  const resources = answer?.resourceType === 'Bundle' ? (answer.entry ?? []).map((entry) => entry.resource) : [answer]
  return resources.filter((resource): resource is Named<Type> => resource?.resourceType === type)
}

/** Address of the following page, or undefined on the last one. */
export const nextPage = (bundle: Pick<Bundle, 'link'>): string | undefined =>
  bundle.link?.find((link) => link.relation === 'next')?.url

/** How many there are in all, where the server counted. */
export const totalOf = (answer: FhirResource | undefined): number | undefined =>
  answer?.resourceType === 'Bundle' ? answer.total : undefined
