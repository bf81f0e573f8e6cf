import type { RecordStore } from '#foundation/record-store'
import type { Finding } from '#obligations/health-insurance'
import { Catalogue } from './catalogue.ts'
import { completeCatalogues, openFiles } from './complete-catalogues.ts'
import { cancelled } from './file-findings.ts'
import { importGroup, type ImportSetting, type StoredFile } from './import-group.ts'
import { importLarge } from './import-large.ts'
import { type Begun, prepareGroup, type Source } from './prepare-group.ts'
import { WHOLE } from './read-file.ts'
import { renewFindings } from './renew-findings.ts'
import type { Reported } from './report.ts'

/** Files that are stored in one transaction, and bytes of a group in memory. */
const GROUP = 24
const GROUP_BYTES = 16 * 2 ** 20

/** Groups with PostgreSQL at a time. */
const STORING = 2

/** Dossiers after which the catalogues are written although the run goes on. */
const CATALOGUE_EVERY = 1_000

/** Shared resources remembered as stored. */
const MOST_KNOWN = 50_000

/** What became of one file. */
export interface ImportedFile {
  readonly path: string
  readonly size: number
  readonly outcome: StoredFile['outcome']
  readonly dossiers: number
  readonly resources: number
  /** by dossier; what concerns the file as a whole under dossier null */
  readonly reported: readonly Reported[]
}

export interface ImportOptions {
  readonly store: RecordStore
  /** rules that are switched off */
  readonly off: ReadonlySet<string>
  /** what comes is ours to send; otherwise another program has sent it or may have */
  readonly isToSend?: boolean
  /** bytes of the largest file that is held in memory whole; absent: WHOLE */
  readonly whole?: number
  /** ends the import between two files; of a file under way nothing stays */
  readonly signal?: AbortSignal
}

/**
 * Imports files in the order in which they come, a group at a time; the next group is read and mapped while PostgreSQL
 * stores those before. However many files there are, memory holds three groups.
 */
export async function* importFiles(
  sources: AsyncIterable<Source> | Iterable<Source>,
  { store, off, isToSend = false, signal, whole = WHOLE }: ImportOptions,
): AsyncGenerator<ImportedFile> {
  const setting: ImportSetting = { store, off, isToSend, signal, known: new Set() }
  const catalogue: Seen = { catalogue: new Catalogue(store), files: [] }
  const left = await openFiles(store)
  const storing: Promise<readonly ImportedFile[]>[] = []
  try {
    for await (const group of groups(sources, whole)) {
      if (signal?.aborted) break
      const [first] = group
      const isLarge = first !== undefined && isTooLarge(first, whole)
      const prepared = isLarge ? null : await prepareGroup(group, store)
      if (storing.length === STORING) {
        yield* await storing[0]!
        storing.shift()
      }
      const stored = prepared ? storeGroup(prepared, setting, catalogue) : storeLarge(first!, setting)
      stored.catch(() => undefined)
      storing.push(stored)
    }
    while (storing.length > 0) {
      yield* await storing[0]!
      storing.shift()
    }
  } finally {
    await Promise.allSettled(storing)
    await writeCatalogue(catalogue, store)
  }
  if (!signal?.aborted) await completeCatalogues(store, left)
}

/** What was stored and is not in the catalogues yet. */
interface Seen {
  readonly catalogue: Catalogue
  /** hashes */
  readonly files: string[]
}

const writeCatalogue = async ({ catalogue, files }: Seen, store: RecordStore): Promise<void> =>
  renewFindings(store, await catalogue.write(files.splice(0)))

/** Files for one transaction; a large one is alone. */
async function* groups(
  sources: AsyncIterable<Source> | Iterable<Source>,
  whole: number,
): AsyncGenerator<readonly Source[]> {
  const group: Source[] = []
  let bytes = 0
  for await (const source of sources) {
    const isLarge = isTooLarge(source, whole)
    if (isLarge && group.length > 0) yield group.splice(0)
    group.push(source)
    bytes = group.length === 1 ? source.size : bytes + source.size
    if (group.length === GROUP || bytes >= GROUP_BYTES || isLarge) yield group.splice(0)
  }
  if (group.length > 0) yield group
}

const isTooLarge = ({ size, bytes }: Source, whole: number): boolean => bytes === undefined && size > whole

async function storeGroup(
  begun: readonly Begun[],
  setting: ImportSetting,
  seen: Seen,
): Promise<readonly ImportedFile[]> {
  const stored = await importGroup(
    begun.flatMap((each) => ('file' in each ? each.file : [])),
    setting,
  )
  const results = stored.values()
  if (setting.known.size > MOST_KNOWN) setting.known.clear()
  for (const { outcome, file } of stored) {
    if (outcome !== 'imported') continue
    seen.files.push(file.hash)
    for (const { dossier } of file.dossiers) seen.catalogue.see(dossier)
  }
  if (seen.catalogue.dossiers > CATALOGUE_EVERY) await writeCatalogue(seen, setting.store)
  return begun.map((each) =>
    'file' in each ? told(each.source, results.next().value!) : without(each.source, each.outcome, each.findings),
  )
}

async function storeLarge(source: Source, setting: ImportSetting): Promise<readonly ImportedFile[]> {
  const { path, size } = source
  const { outcome, dossiers, resources, findings, reported } = await importLarge(path, setting)
  if (outcome === 'cancelled') return [without(source, outcome, [cancelled()])]
  const ofFile = findings.length > 0 ? [{ file: path, dossier: null, findings }] : []
  return [{ path, size, outcome, dossiers, resources, reported: [...ofFile, ...reported] }]
}

const without = (
  { path, size }: Source,
  outcome: StoredFile['outcome'],
  findings: readonly Finding[],
): ImportedFile => ({
  path,
  size,
  outcome,
  dossiers: 0,
  resources: 0,
  reported: findings.length > 0 ? [{ file: path, dossier: null, findings }] : [],
})

function told(source: Source, { file, outcome, resources, findings }: StoredFile): ImportedFile {
  if (outcome === 'cancelled') return without(source, outcome, [cancelled()])
  if (outcome !== 'imported') return without(source, outcome, findings)
  const ofFile = findings.length > 0 ? [{ file: source.path, dossier: null, findings }] : []
  const ofDossiers = file.dossiers.map((each) => ({
    file: source.path,
    dossier: each.dossier.visit,
    findings: each.findings,
  }))
  const { path, size } = source
  return { path, size, outcome, dossiers: file.dossiers.length, resources, reported: [...ofFile, ...ofDossiers] }
}
