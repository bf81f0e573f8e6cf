import type { FhirResource, Task } from '#fhir/r4'
import type { RecordStore } from '#foundation/record-store'
import { type Dossier, toDossier } from '#obligations/health-insurance'
import { dossierFromChart, isComposed } from './compose-visit.ts'
import { type CurrentVersion, type ImportedDossier, versionsOfAll } from './dossier-resources.ts'
import { IMPORTER } from './known-dossiers.ts'

/** Dossiers as the record says them today, in the order of their Tasks; one whose visit is gone is left out. */
export async function currentDossiers(store: RecordStore, tasks: readonly Task[]): Promise<readonly Dossier[]> {
  const imported = tasks.filter((task) => !isComposed(task))
  const found = await versionsOfAll(store, imported)
  const places = new Map(imported.map((task, place) => [task, place]))
  const dossiers = await Promise.all(
    tasks.map(async (task) => {
      const place = places.get(task)
      if (place === undefined) return dossierFromChart(store, task)
      return followedDossier(store, found[place]!)
    }),
  )
  return dossiers.filter((dossier) => dossier !== null)
}

/** What came from a file, with what people have corrected in the chart since. */
async function followedDossier(store: RecordStore, { importedAt, versions }: ImportedDossier): Promise<Dossier> {
  const shared = versions.filter(({ version }) => version.type === 'Patient' || version.type === 'Coverage')
  const before = await Promise.all(shared.map((each) => beforeCorrection(store, each, importedAt)))
  return toDossier(
    versions.map(({ resource }) => resource),
    before,
  )
}

/** Versions that are looked through for a correction. */
const MOST_VERSIONS = 50

/**
 * A patient and cards are shared with other dossiers, and may be older than this one: what imports wrote into them
 * corrects nothing, what a person wrote after this one came does. @returns the version before that, else the current one
 */
async function beforeCorrection(
  store: RecordStore,
  { resource, version }: CurrentVersion,
  importedAt: string,
): Promise<FhirResource> {
  const isByHand = (each: { readonly at: string; readonly author: string }): boolean =>
    each.at > importedAt && each.author !== IMPORTER.reference
  if (version.at <= importedAt || version.version === 1) return resource
  const { versions } = await store.history({ type: version.type, id: version.id }, { count: MOST_VERSIONS })
  const first = versions.findLastIndex(isByHand)
  const body = first === -1 ? null : versions[first + 1]?.body
  return body ? (JSON.parse(body) as FhirResource) : resource
}
