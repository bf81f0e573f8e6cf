/** The dossier as it was received: the file's bytes once, and for each dossier in it a document that names its resources. */
import { createHash, hash as digest } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { identifierSystems } from '#fhir/naming'
import type { Attachment, Binary, DocumentReference, Resource } from '#fhir/r4'
import { type Dossier, type ReadDossier, readDossierFile } from '#obligations/health-insurance'
import { identify } from './identify.ts'
import type { PreparedDossier, PreparedFile } from './prepare-file.ts'

/** Which resources came out of a dossier, so that a corrected one knows what it no longer says. */
const RESOURCES = 'urn:lanh:extension:dossier-resources'

/** By which a dossier that comes again is known to say the same. */
const FINGERPRINT = 'urn:lanh:extension:dossier-fingerprint'

/** What several dossiers share: it outlives the dossier that named it first. */
const SHARED: ReadonlySet<string> = new Set([
  'Patient',
  'Coverage',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'Device',
  'Medication',
])

export const isShared = (type: string): boolean => SHARED.has(type)

export const binaryId = (hash: string): string => identify('Binary', hash)

export const documentId = ({ facility, visit }: { facility: string; visit: string }): string =>
  identify('DocumentReference', 'dossier', facility, visit)

/** A file as it is kept. */
export interface KeptFile {
  readonly binary: Binary
  readonly attachment: Attachment
}

/** The file, packed: base64 of XML that is base64 itself shrinks to a third. */
export const keptFile = ({ hash, bytes }: PreparedFile): KeptFile => packed(binaryId(hash), bytes)

/** @param id of the Binary */
function packed(id: string, bytes: Uint8Array): KeptFile {
  const data = gzipSync(bytes, { level: 4 })
  return {
    binary: { resourceType: 'Binary', id, contentType: 'application/gzip', data: data.toString('base64') },
    attachment: {
      contentType: 'application/gzip',
      url: `Binary/${id}`,
      size: data.length,
      hash: createHash('sha1').update(data).digest('base64'),
    },
  }
}

/** A piece of a file that is too large for one Binary. Unpacked one after the other they are the file. */
export const keptPiece = (hash: string, place: number, bytes: Uint8Array): KeptFile =>
  packed(identify('Binary', hash, 'piece', String(place)), bytes)

/** What the Binary says by which a file in pieces is known. */
export interface PiecesOfFile {
  /** SHA-256 of the file, hex */
  readonly hash: string
  /** ids of the Binaries that hold its bytes, in order */
  readonly pieces: readonly string[]
  /** how many dossiers were read out of it */
  readonly dossiers: number
}

export const keptPieces = (file: PiecesOfFile): KeptFile =>
  packed(binaryId(file.hash), Buffer.from(JSON.stringify(file)))

/** What was read of one dossier of a file in pieces, so that nobody has to read the whole file for it. */
export const keptReading = (hash: string, place: number, { dossier }: PreparedDossier): KeptFile =>
  packed(readingId(hash, place), Buffer.from(JSON.stringify(dossier)))

/** @param place of the dossier in its file, from 0 */
export const readingId = (hash: string, place: number): string => identify('Binary', hash, 'dossier', String(place))

/** The dossiers that lie in a Binary, read again; or which pieces hold them. */
export function readKept(binary: Binary): readonly ReadDossier[] | PiecesOfFile {
  const bytes = bytesOf(binary)
  if (bytes[0] === BRACE) {
    const kept = JSON.parse(Buffer.from(bytes).toString()) as Dossier | PiecesOfFile
    return 'pieces' in kept ? kept : [{ dossier: kept, findings: [] }]
  }
  const file = readDossierFile(bytes)
  return file.ok ? file.dossiers : []
}

const BRACE = 0x7b

/** More than any file of dossiers; what unpacks to more was not packed by us. */
const MOST_UNPACKED = 1024 ** 3

/** The bytes as received. @throws RangeError where they are too many */
export const bytesOf = ({ data = '' }: Binary): Uint8Array =>
  gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: MOST_UNPACKED })

/** @source http://hl7.org/fhir/R4/documentreference.html */
export function keptDossier(
  attachments: readonly Attachment[],
  { dossier, patient, claim, encounter, resources }: PreparedDossier,
): DocumentReference {
  const date = dateOf(dossier.made)
  return {
    resourceType: 'DocumentReference',
    id: documentId(dossier),
    extension: [
      { url: RESOURCES, valueString: resources.map(referenceTo).join(' ') },
      { url: FINGERPRINT, valueString: fingerprintOf(dossier) },
    ],
    identifier: [{ system: identifierSystems.visitNumber, value: dossier.visit }],
    status: 'current',
    type: { text: 'Hồ sơ thanh toán bảo hiểm y tế' },
    subject: { reference: `Patient/${patient.id}` },
    ...(date === null ? {} : { date }),
    content: attachments.map((attachment) => ({ attachment })),
    context: {
      ...(encounter ? { encounter: [{ reference: `Encounter/${encounter.id}` }] } : {}),
      related: [{ reference: `Claim/${claim.id}` }],
    },
  }
}

/** SHA-256 over what a dossier says, in base64: not over the day its file was made, nor over who signed that. */
export const fingerprintOf = ({ decision, tables }: Dossier): string =>
  digest('sha256', JSON.stringify([decision, tables]), 'base64')

/** '' where none was kept */
export const fingerprintIn = ({ extension }: DocumentReference): string =>
  extension?.find(({ url }) => url === FINGERPRINT)?.valueString ?? ''

const referenceTo = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`

/** NGAYLAP as the moment R4 wants: the day begins in Việt Nam. @returns null for what is no day */
export function dateOf(made: string): string | null {
  const day = `${made.slice(0, 4)}-${made.slice(4, 6)}-${made.slice(6, 8)}`
  const time = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(day) ? null : `${day}T00:00:00+07:00`
}

/** What the stored dossier brought, shared resources included. */
export const resourcesOf = (document: DocumentReference): readonly { readonly type: string; readonly id: string }[] =>
  (document.extension?.find(({ url }) => url === RESOURCES)?.valueString ?? '')
    .split(' ')
    .filter((reference) => reference !== '')
    .map((reference) => {
      const [type = '', id = ''] = reference.split('/')
      return { type, id }
    })

/** Where the bytes lie that a dossier was read from. */
export const binaryOf = (document: DocumentReference): string =>
  document.content[0]?.attachment.url?.split('/')[1] ?? ''
