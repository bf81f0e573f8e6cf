/** What the record knows of dossiers before they are stored. */
import { identifierSystems } from '#fhir/naming'
import type { Coverage, DocumentReference, Task } from '#fhir/r4'
import type { ImportWork, RecordStore, StoredVersion } from '#foundation/record-store'
import { composedKey, dossierKey, isComposed } from './compose-visit.ts'
import { type Chart, findCharts } from './find-charts.ts'
import { escaped } from './find-tasks.ts'
import { identifierTerms } from './identifier-terms.ts'
import { binaryId, documentId } from './kept-dossier.ts'
import type { PreparedDossier } from './prepare-file.ts'

export const IMPORTER = { reference: 'Device/lanh-import' }

export interface Known {
  readonly current: ReadonlyMap<string, StoredVersion>
  readonly charts: ReadonlyMap<PreparedDossier, Chart>
  /** dossiers of visits that are recorded here: what comes was exported from this record */
  readonly ours: ReadonlySet<PreparedDossier>
}

/** Of all of them at once. */
export async function lookUp(dossiers: readonly PreparedDossier[], asked: ImportWork): Promise<Known> {
  const references = dossiers.flatMap(({ dossier, claim, resources }) => [
    { type: 'DocumentReference', id: documentId(dossier) },
    { type: 'Task', id: claim.id ?? '' },
    ...resources
      .filter(({ resourceType }) => resourceType === 'Coverage')
      .map(({ id = '' }) => ({ type: 'Coverage', id })),
  ])
  const found = await asked.readMany(references)
  const current = new Map(found.flatMap((version) => (version ? [[`${version.type}/${version.id}`, version]] : [])))
  const before = new Map(
    dossiers.flatMap((each) => {
      const { resource } = versionOf<DocumentReference>(current, `DocumentReference/${documentId(each.dossier)}`)
      const [, id] = resource?.subject?.reference?.split('/') ?? []
      return id === undefined ? [] : [[each, id] as const]
    }),
  )
  const ours = await composedHere(dossiers, asked)
  return { current, ours, charts: await findCharts(asked, dossiers, before, IMPORTER.reference) }
}

async function composedHere(
  dossiers: readonly PreparedDossier[],
  asked: ImportWork,
): Promise<ReadonlySet<PreparedDossier>> {
  const keys = dossiers.map(({ dossier }) => `${identifierSystems.visitNumber}|${escaped(dossier.visit)}`)
  const found = await asked.carrying('Task', await identifierTerms('Task', keys))
  const tasks = found.map(({ body }) => JSON.parse(body ?? '{}') as Task)
  const composed = new Set(tasks.filter(isComposed).map(composedKey))
  return new Set(dossiers.filter(({ dossier }) => composed.has(dossierKey(dossier))))
}

/** The resource as it is stored, and what a write of it has to expect. */
export function versionOf<T extends Coverage | DocumentReference | Task>(
  current: ReadonlyMap<string, StoredVersion>,
  reference: string,
): { readonly resource: T | null; readonly expected: 'none' | number } {
  const version = current.get(reference)
  if (!version || version.body === null) return { resource: null, expected: 'none' }
  return { resource: JSON.parse(version.body) as T, expected: version.version }
}

/** Which of the files were stored before. */
export const knownFiles = async (store: RecordStore, hashes: readonly string[]): Promise<readonly boolean[]> => {
  const found = await store.readMany(hashes.map((hash) => ({ type: 'Binary', id: binaryId(hash) })))
  return found.map((version) => typeof version?.body === 'string')
}
