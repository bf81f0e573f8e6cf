import { readFile } from 'node:fs/promises'
import type { RecordStore } from '#foundation/record-store'
import type { Finding } from '#obligations/health-insurance'
import { Catalogue } from './catalogue.ts'
import { codeOf } from './check-files.ts'
import type { DossierFile } from './dossier-files.ts'
import { cancelled, faulty, tooLarge, unreadable } from './file-findings.ts'
import { importGroup, type ImportSetting, knownFiles, type StoredFile } from './import-group.ts'
import { hashOf, type Preparation, type PreparedFile, prepareFile } from './prepare-file.ts'
import { WHOLE } from './read-file.ts'
import type { Reported } from './report.ts'

/** Files that are stored in one transaction, and bytes of a group in memory. */
const GROUP = 24
const GROUP_BYTES = 16 * 2 ** 20

/** Groups with PostgreSQL at a time. */
const STORING = 2

/** Dossiers after which the catalogues are written although the run goes on. */
const CATALOGUE_EVERY = 5_000

/** Shared resources remembered as stored. */
const MOST_KNOWN = 50_000

/** A file to import: on the disk, or already in memory. */
export type Source = DossierFile & { readonly bytes?: Uint8Array }

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
  /** ends the import between two files; of a file under way nothing stays */
  readonly signal?: AbortSignal
}

/**
 * Imports files in the order in which they come, a group at a time; the next group is read and mapped while PostgreSQL
 * stores those before. However many files there are, memory holds three groups.
 */
export async function* importFiles(
  sources: AsyncIterable<Source> | Iterable<Source>,
  { store, off, isToSend = false, signal }: ImportOptions,
): AsyncGenerator<ImportedFile> {
  const setting: ImportSetting = { store, off, isToSend, signal, known: new Set() }
  const catalogue = new Catalogue(store)
  const storing: Promise<readonly ImportedFile[]>[] = []
  try {
    for await (const group of groups(sources)) {
      if (signal?.aborted) break
      const prepared = await prepareGroup(group, store)
      if (storing.length === STORING) {
        yield* await storing[0]!
        storing.shift()
      }
      const stored = storeGroup(prepared, setting, catalogue)
      stored.catch(() => undefined)
      storing.push(stored)
    }
    while (storing.length > 0) {
      yield* await storing[0]!
      storing.shift()
    }
  } finally {
    await Promise.allSettled(storing)
    await catalogue.write()
  }
}

async function* groups(sources: AsyncIterable<Source> | Iterable<Source>): AsyncGenerator<readonly Source[]> {
  let group: Source[] = []
  let bytes = 0
  for await (const source of sources) {
    group.push(source)
    bytes += source.size
    if (group.length < GROUP && bytes < GROUP_BYTES) continue
    yield group
    group = []
    bytes = 0
  }
  if (group.length > 0) yield group
}

/** A file as far as it got without the store: prepared, or what became of it. */
type Begun = { readonly source: Source } & ({ readonly file: PreparedFile } | { readonly ended: ImportedFile })

async function prepareGroup(group: readonly Source[], store: RecordStore): Promise<readonly Begun[]> {
  const read = await Promise.all(group.map(readSource))
  const hashes = read.map((bytes) => (bytes instanceof Uint8Array ? hashOf(bytes) : ''))
  const known = await knownFiles(store, hashes)
  const begun: Begun[] = []
  for (const [place, source] of group.entries()) {
    const bytes = read[place]!
    begun.push(prepareOne(source, bytes, known[place] === true))
    // A group is a hundred milliseconds of work: others want a turn in between.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return begun
}

function prepareOne(source: Source, bytes: Uint8Array | Finding, isKnown: boolean): Begun {
  if (!(bytes instanceof Uint8Array)) return { source, ended: without(source, 'refused', [bytes]) }
  if (isKnown) return { source, ended: without(source, 'already', []) }
  const preparation = prepareSafely(source.path, bytes)
  return preparation.ok
    ? { source, file: preparation.file }
    : { source, ended: without(source, 'refused', preparation.findings) }
}

/** A fault of ours in one file is told there, and does not end the others. */
function prepareSafely(path: string, bytes: Uint8Array): Preparation {
  try {
    return prepareFile(path, bytes)
  } catch (error) {
    return { ok: false, findings: [faulty(error instanceof Error ? error.message : 'unknown')] }
  }
}

async function readSource({ path, size, bytes }: Source): Promise<Uint8Array | Finding> {
  if (bytes) return bytes
  if (size > WHOLE) return tooLarge(WHOLE / 2 ** 20)
  try {
    return await readFile(path)
  } catch (error) {
    return unreadable(codeOf(error))
  }
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

async function storeGroup(
  begun: readonly Begun[],
  setting: ImportSetting,
  catalogue: Catalogue,
): Promise<readonly ImportedFile[]> {
  const stored = await importGroup(
    begun.flatMap((each) => ('file' in each ? each.file : [])),
    setting,
  )
  const results = stored.values()
  if (setting.known.size > MOST_KNOWN) setting.known.clear()
  for (const { outcome, file } of stored) {
    if (outcome === 'imported') for (const { dossier } of file.dossiers) catalogue.see(dossier)
  }
  if (catalogue.dossiers > CATALOGUE_EVERY) await catalogue.write()
  return begun.map((each) => ('file' in each ? told(each.source, results.next().value!) : each.ended))
}

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
