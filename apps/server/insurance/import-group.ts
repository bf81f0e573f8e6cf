/**
 * A few files at a time, in one transaction: what the record knows of their patients and dossiers is read for all of them
 * at once, while nobody else imports anything about them. A file is stored whole or not at all, and so are its neighbours
 * unless one of them is refused: then each is stored by itself.
 */
import type { Attachment, Coverage, DocumentReference, FhirResource, Task } from '#fhir/r4'
import { accept, type Outcome } from '#fhir/outcome'
import type { ImportedSource, ImportWork, RecordStore, StoredVersion, Write } from '#foundation/record-store'
import type { Finding } from '#obligations/health-insurance'
import { dossierTask, inState, isSentElsewhere, receiptOf, stateOf } from './dossier-task.ts'
import { faulty, notStored, outdated } from './file-findings.ts'
import {
  binaryId,
  dateOf,
  documentId,
  fingerprintIn,
  fingerprintOf,
  isShared,
  keptDossier,
  keptFile,
  type KeptFile,
  resourcesOf,
} from './kept-dossier.ts'
import { type Chart, findCharts, leadingKeys } from './find-charts.ts'
import { mapDossier, type PreparedDossier, type PreparedFile } from './prepare-file.ts'
import { resourceWrite } from './resource-write.ts'

export const IMPORTER = { reference: 'Device/lanh-import' }

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

/** What the record knows before files are stored. */
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
  for (let rest = files; rest.length > 0;) {
    const { now, later } = apart(rest)
    for (const result of await storeAll(now, setting)) results.set(result.file, result)
    rest = later
  }
  return files.map((file) => results.get(file)!)
}

/** A file that has a dossier of an earlier one, or is the same file, builds on what becomes of that one. */
function apart(files: readonly PreparedFile[]): Readonly<Record<'now' | 'later', readonly PreparedFile[]>> {
  const taken = new Set<string>()
  const now: PreparedFile[] = []
  const later: PreparedFile[] = []
  for (const file of files) {
    const own = [file.hash, ...file.dossiers.map(({ dossier }) => documentId(dossier))]
    if (own.some((each) => taken.has(each))) later.push(file)
    else now.push(file)
    for (const each of own) taken.add(each)
  }
  return { now, later }
}

/** All of them in one transaction; where that is refused each by itself, so that one does not keep the others out. */
async function storeAll(files: readonly PreparedFile[], setting: ImportSetting): Promise<readonly StoredFile[]> {
  if (setting.signal?.aborted) {
    return files.map((file) => ({ file, outcome: 'cancelled', resources: 0, findings: [] }))
  }
  const [first, ...others] = files
  const outcome = await storeTogether(files, setting).catch((fault: unknown) => {
    const code = dataFault(fault)
    if (code === null) throw fault
    return { ok: false as const, findings: [faulty(`SQLSTATE ${code}`)] }
  })
  if (outcome.ok) return outcome.value
  if (first && others.length === 0)
    return [{ file: first, outcome: 'refused', resources: 0, findings: outcome.findings }]
  const results: StoredFile[] = []
  for (const file of files) results.push(...(await storeAll([file], setting)))
  return results
}

/** Classes of errors that another attempt would meet again or, a deadlock, that smaller attempts may not meet. */
const DATA_FAULT = /^(22|23|40P01|54)/

/** @returns the code by which PostgreSQL refused what a file says; null for any other fault */
function dataFault(fault: unknown): string | null {
  const code = typeof fault === 'object' && fault !== null && 'code' in fault ? String(fault.code) : ''
  return DATA_FAULT.test(code) ? code : null
}

type Stored =
  | { readonly ok: true; readonly value: readonly StoredFile[] }
  | { readonly ok: false; readonly findings: readonly Finding[] }

async function storeTogether(files: readonly PreparedFile[], setting: ImportSetting): Promise<Stored> {
  const kept = new Map(files.map((file) => [file, keptFile(file)]))
  for (let attempt = 1; ; attempt++) {
    let written: Writing | null = null
    const outcome = await setting.store.importTogether(
      {
        sources: files.map(({ hash }) => ({ hash, name: 'bhxh' })),
        locks: files.flatMap(({ dossiers }) => dossiers.flatMap(locksOf)),
        isOpen: true,
        async work(asked) {
          const fresh = files.filter(({ hash }) => asked.fresh.has(hash))
          const known = { ...(await lookUp(fresh, asked)), isFirst: attempt === 1 && asked.round === 0 }
          written = writesOf(fresh, kept, known, setting)
          return writeAll(asked, written)
        },
      },
      IMPORTER,
    )
    if (outcome.ok) return { ok: true, value: storedFiles(files, outcome.value, written, setting) }
    const raced = outcome.refusals.every(({ rule }) => rule === 'STORE-1' || rule === 'STORE-2')
    if (raced && attempt < ATTEMPTS) continue
    const [{ rule = '', message } = {}] = outcome.refusals
    return { ok: false, findings: [notStored(rule, message?.vi ?? '', message?.en ?? '')] }
  }
}

/** Whoever imports the same dossier, or a person who may be the same, waits. */
const locksOf = ({ dossier, patient }: PreparedDossier): readonly string[] => [
  `dossier ${documentId(dossier)}`,
  ...leadingKeys(patient).map((key) => `patient ${key}`),
]

function storedFiles(
  files: readonly PreparedFile[],
  outcomes: readonly ImportedSource[],
  written: Writing | null,
  { known }: ImportSetting,
): readonly StoredFile[] {
  for (const reference of written?.shared ?? []) known.add(reference)
  return files.map((file, place) => {
    const { already = false, resources = 0 } = outcomes[place] ?? {}
    return already
      ? { file, outcome: 'already', resources: 0, findings: [] }
      : { file, outcome: 'imported', resources, findings: written?.findings.get(file.hash) ?? [] }
  })
}

/** Resources that one statement carries. */
const PORTION = 1000

/**
 * What may be there first, then what is new for certain: of the latter PostgreSQL need not be asked. Everybody writes in
 * this one order, so that two importers never wait for each other.
 * @returns resources that became versions, by the hash of the file they came with
 */
async function writeAll(asked: ImportWork, { writes, ofFile }: Writing): Promise<Outcome<ReadonlyMap<string, number>>> {
  const counts = new Map<string, number>()
  const sorted = [...writes].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, write]) => write)
  const known = sorted.filter((write) => !isNew(write)).toSorted((a, b) => rank(a) - rank(b))
  for (const part of [known, sorted.filter(isNew)]) {
    for (let start = 0; start < part.length; start += PORTION) {
      const outcome = await asked.write(part.slice(start, start + PORTION))
      if (!outcome.ok) return outcome
      for (const { effect, stored } of outcome.value) {
        const hash = ofFile.get(`${stored.type}/${stored.id}`) ?? ''
        if (effect !== 'unchanged' && effect !== 'absent') counts.set(hash, (counts.get(hash) ?? 0) + 1)
      }
    }
  }
  return accept(counts)
}

const isNew = (write: Write): boolean => write.method === 'put' && write.expected === 'none'
const rank = ({ type }: Write): number => (isShared(type) ? 0 : 1)

async function lookUp(files: readonly PreparedFile[], asked: ImportWork): Promise<Known> {
  const dossiers = files.flatMap((file) => file.dossiers)
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
  return { current, charts: await findCharts(asked, dossiers, before, IMPORTER.reference) }
}

interface Writing {
  readonly writes: ReadonlyMap<string, Write>
  /** hash of the file that a write came with, by reference */
  readonly ofFile: ReadonlyMap<string, string>
  /** by hash of the file */
  readonly findings: ReadonlyMap<string, readonly Finding[]>
  /** shared resources that are there once this is stored */
  readonly shared: readonly string[]
}

/** What the files become, gathered file after file. */
interface Gathering {
  readonly put: (write: Write) => void
  readonly known: Known & { readonly isFirst: boolean }
  readonly setting: ImportSetting
  readonly shared: string[]
  /** cards by reference, as they will be stored */
  readonly cards: Map<string, Coverage>
}

/** @param known `isFirst`: what the record does not know is taken for new, and the primary key says if it is not */
function writesOf(
  files: readonly PreparedFile[],
  kept: ReadonlyMap<PreparedFile, KeptFile>,
  known: Gathering['known'],
  setting: ImportSetting,
): Writing {
  const writes = new Map<string, Write>()
  const ofFile = new Map<string, string>()
  const findings = new Map<string, readonly Finding[]>()
  const shared: string[] = []
  const cards = new Map<string, Coverage>()
  for (const file of files) {
    const put = (write: Write): void => {
      const reference = `${write.type}/${write.id}`
      writes.set(reference, write)
      ofFile.set(reference, file.hash)
    }
    const { binary, attachment } = kept.get(file)!
    put(known.isFirst ? resourceWrite(binary, 'none') : present(resourceWrite(binary)))
    const late = file.dossiers.filter(
      (prepared) => !gatherDossier(prepared, attachment, { put, known, setting, shared, cards }),
    )
    findings.set(file.hash, [...file.findings, ...late.map(outdated)])
  }
  return { writes, ofFile, findings, shared }
}

/** @returns false where a later state of the dossier is stored */
function gatherDossier(prepared: PreparedDossier, attachment: Attachment, into: Gathering): boolean {
  const { put, known, setting } = into
  const document = versionOf<DocumentReference>(known.current, `DocumentReference/${documentId(prepared.dossier)}`)
  if (document.resource && isLater(document.resource, prepared)) return false
  const chart = known.charts.get(prepared)!
  const mapped =
    chart.id === prepared.patient.id ? prepared : { ...prepared, ...mapDossier(prepared.dossier, chart.id) }
  const unseen = known.isFirst && document.expected === 'none' ? 'none' : 'any'
  const now = new Set<string>()
  for (const resource of mapped.resources) {
    now.add(`${resource.resourceType}/${resource.id}`)
    if (resource.resourceType === 'Patient') continue
    if (resource.resourceType === 'Coverage') gatherCard(resource, into)
    else if (isShared(resource.resourceType)) gatherShared(resource, into)
    else put(resourceWrite(resource, unseen))
  }
  if (chart.write) put(chart.write)
  for (const doubt of chart.doubts) put(present(resourceWrite(doubt)))
  put(resourceWrite(keptDossier(attachment, mapped), document.expected))
  const task = taskOf(mapped, document.resource, known, setting)
  if (task) put(resourceWrite(task, unseen))
  for (const { type, id } of document.resource ? resourcesOf(document.resource) : []) {
    if (!isShared(type) && !now.has(`${type}/${id}`)) put({ method: 'delete', type, id, expected: 'any' })
  }
  return true
}

function gatherShared(resource: FhirResource, { put, setting, shared }: Gathering): void {
  const reference = `${resource.resourceType}/${resource.id}`
  if (setting.known.has(reference)) return
  shared.push(reference)
  put(present(resourceWrite(resource)))
}

/** Dossiers come in any order: a card that is known with a later end stays. */
function gatherCard(card: Coverage, { put, known, cards }: Gathering): void {
  const reference = `Coverage/${card.id}`
  const stored = known.current.get(reference)
  const { resource, expected } = versionOf<Coverage>(known.current, reference)
  const before = cards.get(reference) ?? resource
  if (before !== null && (before.period?.end ?? '') > (card.period?.end ?? '')) return
  cards.set(reference, card)
  const write = resourceWrite(card, known.isFirst ? expected : 'any')
  if (!stored?.body || !write.sameAs?.(stored.body)) put(write)
}

/** Of what others may have completed by hand, what is there stays: only what is missing is written. */
const present = (write: Extract<Write, { method: 'put' }>): Write => ({ ...write, sameAs: () => true })

/** Whose it was to send stays so, unless it is said to be ours now. */
/** States that the check alone decides; the others are between us and the portal. */
const CHECKED: ReadonlySet<string> = new Set(['draft', 'ready', 'elsewhere'])

/**
 * The work on the dossier from now on. What says the same as before stays where it is with the portal; what was corrected
 * begins anew, and its receipt is kept.
 * @returns null where the Task stays as it is
 */
function taskOf(
  prepared: PreparedDossier,
  document: DocumentReference | null,
  { current }: Known,
  { off, isToSend = false }: ImportSetting,
): Task | null {
  const { resource: before } = versionOf<Task>(current, `Task/${prepared.claim.id}`)
  const task = dossierTask({ ...prepared, off, isSentElsewhere: !isToSend && (!before || isSentElsewhere(before)) })
  if (!before) return task
  const isSame = document !== null && fingerprintIn(document) === fingerprintOf(prepared.dossier)
  const stays = !CHECKED.has(stateOf(before)) || (stateOf(before) === stateOf(task) && sameWork(before, task))
  if (isSame && stays) return null
  return inState(task, stateOf(task), 'Hồ sơ được nhập lại từ một tệp mới', receiptOf(before))
}

/** What the check found, and who sends it. */
const sameWork = (a: Task, b: Task): boolean =>
  JSON.stringify([a.input, a.meta?.tag]) === JSON.stringify([b.input, b.meta?.tag])

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
