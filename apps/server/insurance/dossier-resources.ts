import type { DocumentReference, Resource, Task } from '#fhir/r4'
import { parseSearch } from '#fhir/search'
import type { RecordStore } from '#foundation/record-store'
import { resourcesOf } from './kept-dossier.ts'

/** As many resources as one dossier has at most: a stay of a year with every line. */
const MOST = 20_000

/**
 * The resources that a dossier consists of, as the record has them now: those that came with it and are still there.
 * @returns the current text of each, parsed
 */
export async function dossierResources(store: RecordStore, task: Task): Promise<readonly Resource[]> {
  const document = await documentOf(store, task)
  const named = document ? resourcesOf(document) : []
  const versions = await store.readMany(named.slice(0, MOST))
  return versions.flatMap((version) => (version?.body ? (JSON.parse(version.body) as Resource) : []))
}

/** The document that keeps what was received. */
export async function documentOf(store: RecordStore, { focus }: Task): Promise<DocumentReference | null> {
  const request = await parseSearch('DocumentReference', [['related', focus?.reference ?? '']], {
    base: '',
    handling: 'strict',
  })
  if (!request.ok) return null
  const { versions } = await store.find({ ...request.value, count: 1 })
  return versions[0]?.body ? (JSON.parse(versions[0].body) as DocumentReference) : null
}
