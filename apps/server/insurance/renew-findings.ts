import type { Task } from '#fhir/r4'
import type { RecordStore } from '#foundation/record-store'
import { receivedDossier } from './dossier-detail.ts'
import { withCatalogueFindings } from './dossier-task.ts'
import { IMPORTER } from './known-dossiers.ts'
import { resourceWrite } from './resource-write.ts'

/** Dossiers that are read again together. */
const TOGETHER = 50

/**
 * Checks dossiers beside the catalogues as they are now and writes into their Tasks what was found, so that the work list
 * counts what the dossier shows. A Task that changes meanwhile is left to the next look.
 * @param ids of Tasks; what is none of a dossier that came from a file is passed over
 */
export async function renewFindings(store: RecordStore, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += TOGETHER) {
    const found = await store.readMany(ids.slice(start, start + TOGETHER).map((id) => ({ type: 'Task', id })))
    for (const version of found) if (version?.body) await renewOne(store, JSON.parse(version.body) as Task)
  }
}

async function renewOne(store: RecordStore, task: Task): Promise<void> {
  const received = await receivedDossier(store, task)
  const next = received && withCatalogueFindings(task, received.findings)
  if (next && next !== task) await store.writeOne(resourceWrite(next, Number(task.meta?.versionId)), IMPORTER)
}
