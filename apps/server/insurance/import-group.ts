/**
 * A few files at a time, in one transaction: what the record knows of their patients and dossiers is read for all of them
 * at once, while nobody else imports anything about them. A file is stored whole or not at all, and so are its neighbours
 * unless one of them is refused: then each is stored by itself.
 */
import type { ImportedSource, RecordStore } from '#foundation/record-store'
import type { Finding } from '#obligations/health-insurance'
import { faulty, notStored } from './file-findings.ts'
import { leadingKeys } from './find-charts.ts'
import { type Batch, type GatherSetting, type Writing, writesOf } from './gather-writes.ts'
import { documentId, keptFile } from './kept-dossier.ts'
import { IMPORTER, lookUp } from './known-dossiers.ts'
import type { PreparedDossier, PreparedFile } from './prepare-file.ts'
import { storeWrites } from './store-writes.ts'

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

export interface ImportSetting extends GatherSetting {
  readonly store: RecordStore
  readonly signal?: AbortSignal | undefined
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
  const batches = files.map(batchOf)
  const locks = [...new Set(files.flatMap(({ dossiers }) => dossiers.flatMap(locksOf)))]
  for (let attempt = 1; ; attempt++) {
    let written: Writing | null = null
    const outcome = await setting.store.importTogether(
      {
        sources: files.map(({ hash }) => ({ hash, name: 'bhxh' })),
        locks: locks.length > MOST_LOCKS ? 'all' : locks,
        isOpen: true,
        async work(asked) {
          const fresh = batches.filter(({ hash }) => asked.fresh.has(hash))
          const known = await lookUp(
            fresh.flatMap(({ dossiers }) => dossiers),
            asked,
          )
          written = writesOf(fresh, { ...known, isFirst: attempt === 1 && asked.round === 0 }, setting)
          return storeWrites(asked, written)
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

function batchOf(file: PreparedFile): Batch {
  const { binary, attachment } = keptFile(file)
  return { hash: file.hash, dossiers: file.dossiers, binaries: [binary], attachments: () => [attachment] }
}

/** PostgreSQL has room for some four thousand locks of everybody. */
const MOST_LOCKS = 1000

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
      : {
          file,
          outcome: 'imported',
          resources,
          findings: [...file.findings, ...(written?.findings.get(file.hash) ?? [])],
        }
  })
}
