import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import {
  type Finding,
  type ReadDossier,
  readDossierFile,
  readDossiers,
  type ReadFile,
} from '#obligations/health-insurance'
import type { DossierFile } from './dossier-files.ts'

/** Larger files are read in pieces and are never whole in memory. */
export const WHOLE = 32 * 2 ** 20

/** What comes out of a file: its dossiers one after the other, then what is said of the file as a whole. */
export type FromFile =
  | { readonly kind: 'dossier'; readonly read: ReadDossier }
  | { readonly kind: 'refused' | 'end'; readonly findings: readonly Finding[] }

/** Reads a file of any size. 'refused' or 'end' comes last; after 'refused' what came before counts for nothing. */
export async function* readFileOfDossiers({ path, size }: DossierFile): AsyncGenerator<FromFile> {
  if (size > WHOLE) yield* readDossiers(createReadStream(path, { highWaterMark: 256 * 1024 }))
  else yield* fromWhole(readDossierFile(await readFile(path)))
}

/** The same of a file that was read whole. */
export function* fromWhole(file: ReadFile): Generator<FromFile> {
  if (!file.ok) {
    yield { kind: 'refused', findings: file.refused }
    return
  }
  for (const read of file.dossiers) yield { kind: 'dossier', read }
  yield { kind: 'end', findings: file.findings }
}
