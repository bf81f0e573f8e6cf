import type { Task } from '#fhir/r4'
import type { RecordStore } from '#foundation/record-store'
import { type Dossier, toDossier } from '#obligations/health-insurance'
import { composedDossier, isComposed } from './compose-visit.ts'
import { resourcesOfAll } from './dossier-resources.ts'

/** Dossiers as the record says them today, in the order of their Tasks; one whose visit is gone is left out. */
export async function currentDossiers(store: RecordStore, tasks: readonly Task[]): Promise<readonly Dossier[]> {
  const imported = tasks.filter((task) => !isComposed(task))
  const resources = await resourcesOfAll(store, imported)
  const byTask = new Map(imported.map((task, place) => [task, toDossier(resources[place] ?? [])]))
  const dossiers = await Promise.all(
    tasks.map(async (task) => byTask.get(task) ?? (await composedDossier(store, task))?.dossier),
  )
  return dossiers.filter((dossier) => dossier !== undefined)
}
