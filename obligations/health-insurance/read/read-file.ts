import { findingOf } from '../rule.ts'
import type { Finding, ReadDossier, ReadFile } from '../types.ts'
import { envelopeReader } from './envelope-reader.ts'
import { plainXml } from './plain-xml.ts'
import { readRules } from './read-rules.ts'

/** XML 1.0 allows nothing before its declaration but a byte order mark; files edited by hand have blank lines there. */
const BEFORE = /^[\uFEFF\s]+/
const DECLARED = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/i

const isUtf8 = (start: string): boolean => /^utf-?8$/i.test(DECLARED.exec(start)?.[1] ?? 'utf-8')

/**
 * A whole file, in memory. Refused whole with the reason, or read whole.
 * @param bytes an envelope GIAMDINHHS with any number of dossiers, or a check-in message
 */
export function readDossierFile(bytes: Uint8Array): ReadFile {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(BEFORE, '')
  } catch {
    return { ok: false, refused: [findingOf(readRules.encoding)] }
  }
  if (!isUtf8(text.slice(0, 200))) return { ok: false, refused: [findingOf(readRules.encoding)] }
  const reader = envelopeReader()
  const root = plainXml(text)
  if (root !== null) reader.whole(root)
  const first = root === null ? reader.write(text) : []
  const { dossiers, findings, signature } = reader.close()
  if (reader.refused !== null) return { ok: false, refused: reader.refused }
  const all = [...first, ...dossiers]
  return {
    ok: true,
    dossiers: signature === null ? all : all.map((read) => ({ ...read, dossier: { ...read.dossier, signature } })),
    findings,
  }
}

/** What comes out of a file that is read in pieces. */
export type FromPieces =
  | { readonly kind: 'dossier'; readonly read: ReadDossier }
  | { readonly kind: 'refused' | 'end'; readonly findings: readonly Finding[] }

/**
 * A file of any size, piece by piece. 'refused' or 'end' comes last; after 'refused' what came before counts for nothing.
 * The signature stands at a file's end, so these dossiers come without it.
 */
export async function* readDossiers(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<FromPieces> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = envelopeReader()
  let isFirst = true
  const decode = (chunk?: Uint8Array): string | null => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch {
      return null
    }
  }
  for await (const chunk of chunks) {
    const decoded = decode(chunk)
    const text = isFirst ? decoded?.replace(BEFORE, '') : decoded
    if (text === null || text === undefined || (isFirst && !isUtf8(text.slice(0, 200)))) {
      yield { kind: 'refused', findings: [findingOf(readRules.encoding)] }
      return
    }
    if (text !== '') isFirst = false
    for (const read of reader.write(text)) yield { kind: 'dossier', read }
    if (reader.refused !== null) {
      yield { kind: 'refused', findings: reader.refused }
      return
    }
  }
  if (decode() === null) {
    yield { kind: 'refused', findings: [findingOf(readRules.encoding)] }
    return
  }
  const { dossiers, findings } = reader.close()
  if (reader.refused !== null) {
    yield { kind: 'refused', findings: reader.refused }
    return
  }
  for (const read of dossiers) yield { kind: 'dossier', read }
  yield { kind: 'end', findings }
}
