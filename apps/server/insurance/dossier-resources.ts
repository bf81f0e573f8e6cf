import type { DocumentReference, FhirResource, Task } from '#fhir/r4'
import { parseSearch } from '#fhir/search'
import type { RecordStore, StoredVersion } from '#foundation/record-store'
import { resourcesOf } from './kept-dossier.ts'

/**
 * The resources that a dossier consists of, as the record has them now: those that came with it and are still there.
 * @returns the current text of each, parsed
 */
export async function dossierResources(store: RecordStore, task: Task): Promise<readonly FhirResource[]> {
  return (await resourcesOfAll(store, [task]))[0] ?? []
}

/** The same for several dossiers at once, in their order. */
export const resourcesOfAll = async (
  store: RecordStore,
  tasks: readonly Task[],
): Promise<readonly (readonly FhirResource[])[]> =>
  (await versionsOfAll(store, tasks)).map(({ versions }) => versions.map(({ resource }) => resource))

/** A resource with what the record knows of its current version. */
export interface CurrentVersion {
  readonly resource: FhirResource
  readonly version: StoredVersion
}

/** What an imported dossier consists of now, and when it came. */
export interface ImportedDossier {
  /** ISO instant of its latest import; '' where its document is gone */
  readonly importedAt: string
  readonly versions: readonly CurrentVersion[]
}

/** The current versions of several dossiers' resources, in the order of the Tasks. */
export async function versionsOfAll(store: RecordStore, tasks: readonly Task[]): Promise<readonly ImportedDossier[]> {
  const documents = await documentsOf(store, tasks)
  const named = tasks.map(({ focus }) => documents.get(focus?.reference ?? ''))
  const asked = named.map((document) => (document ? resourcesOf(document) : []))
  const found = await store.readMany(asked.flat())
  let from = 0
  return asked.map((references, place) => ({
    importedAt: named[place]?.meta?.lastUpdated ?? '',
    versions: found
      .slice(from, (from += references.length))
      .flatMap((version) => (version?.body ? { resource: JSON.parse(version.body) as FhirResource, version } : [])),
  }))
}

/** The document that keeps what was received. */
export async function documentOf(store: RecordStore, task: Task): Promise<DocumentReference | null> {
  return (await documentsOf(store, [task])).get(task.focus?.reference ?? '') ?? null
}

/** Documents by the reference to their Claim. */
export async function documentsOf(
  store: RecordStore,
  tasks: readonly Task[],
): Promise<ReadonlyMap<string, DocumentReference>> {
  if (tasks.length === 0) return new Map()
  const claims = tasks.map(({ focus }) => focus?.reference ?? '')
  const request = await parseSearch('DocumentReference', [['related', claims.join(',')]], {
    base: '',
    handling: 'strict',
  })
  if (!request.ok) throw new Error('documents of dossiers cannot be searched for')
  const { versions } = await store.find({ ...request.value, count: tasks.length })
  return new Map(
    versions.flatMap(({ body }) => {
      const document = JSON.parse(body ?? '{}') as DocumentReference
      return (document.context?.related ?? []).map(({ reference = '' }) => [reference, document] as const)
    }),
  )
}
