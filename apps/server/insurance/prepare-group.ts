import { readFile } from 'node:fs/promises'
import type { RecordStore } from '#foundation/record-store'
import type { Finding } from '#obligations/health-insurance'
import { codeOf } from './check-files.ts'
import type { DossierFile } from './dossier-files.ts'
import { faulty, unreadable } from './file-findings.ts'
import { knownFiles } from './known-dossiers.ts'
import { hashOf, type Preparation, type PreparedFile, prepareFile } from './prepare-file.ts'

/** A file to import: on the disk, or already in memory. */
export type Source = DossierFile & { readonly bytes?: Uint8Array }

/** A file as far as it got without the store: prepared, or what became of it. */
export type Begun = { readonly source: Source } & (
  { readonly file: PreparedFile } | { readonly outcome: 'already' | 'refused'; readonly findings: readonly Finding[] }
)

/** Reads, checks and maps files that fit into memory. */
export async function prepareGroup(group: readonly Source[], store: RecordStore): Promise<readonly Begun[]> {
  const read = await Promise.all(group.map(readSource))
  const hashes = read.map((bytes) => (bytes instanceof Uint8Array ? hashOf(bytes) : ''))
  const known = await knownFiles(store, hashes)
  const begun: Begun[] = []
  for (const [place, source] of group.entries()) {
    begun.push(prepareOne(source, read[place]!, known[place] === true))
    // A group is a hundred milliseconds of work: others want a turn in between.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return begun
}

function prepareOne(source: Source, bytes: Uint8Array | Finding, isKnown: boolean): Begun {
  if (!(bytes instanceof Uint8Array)) return { source, outcome: 'refused', findings: [bytes] }
  if (isKnown) return { source, outcome: 'already', findings: [] }
  const preparation = prepareSafely(source.path, bytes)
  return preparation.ok
    ? { source, file: preparation.file }
    : { source, outcome: 'refused', findings: preparation.findings }
}

/** A fault of ours in one file is told there, and does not end the others. */
function prepareSafely(path: string, bytes: Uint8Array): Preparation {
  try {
    return prepareFile(path, bytes)
  } catch (error) {
    return { ok: false, findings: [faulty(error instanceof Error ? error.message : 'unknown')] }
  }
}

async function readSource({ path, bytes }: Source): Promise<Uint8Array | Finding> {
  if (bytes) return bytes
  try {
    return await readFile(path)
  } catch (error) {
    return unreadable(codeOf(error))
  }
}
