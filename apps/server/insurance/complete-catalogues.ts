/** Catalogues are written after the dossiers. What a program that was killed left out is found and made up for here. */
import type { Binary, DocumentReference, Task } from '#fhir/r4'
import type { RecordStore } from '#foundation/record-store'
import type { ReadDossier } from '#obligations/health-insurance'
import { Catalogue } from './catalogue.ts'
import { isComposed } from './compose-visit.ts'
import { documentsOf } from './dossier-resources.ts'
import { allTasks } from './find-tasks.ts'
import { renewFindings } from './renew-findings.ts'
import { binaryId, binaryOf, readingId, readKept } from './kept-dossier.ts'

/** Files, and dossiers, whose share of the catalogues is written at once. */
const TOGETHER = 100

/** Files that were stored and are not in the catalogues yet, because whoever stored them is still at it or was killed. */
export const openFiles = (store: RecordStore): Promise<readonly string[]> => store.openSources(MOST_OPEN)

const MOST_OPEN = 100_000

/**
 * Brings the dossiers of these files into the catalogues.
 * @param files as `openFiles` had them: those that somebody else has finished since are left alone
 */
export async function completeCatalogues(store: RecordStore, files: readonly string[]): Promise<void> {
  if (files.length === 0) return
  const open = new Set(await openFiles(store))
  const left = files.filter((hash) => open.has(hash))
  for (let start = 0; start < left.length; start += TOGETHER) {
    const catalogue = new Catalogue(store)
    const some = left.slice(start, start + TOGETHER)
    for (const hash of some) await seeFile(store, hash, catalogue)
    await renewFindings(store, await catalogue.write(some))
  }
}

async function seeFile(store: RecordStore, hash: string, catalogue: Catalogue): Promise<void> {
  const kept = await readBinary(store, binaryId(hash))
  if (!('pieces' in kept)) return seeAll(kept, catalogue)
  for (let place = 0; place < kept.dossiers; place++) {
    const reading = await readBinary(store, readingId(hash, place))
    if (!('pieces' in reading)) seeAll(reading, catalogue)
  }
}

const seeAll = (read: readonly ReadDossier[], catalogue: Catalogue): void => {
  for (const { dossier } of read) catalogue.see(dossier)
}

/**
 * Reads every stored dossier again and brings it into the catalogues; what is in them already stays.
 * @param progress called with the number of dossiers so far
 * @returns dossiers
 */
export async function rebuildCatalogues(store: RecordStore, progress: (dossiers: number) => void): Promise<number> {
  const open = await openFiles(store)
  let dossiers = 0
  let tasks: Task[] = []
  const see = async (): Promise<void> => {
    const documents = [...(await documentsOf(store, tasks)).values()]
    await seeDocuments(store, documents)
    dossiers += documents.length
    tasks = []
    progress(dossiers)
  }
  for await (const task of allTasks(store, 'insurance-dossier', [])) {
    if (!isComposed(task)) tasks.push(task)
    if (tasks.length === TOGETHER) await see()
  }
  await see()
  await store.closeSources(open)
  await renewAll(store)
  return dossiers
}

/** What the facility retired or completed since is found in dossiers that came before. */
async function renewAll(store: RecordStore): Promise<void> {
  const ids: string[] = []
  for await (const task of allTasks(store, 'insurance-dossier', [])) {
    if (!isComposed(task)) ids.push(task.id ?? '')
    if (ids.length === TOGETHER) await renewFindings(store, ids.splice(0))
  }
  await renewFindings(store, ids)
}

/** A Binary may hold other dossiers than those that are named: later states of them lie elsewhere. */
async function seeDocuments(store: RecordStore, documents: readonly DocumentReference[]): Promise<void> {
  const catalogue = new Catalogue(store)
  const visits = new Map<string, Set<string>>()
  for (const document of documents) {
    const own = visits.get(binaryOf(document)) ?? new Set()
    visits.set(binaryOf(document), own.add(document.identifier?.[0]?.value ?? ''))
  }
  for (const [id, own] of visits) {
    const kept = await readBinary(store, id)
    if (!('pieces' in kept))
      seeAll(
        kept.filter(({ dossier }) => own.has(dossier.visit)),
        catalogue,
      )
  }
  await catalogue.write()
}

async function readBinary(store: RecordStore, id: string): Promise<ReturnType<typeof readKept>> {
  const version = await store.read('Binary', id)
  return version?.body ? readKept(JSON.parse(version.body) as Binary) : []
}
