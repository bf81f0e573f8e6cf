/**
 * A file that is too large for memory: read twice from the disk. The first reading proves it (what was counted in came
 * out, nothing is broken) and takes its hash; the second stores it, a portion of dossiers after the other, in one
 * transaction. So it is in the record whole or not at all, like any other.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Attachment } from '#fhir/r4'
import { accept, no, type Outcome, refuse } from '#fhir/outcome'
import type { ImportWork } from '#foundation/record-store'
import { checkDossier, type Finding, readDossiers, type ReadDossier } from '#obligations/health-insurance'
import { Catalogue } from './catalogue.ts'
import { codeOf } from './check-files.ts'
import { damaged, notStored, unreadable, withoutFacility, withoutVisit } from './file-findings.ts'
import { type Batch, writesOf } from './gather-writes.ts'
import type { ImportSetting } from './import-group.ts'
import { binaryId, keptPiece, keptPieces, keptReading } from './kept-dossier.ts'
import { IMPORTER, knownFiles, lookUp } from './known-dossiers.ts'
import { prepareDossier, type PreparedDossier } from './prepare-file.ts'
import { renewFindings } from './renew-findings.ts'
import type { Reported } from './report.ts'
import { resourceWrite } from './resource-write.ts'
import { storeWrites } from './store-writes.ts'

/** Dossiers of one round of statements. */
const PORTION = 32
/** Bytes of the file in one Binary. */
const PIECE = 8 * 2 ** 20
const READ = 256 * 1024
/** Findings that are told of one file; a check tells all of them. */
const MOST_TOLD = 20_000

export interface StoredLarge {
  readonly outcome: 'imported' | 'already' | 'refused' | 'cancelled'
  readonly dossiers: number
  readonly resources: number
  /** of the file as a whole */
  readonly findings: readonly Finding[]
  /** dossiers in which something was found */
  readonly reported: readonly Reported[]
}

/** @param path of a file that is not in memory */
export async function importLarge(path: string, setting: ImportSetting): Promise<StoredLarge> {
  try {
    return await readTwice(path, setting)
  } catch (error) {
    if (error instanceof Unreadable) return ended('refused', [unreadable(error.code)])
    throw error
  }
}

async function readTwice(path: string, setting: ImportSetting): Promise<StoredLarge> {
  const catalogue = new Catalogue(setting.store)
  const proof = await prove(path, setting.signal)
  if (!proof.ok) return ended(proof.findings.length === 0 ? 'cancelled' : 'refused', proof.findings)
  const [isKnown] = await knownFiles(setting.store, [proof.hash])
  if (isKnown) return ended('already', [])
  const outcome = await setting.store.importTogether(
    {
      sources: [{ hash: proof.hash, name: 'bhxh' }],
      locks: 'all',
      isOpen: true,
      work: async (asked) =>
        asked.fresh.size === 0 ? accept(new Map()) : storeFile(path, proof, asked, setting, catalogue),
    },
    IMPORTER,
  )
  if (!outcome.ok) {
    if (setting.signal?.aborted) return ended('cancelled', [])
    const [{ rule = '', message } = {}] = outcome.refusals
    return ended('refused', [notStored(rule, message?.vi ?? '', message?.en ?? '')])
  }
  const { already = false, resources = 0 } = outcome.value[0] ?? {}
  if (already) return ended('already', [])
  await renewFindings(setting.store, await catalogue.write([proof.hash]))
  return {
    outcome: 'imported',
    dossiers: proof.dossiers,
    resources,
    findings: proof.findings,
    reported: proof.reported,
  }
}

const ended = (outcome: StoredLarge['outcome'], findings: readonly Finding[]): StoredLarge => ({
  outcome,
  dossiers: 0,
  resources: 0,
  findings,
  reported: [],
})

/** A file that was read whole. */
interface Proof {
  readonly ok: true
  /** SHA-256, hex */
  readonly hash: string
  readonly dossiers: number
  readonly findings: readonly Finding[]
  readonly reported: readonly Reported[]
}

/** The first reading. @returns no findings where it was cancelled */
async function prove(
  path: string,
  signal: AbortSignal | undefined,
): Promise<Proof | { readonly ok: false; readonly findings: readonly Finding[] }> {
  const digest = createHash('sha256')
  const reported: Reported[] = []
  let dossiers = 0
  let told = 0
  for await (const each of readDossiers(piecesOf(path, (bytes) => void digest.update(bytes)))) {
    if (signal?.aborted) return { ok: false, findings: [] }
    if (each.kind !== 'dossier') {
      const { kind, findings } = each
      return kind === 'refused'
        ? { ok: false, findings }
        : { ok: true, hash: digest.digest('hex'), dossiers, findings, reported }
    }
    const { read } = each
    const refused = refusalOf(read)
    if (refused) return { ok: false, findings: [refused] }
    dossiers++
    const { dossier } = read
    const findings = [...read.findings, ...checkDossier(dossier)]
    if (findings.length > 0 && told < MOST_TOLD) reported.push({ file: path, dossier: dossier.visit, findings })
    told += findings.length
  }
  throw new Error('a file of dossiers ended without an end')
}

/** What stands at the end of the file cannot be waited for: its dossiers go into the record while it is read. */
function refusalOf({ dossier }: ReadDossier): Finding | null {
  if (dossier.facility === '') return withoutFacility()
  if (dossier.visit.trim() === '') return withoutVisit()
  return dossier.tables.XML1?.[0] === undefined ? damaged() : null
}

/** What the system says when it does not let us read. */
class Unreadable extends Error {
  readonly code: string
  constructor(code: string) {
    super('a file of dossiers cannot be read')
    this.code = code
  }
}

async function* piecesOf(path: string, seen: (bytes: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: READ })) {
      seen(chunk as Uint8Array)
      yield chunk as Uint8Array
    }
  } catch (error) {
    throw new Unreadable(codeOf(error))
  }
}

const notTheSame = () =>
  refuse([
    no('BHXH-9', 'conflict', { vi: 'tệp đã thay đổi trong khi đọc', en: 'the file changed while it was read' }, ''),
  ])

/** The second reading. @returns resources that were written, by hash */
async function storeFile(
  path: string,
  { hash, dossiers: expected }: Proof,
  asked: ImportWork,
  setting: ImportSetting,
  catalogue: Catalogue,
): Promise<Outcome<ReadonlyMap<string, number>>> {
  const pieces = new Pieces(hash)
  const digest = createHash('sha256')
  const inWhole: Attachment = { contentType: 'application/gzip', url: `Binary/${binaryId(hash)}` }
  let resources = 0
  let place = 0
  let portion: PreparedDossier[] = []
  const store = async (): Promise<Outcome<unknown>> => {
    const batch = batchOf(hash, portion, inWhole, place)
    const known = await lookUp(portion, asked)
    place += portion.length
    portion = []
    const outcome = await storeWrites(asked, writesOf([batch], { ...known, isFirst: asked.round === 0 }, setting))
    if (outcome.ok) resources += outcome.value.get(hash) ?? 0
    return outcome
  }
  const seen = (bytes: Uint8Array): void => {
    digest.update(bytes)
    pieces.add(bytes)
  }
  for await (const each of readDossiers(piecesOf(path, seen))) {
    if (setting.signal?.aborted || each.kind === 'refused') return notTheSame()
    const prepared = each.kind === 'dossier' ? prepareDossier(each.read) : null
    if (prepared) {
      portion.push(prepared)
      catalogue.see(prepared.dossier)
    }
    if (portion.length >= PORTION || (each.kind === 'end' && portion.length > 0)) {
      const outcome = await store()
      if (!outcome.ok) return outcome
    }
    const outcome = await pieces.store(asked, each.kind === 'end')
    if (!outcome.ok) return outcome
  }
  if (digest.digest('hex') !== hash || place !== expected) return notTheSame()
  const outcome = await asked.write([resourceWrite(keptPieces({ hash, pieces: pieces.ids, dossiers: place }).binary)])
  return outcome.ok ? accept(new Map([[hash, resources + pieces.ids.length + 1]])) : outcome
}

/** Each dossier as it was read, and where the bytes are that it was read from. */
function batchOf(hash: string, dossiers: readonly PreparedDossier[], inWhole: Attachment, place: number): Batch {
  const readings = new Map(dossiers.map((each, n) => [each, keptReading(hash, place + n, each)]))
  return {
    hash,
    dossiers,
    binaries: [...readings.values()].map(({ binary }) => binary),
    attachments: (prepared) => [readings.get(prepared)!.attachment, inWhole],
  }
}

/** The bytes of the file on their way into Binaries. */
class Pieces {
  readonly ids: string[] = []
  readonly #hash: string
  #waiting: Uint8Array[] = []
  #bytes = 0

  constructor(hash: string) {
    this.#hash = hash
  }

  add(bytes: Uint8Array): void {
    this.#waiting.push(bytes)
    this.#bytes += bytes.length
  }

  /** Stores what makes a piece, or what is left. */
  async store(asked: ImportWork, isEnd: boolean): Promise<Outcome<unknown>> {
    if (this.#bytes === 0 || (this.#bytes < PIECE && !isEnd)) return accept(null)
    const { binary } = keptPiece(this.#hash, this.ids.length, Buffer.concat(this.#waiting))
    this.#waiting = []
    this.#bytes = 0
    this.ids.push(binary.id ?? '')
    return asked.write([resourceWrite(binary)])
  }
}
