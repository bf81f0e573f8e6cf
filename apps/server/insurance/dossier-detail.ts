import type { Binary, DocumentReference, Task } from '#fhir/r4'
import type { RecordStore } from '#foundation/record-store'
import { checkDossier, type Dossier, type Finding } from '#obligations/health-insurance'
import type { DossierDetail } from './api.ts'
import { composedDossier, isComposed } from './compose-visit.ts'
import { linesOf } from './dossier-lines.ts'
import { documentOf } from './dossier-resources.ts'
import { noteOf, stateOf, taskSystems, withCatalogueFindings } from './dossier-task.ts'
import { cataloguesFor } from './known-catalogues.ts'
import { binaryOf, readKept } from './kept-dossier.ts'
import { IMPORTER } from './known-dossiers.ts'
import { resourceWrite } from './resource-write.ts'

/** Changes of state that are told. */
const MOST_HISTORY = 200

export async function readTask(store: RecordStore, id: string): Promise<Task | null> {
  const version = await store.read('Task', id)
  if (!version?.body) return null
  const task = JSON.parse(version.body) as Task
  return task.code?.coding?.some(({ system, code }) => system === taskSystems.kind && code === 'insurance-dossier')
    ? task
    : null
}

/** One dossier as it was received, what is wrong with it, and what happened to it. @returns null where there is none */
export async function dossierDetail(
  store: RecordStore,
  id: string,
  off: ReadonlySet<string>,
): Promise<DossierDetail | null> {
  const stored = await readTask(store, id)
  if (!stored) return null
  const received = await receivedDossier(store, stored)
  const task = received && !isComposed(stored) ? withCatalogueFindings(stored, received.findings) : stored
  const [line, history] = await Promise.all([linesOf(store, [task], off), historyOf(store, id)])
  // The catalogues changed since: the work list shall count what is seen here.
  if (task !== stored) await store.writeOne(resourceWrite(task, Number(stored.meta?.versionId)), IMPORTER)
  const tables = Object.entries(received?.dossier.tables ?? {}).map(([table, rows]) => [
    table,
    rows.map(({ values, unknown }) => ({ ...values, ...unknown })),
  ])
  return {
    ...line[0]!,
    tables: Object.fromEntries(tables),
    findings: (received?.findings ?? []).filter(({ rule }) => !off.has(rule)),
    history,
  }
}

/** The dossier out of the bytes that were kept, read and checked again. */
export async function receivedDossier(
  store: RecordStore,
  task: Task,
): Promise<{ readonly dossier: Dossier; readonly findings: readonly Finding[] } | null> {
  if (isComposed(task)) return composedDossier(store, task)
  const document = await documentOf(store, task)
  const binary = document && (await readBinary(store, document))
  const visit = task.identifier?.[0]?.value
  const kept = binary && readKept(binary)
  const read = kept && !('pieces' in kept) ? kept.find(({ dossier }) => dossier.visit === visit) : null
  if (!read) return null
  const catalogues = await cataloguesFor(store, read.dossier)
  return { dossier: read.dossier, findings: [...read.findings, ...checkDossier(read.dossier, { catalogues })] }
}

async function readBinary(store: RecordStore, document: DocumentReference): Promise<Binary | null> {
  const version = await store.read('Binary', binaryOf(document))
  return version?.body ? (JSON.parse(version.body) as Binary) : null
}

/** Oldest first; versions that changed no state are left out. */
async function historyOf(store: RecordStore, id: string): Promise<DossierDetail['history']> {
  const { versions } = await store.history({ type: 'Task', id }, { count: MOST_HISTORY })
  const told = versions
    .flatMap(({ at, body }) => (body ? [{ at, task: JSON.parse(body) as Task }] : []))
    .toReversed()
    .map(({ at, task }) => ({ at, state: stateOf(task), note: noteOf(task) }))
  return told.filter((each, place) => {
    const before = told[place - 1]
    return !before || before.state !== each.state || before.note !== each.note
  })
}
