/**
 * A few files at a time: what the record knows of their patients and dossiers is read for all of them at once, then each
 * file is stored in a transaction of its own.
 */
import type { Coverage, DocumentReference, Task } from '#fhir/r4'
import { accept } from '#fhir/outcome'
import type { RecordStore, StoredVersion, Write } from '#foundation/record-store'
import type { Finding } from '#obligations/health-insurance'
import { concurrently } from '../concurrently.ts'
import { dossierTask, inState, isSentElsewhere, receiptOf, stateOf } from './dossier-task.ts'
import { notStored, outdated } from './file-findings.ts'
import {
  binaryId,
  dateOf,
  documentId,
  isShared,
  keptDossier,
  keptFile,
  type KeptFile,
  resourcesOf,
} from './kept-dossier.ts'
import { type Chart, findCharts } from './find-charts.ts'
import { mapDossier, type PreparedDossier, type PreparedFile } from './prepare-file.ts'
import { resourceWrite } from './resource-write.ts'

export const IMPORTER = { reference: 'Device/lanh-import' }

/** Files that are stored at the same time: their flushes of the disk are shared. */
const LANES = 6

/** How often a file is looked at anew because somebody else changed what it builds on. */
const ATTEMPTS = 5

export interface StoredFile {
  readonly file: PreparedFile
  readonly outcome: 'imported' | 'already' | 'refused' | 'cancelled'
  /** resources written: new ones, new versions and deletions */
  readonly resources: number
  /** of the file as a whole, of storing it */
  readonly findings: readonly Finding[]
}

export interface ImportSetting {
  readonly store: RecordStore
  /** rules that are switched off */
  readonly off: ReadonlySet<string>
  readonly signal?: AbortSignal | undefined
  /** what comes is ours to send; otherwise another program has sent it or may have */
  readonly isToSend?: boolean
  /** shared resources that are stored for certain, by reference: they are not asked for again */
  readonly known: Set<string>
}

/** What the record knows before a file is stored. */
interface Known {
  readonly current: ReadonlyMap<string, StoredVersion>
  readonly charts: ReadonlyMap<PreparedDossier, Chart>
}

/** Stores each of the files, or says why not. */
export async function importGroup(
  files: readonly PreparedFile[],
  setting: ImportSetting,
): Promise<readonly StoredFile[]> {
  const results = new Map<PreparedFile, StoredFile>()
  const known = await lookUp(files, setting)
  const queues = queuesOf(files, known)
  await concurrently(queues, LANES, async (queue) => {
    for (const [place, file] of queue.entries()) {
      // What came before in the queue may have changed what this one builds on.
      results.set(file, await importOne(file, setting, place === 0 ? known : null))
    }
  })
  return files.map((file) => results.get(file)!)
}

/** Files that touch the same patient or dossier wait for each other; the others do not. */
function queuesOf(files: readonly PreparedFile[], { charts }: Known): readonly (readonly PreparedFile[])[] {
  const queues: PreparedFile[][] = []
  const queueOf = new Map<string, PreparedFile[]>()
  for (const file of files) {
    const keys = file.dossiers.flatMap((each) => [
      charts.get(each)?.id ?? '',
      ...(charts.get(each)?.keys ?? []),
      each.claim.id ?? '',
    ])
    const met = [...new Set(keys.map((key) => queueOf.get(key)))].filter((queue) => queue !== undefined)
    const queue: PreparedFile[] = met[0] ?? []
    if (met.length === 0) queues.push(queue)
    for (const other of met.slice(1)) {
      queue.push(...other.splice(0))
      for (const [key, owner] of queueOf) if (owner === other) queueOf.set(key, queue)
    }
    queue.push(file)
    for (const key of keys) queueOf.set(key, queue)
  }
  return queues
}

async function importOne(file: PreparedFile, setting: ImportSetting, known: Known | null): Promise<StoredFile> {
  const { store, signal } = setting
  const kept = keptFile(file)
  for (let attempt = 1; ; attempt++) {
    if (signal?.aborted) return { file, outcome: 'cancelled', resources: 0, findings: [] }
    const knowing = (attempt === 1 && known) || (await lookUp([file], setting))
    const { writes, findings, shared } = writesOf(file, kept, { ...knowing, isFirst: attempt === 1 }, setting)
    const outcome = await store.importSource({ hash: file.hash, name: 'bhxh' }, () => batches(writes), IMPORTER)
    if (outcome.ok) {
      for (const reference of shared) setting.known.add(reference)
      const { already, resources } = outcome.value
      return { file, outcome: already ? 'already' : 'imported', resources, findings }
    }
    const [first] = outcome.refusals
    const raced = outcome.refusals.every(({ rule }) => rule === 'STORE-1' || rule === 'STORE-2')
    if (raced && attempt < ATTEMPTS) continue
    const { rule = '', message } = first ?? {}
    return { file, outcome: 'refused', resources: 0, findings: [notStored(rule, message?.vi ?? '', message?.en ?? '')] }
  }
}

const BATCH = 500

/**
 * What may be there first, then what is new for certain: of the latter PostgreSQL need not be asked. Everybody writes in
 * this one order, so that two importers never wait for each other.
 */
async function* batches(writes: readonly Write[]) {
  const sorted = writes.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  for (const part of [sorted.filter((write) => !isNew(write)), sorted.filter(isNew)]) {
    for (let start = 0; start < part.length; start += BATCH) yield accept(part.slice(start, start + BATCH))
  }
}

const isNew = (write: Write): boolean => write.method === 'put' && write.expected === 'none'
const keyOf = ({ type, id }: Write): string => `${isShared(type) ? 0 : 1} ${type}/${id}`

async function lookUp(files: readonly PreparedFile[], { store }: ImportSetting): Promise<Known> {
  const dossiers = files.flatMap((file) => file.dossiers)
  const asked = dossiers.flatMap(({ dossier, claim, resources }) => [
    { type: 'DocumentReference', id: documentId(dossier) },
    { type: 'Task', id: claim.id ?? '' },
    ...resources
      .filter(({ resourceType }) => resourceType === 'Coverage')
      .map(({ id = '' }) => ({ type: 'Coverage', id })),
  ])
  const found = await store.readMany(asked)
  const current = new Map(found.flatMap((version) => (version ? [[`${version.type}/${version.id}`, version]] : [])))
  const before = new Map(
    dossiers.flatMap((each) => {
      const { resource } = versionOf<DocumentReference>(current, `DocumentReference/${documentId(each.dossier)}`)
      const [, id] = resource?.subject?.reference?.split('/') ?? []
      return id === undefined ? [] : [[each, id] as const]
    }),
  )
  return { current, charts: await findCharts(store, dossiers, before, IMPORTER.reference) }
}

interface Writing {
  readonly writes: readonly Write[]
  readonly findings: readonly Finding[]
  /** shared resources that are there once this is stored */
  readonly shared: readonly string[]
}

/** @param known `isFirst`: what the record does not know is taken for new, and the primary key says if it is not */
function writesOf(
  file: PreparedFile,
  { binary, attachment }: KeptFile,
  known: Known & { readonly isFirst: boolean },
  setting: ImportSetting,
): Writing {
  const writes = new Map<string, Write>()
  const findings: Finding[] = [...file.findings]
  const shared: string[] = []
  const put = (write: Write): unknown => writes.set(`${write.type}/${write.id}`, write)
  put(known.isFirst ? resourceWrite(binary, 'none') : present(resourceWrite(binary)))
  for (const prepared of file.dossiers) {
    const document = versionOf<DocumentReference>(known.current, `DocumentReference/${documentId(prepared.dossier)}`)
    if (document.resource && isLater(document.resource, prepared)) {
      findings.push(outdated())
      continue
    }
    const chart = known.charts.get(prepared)!
    const mapped =
      chart.id === prepared.patient.id ? prepared : { ...prepared, ...mapDossier(prepared.dossier, chart.id) }
    const unseen = known.isFirst && document.expected === 'none' ? 'none' : 'any'
    const now = new Set<string>()
    for (const resource of mapped.resources) {
      const reference = `${resource.resourceType}/${resource.id}`
      now.add(reference)
      if (resource.resourceType === 'Patient') continue
      if (resource.resourceType === 'Coverage') {
        if (!outlasts(known.current, resource)) put(resourceWrite(resource))
      } else if (!isShared(resource.resourceType)) put(resourceWrite(resource, unseen))
      else if (!setting.known.has(reference)) {
        shared.push(reference)
        put(present(resourceWrite(resource)))
      }
    }
    if (chart.write) put(chart.write)
    for (const doubt of chart.doubts) put(present(resourceWrite(doubt)))
    put(resourceWrite(keptDossier(attachment, mapped), document.expected))
    put(resourceWrite(taskOf(mapped, known, setting), unseen))
    for (const { type, id } of document.resource ? resourcesOf(document.resource) : []) {
      if (!isShared(type) && !now.has(`${type}/${id}`)) put({ method: 'delete', type, id, expected: 'any' })
    }
  }
  return { writes: [...writes.values()], findings, shared }
}

/** Whether the card is stored with a later end: dossiers come in any order. */
function outlasts(current: Known['current'], coverage: Coverage): boolean {
  const { resource } = versionOf<Coverage>(current, `Coverage/${coverage.id}`)
  return resource !== null && (resource.period?.end ?? '') > (coverage.period?.end ?? '')
}

/** Of what others may have completed by hand, what is there stays: only what is missing is written. */
const present = (write: Extract<Write, { method: 'put' }>): Write => ({ ...write, sameAs: () => true })

/** Whose it was to send stays so, unless it is said to be ours now. */
function taskOf(prepared: PreparedDossier, { current }: Known, { off, isToSend = false }: ImportSetting): Task {
  const { resource: before } = versionOf<Task>(current, `Task/${prepared.claim.id}`)
  const task = dossierTask({ ...prepared, off, isSentElsewhere: !isToSend && (!before || isSentElsewhere(before)) })
  if (!before) return task
  const changed = inState(task, stateOf(task), 'Hồ sơ được nhập lại từ một tệp mới', receiptOf(before))
  return changed
}

/** Whether what is stored was made on a later day than what came. */
function isLater(stored: DocumentReference, { dossier }: PreparedDossier): boolean {
  const made = dateOf(dossier.made)
  return made !== null && stored.date !== undefined && Date.parse(stored.date) > Date.parse(made)
}

function versionOf<T extends Coverage | DocumentReference | Task>(
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
