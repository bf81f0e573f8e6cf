import { findingOf } from '../rule.ts'
import type { Finding, ReadDossier, ReadFile } from '../types.ts'
import { declaredEncoding } from './declared-encoding.ts'
import { type EnvelopeFacts, EnvelopeReader } from './envelope-reader.ts'
import { plainXml } from './plain-xml.ts'
import { readRules } from './read-rules.ts'

/** XML 1.0 allows nothing before its declaration but a byte order mark; files edited by hand have blank lines there. */
const BEFORE = /^[\uFEFF\s]+/
/** Enough to hold the declaration of XML. */
const HEAD = 200
/** What one string of the runtime holds, with room to spare. */
const MOST_BYTES = 2 ** 28

const utf8 = new TextDecoder('utf-8', { fatal: true })
const isUtf8 = (document: string): boolean => /^utf-?8$/i.test(declaredEncoding(document))

/**
 * A whole file, in memory. Refused whole with the reason, or read whole.
 * @param bytes an envelope GIAMDINHHS with any number of dossiers, or a check-in message
 */
export function readDossierFile(bytes: Uint8Array): ReadFile {
  if (bytes.length > MOST_BYTES) return { ok: false, refused: [findingOf(readRules.tooDeep)] }
  let text: string
  try {
    text = utf8.decode(bytes).replace(BEFORE, '')
  } catch {
    return { ok: false, refused: [findingOf(readRules.encoding)] }
  }
  if (!isUtf8(text)) return { ok: false, refused: [findingOf(readRules.encoding)] }
  const reader = new EnvelopeReader()
  const root = plainXml(text)
  if (root !== null) reader.whole(root)
  const first = root === null ? reader.write(text) : []
  const { dossiers, findings, envelope } = reader.close()
  if (reader.refused !== null) return { ok: false, refused: reader.refused }
  return { ok: true, dossiers: [...first, ...dossiers].map((read) => withEnvelope(read, envelope)), findings }
}

/** Parts of an envelope may stand after its dossiers; its signature does. */
const withEnvelope = (
  { dossier, findings }: ReadDossier,
  { facility, made, signature }: EnvelopeFacts,
): ReadDossier => ({
  dossier: { ...dossier, facility: facility || dossier.facility, made: made || dossier.made, signature },
  findings,
})

/** A check-in message (XML0), one dossier with that table only; a file of dossiers is refused. */
export function readCheckIn(bytes: Uint8Array): ReadFile {
  const read = readDossierFile(bytes)
  const isCheckIn = read.ok && read.dossiers.every(({ dossier }) => dossier.tables.XML0 !== undefined)
  return !read.ok || isCheckIn ? read : { ok: false, refused: [findingOf(readRules.unknownRoot)] }
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
  const reader = new EnvelopeReader()
  /** null once the beginning was looked at */
  let head: string | null = ''
  const decode = (chunk?: Uint8Array): string | null => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch {
      return null
    }
  }
  for await (const chunk of chunks) {
    const decoded = decode(chunk)
    let text = decoded
    if (head !== null && decoded !== null) {
      head = (head + decoded).replace(BEFORE, '')
      if (head.length < HEAD) continue
      text = isUtf8(head) ? head : null
      head = null
    }
    if (text === null) {
      yield { kind: 'refused', findings: [findingOf(readRules.encoding)] }
      return
    }
    for (const read of reader.write(text)) yield { kind: 'dossier', read }
    if (reader.refused !== null) {
      yield { kind: 'refused', findings: reader.refused }
      return
    }
  }
  if (decode() === null || !isUtf8(head ?? '')) {
    yield { kind: 'refused', findings: [findingOf(readRules.encoding)] }
    return
  }
  for (const read of reader.write(head ?? '')) yield { kind: 'dossier', read }
  const { dossiers, findings } = reader.close()
  if (reader.refused !== null) {
    yield { kind: 'refused', findings: reader.refused }
    return
  }
  for (const read of dossiers) yield { kind: 'dossier', read }
  yield { kind: 'end', findings }
}
