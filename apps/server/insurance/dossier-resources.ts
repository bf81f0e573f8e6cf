import type { DocumentReference, FhirResource, Task } from '#fhir/r4'
import { parseSearch } from '#fhir/search'
import type { RecordStore } from '#foundation/record-store'
import { resourcesOf } from './kept-dossier.ts'

/**
 * The resources that a dossier consists of, as the record has them now: those that came with it and are still there.
 * @returns the current text of each, parsed
 */
export async function dossierResources(store: RecordStore, task: Task): Promise<readonly FhirResource[]> {
  return (await resourcesOfAll(store, [task]))[0] ?? []
}

/** The same for several dossiers at once, in their order. */
export async function resourcesOfAll(
  store: RecordStore,
  tasks: readonly Task[],
): Promise<readonly (readonly FhirResource[])[]> {
  const documents = await documentsOf(store, tasks)
  const named = tasks.map(({ focus }) => documents.get(focus?.reference ?? ''))
  const asked = named.map((document) => (document ? resourcesOf(document) : []))
  const versions = await store.readMany(asked.flat())
  let from = 0
  return asked.map((references) => {
    const own = versions.slice(from, (from += references.length))
    return own.flatMap((version) => (version?.body ? (JSON.parse(version.body) as FhirResource) : []))
  })
}

/** The document that keeps what was received. */
export async function documentOf(store: RecordStore, task: Task): Promise<DocumentReference | null> {
  return (await documentsOf(store, [task])).get(task.focus?.reference ?? '') ?? null
}

/** Documents by the reference to their Claim. */
async function documentsOf(
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
