/** What a right answer looks like. Each takes what is expected and gives a function that finds what is wrong. */
import type { Bundle, FhirResource, Observation } from '#fhir/r4'
import type { Series } from './picks.ts'

type Check = (body: string) => string | null

/** Folds on its own, so that a mistake of the product's folding is seen. */
const fold = (text: string): string =>
  text.toLowerCase().replaceAll('đ', 'd').normalize('NFD').replaceAll(/\p{M}/gu, '')

const foldedName = (resource: FhirResource | undefined): string =>
  resource?.resourceType === 'Patient' ? fold(JSON.stringify(resource.name)) : ''

const bundleIn = (body: string): Bundle<FhirResource> => JSON.parse(body) as Bundle<FhirResource>

const matchesIn = (body: string): readonly FhirResource[] =>
  (bundleIn(body).entry ?? []).flatMap(({ resource, search }) =>
    resource && search?.mode !== 'include' ? [resource] : [],
  )

const firstWrong = (findings: readonly (string | false)[]): string | null =>
  findings.find((each) => each !== false) || null

/** @param reference Type/id */
const resource =
  (reference: string): Check =>
  (body) => {
    const found = JSON.parse(body) as FhirResource
    return `${found.resourceType}/${found.id}` === reference ? null : `${reference} was asked for, another came`
  }

const entries =
  (count: number): Check =>
  (body) => {
    const found = bundleIn(body).entry?.length ?? 0
    return found === count ? null : `${found} entries instead of ${count}`
  }

const newestFirst =
  ({ patient, count }: Series): Check =>
  (body) => {
    const found = matchesIn(body) as readonly Observation[]
    const days = found.map(({ effectiveDateTime }) => Date.parse(effectiveDateTime ?? ''))
    return firstWrong([
      found.length !== Math.min(count, 50) && `${found.length} results instead of ${count}`,
      found.some(({ subject }) => subject?.reference !== `Patient/${patient}`) && 'results of another patient',
      days.some((day, i) => i > 0 && day > (days[i - 1] ?? 0)) && 'the results are not sorted by date',
    ])
  }

const hasPatient =
  ({ id, family, given }: { id: string; family: string; given: string }): Check =>
  (body) => {
    const found = matchesIn(body)
    const parts = [given, family].map((part) => fold(part).slice(0, 5))
    return firstWrong([
      found.length < 20 && !found.some((each) => each.id === id) && 'the patient was not found by name',
      found.some((each) => !parts.every((part) => foldedName(each).includes(part))) && 'patients of other names',
    ])
  }

const withIncludes =
  ({ count }: Series): Check =>
  (body) => {
    const all = bundleIn(body).entry ?? []
    const included = all.filter(({ search }) => search?.mode === 'include')
    const wanted = new Set(matchesIn(body).map((match) => (match as Observation).encounter?.reference))
    return firstWrong([
      all.length - included.length !== count && `${all.length - included.length} matches instead of ${count}`,
      included.length !== wanted.size && `${included.length} encounters included instead of ${wanted.size}`,
    ])
  }

const patients =
  (atLeast: number, atMost: number): Check =>
  (body) => {
    const found = matchesIn(body)
    return firstWrong([
      (found.length < atLeast || found.length > atMost) && `${found.length} patients`,
      found.some(({ resourceType }) => resourceType !== 'Patient') && 'something else than patients',
    ])
  }

const batch =
  (references: readonly string[]): Check =>
  (body) => {
    const found = (bundleIn(body).entry ?? []).map(({ resource: each }) => `${each?.resourceType}/${each?.id}`)
    return found.join() === references.join() ? null : 'the batch gave other resources than asked for'
  }

/** Every entry of a transaction was created. */
const created =
  (count: number): Check =>
  (body) => {
    const all = bundleIn(body).entry ?? []
    return firstWrong([
      all.length !== count && `${all.length} entries instead of ${count}`,
      all.some(({ response }) => !response?.status.startsWith('201')) && 'an entry was not created',
    ])
  }

export const checks = { resource, entries, newestFirst, hasPatient, withIncludes, patients, batch, created } as const
