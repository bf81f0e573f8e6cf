/** Sensitive content and fields, sealed with a data key of their record (envelope encryption). */
import type { PoolConfig } from 'pg'
import { decrypt, encrypt } from './aes-gcm.ts'
import { contextOf } from './contexts.ts'
import { dataKey, dataKeyFor, rewrapSome, type Subject, WALK_BEGINS } from './data-keys.ts'
import { openTables } from './tables.ts'
import { KeyProblem, type KeyProvider, type Place } from './types.ts'

export type ContentKind = 'attachment' | 'biometric-template' | 'identity-scan'

/** What is kept sealed in a table of its own. */
export interface Content extends Subject {
  /** of the content; one id is never written twice */
  readonly id: string
  readonly kind: ContentKind
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** What came out: content, or the fact that its key was destroyed. */
export type Found = (Omit<Content, 'patient'> & { readonly state: 'there' }) | { readonly state: 'destroyed' }

export interface Shredded {
  /** data keys that were destroyed */
  readonly keys: number
  /** contents that no longer open */
  readonly contents: number
}

/** How many data keys are under which version of the facility's key. */
export type Usage = ReadonlyMap<number, number>

/** Everything sealed of one facility. Who may read is decided by whoever asks, before. */
export interface Vault {
  /** Seals a field. @returns version of the data key ‖ nonce ‖ tag ‖ ciphertext, for the column of that place */
  seal(bytes: Uint8Array, place: Place, patient?: string): Promise<Buffer>
  /** @returns null when its key was destroyed @throws KeyProblem when it was changed or comes from another place */
  open(sealed: Uint8Array, place: Place): Promise<Buffer | null>
  /** @throws KeyProblem when the id is taken */
  put(content: Content): Promise<void>
  /** @returns null where there never was such content */
  get(id: string): Promise<Found | null>
  /**
   * Destroys the data keys of a record, or of everything about a patient (`Patient/…`).
   * @param told called within the transaction; when it rejects nothing is destroyed
   */
  shred(subject: string, told: (what: Shredded) => Promise<void>): Promise<Shredded>
  /**
   * Wraps every data key with the newest key of the facility; may be stopped and begun again.
   * @returns how many were, and how many opened with no key of ours and were left
   */
  rewrap(onProgress?: (done: number) => void): Promise<{ readonly rewrapped: number; readonly broken: number }>
  usage(): Promise<Usage>
  close(): Promise<void>
}

const VERSION_BYTES = 4
const REWRAPPED_AT_ONCE = 500

export function openVault(config: PoolConfig, keys: KeyProvider, facility = 1): Vault {
  const tables = openTables(config, facility)
  const placeOf = (id: string): Place => ({ facility, table: 'sealed_content', id, column: 'sealed' })

  async function sealAt(bytes: Uint8Array, place: Place, subject: Subject): Promise<Buffer> {
    const { version, key } = await dataKeyFor(tables, keys, facility, subject)
    const head = Buffer.alloc(VERSION_BYTES)
    head.writeUInt32BE(version)
    return Buffer.concat([head, encrypt(key, bytes, contextOf(place, version))])
  }

  async function openAt(sealed: Uint8Array, place: Place, subject: string): Promise<Buffer | null> {
    if (sealed.length < VERSION_BYTES) throw new KeyProblem('something sealed is too short to have been sealed by us')
    const version = Buffer.from(sealed.subarray(0, VERSION_BYTES)).readUInt32BE()
    const found = await dataKey(tables, keys, facility, subject, version)
    return found && decrypt(found.key, sealed.subarray(VERSION_BYTES), contextOf(place, version))
  }

  return {
    seal: async (bytes, place, patient) => sealAt(bytes, place, { subject: subjectOf(place, facility), patient }),
    open: async (sealed, place) => openAt(sealed, place, subjectOf(place, facility)),
    async put({ id, subject, patient, kind, contentType, bytes }) {
      const sealed = await sealAt(bytes, placeOf(id), { subject, patient })
      const rows = await tables.query(
        `insert into sealed_content (facility, id, subject, kind, content_type, sealed)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning 1`,
        [facility, id, subject, kind, contentType, sealed],
      )
      if (rows.length === 0) throw new KeyProblem('this sealed content exists: it is never written twice')
    },
    async get(id) {
      const [row] = await tables.query<ContentRow>(
        'select subject, kind, content_type, sealed from sealed_content where facility = $1 and id = $2',
        [facility, id],
      )
      if (!row) return null
      const bytes = row.sealed && (await openAt(row.sealed, placeOf(id), row.subject))
      if (bytes === null) return { state: 'destroyed' }
      return { state: 'there', id, subject: row.subject, kind: row.kind, contentType: row.content_type, bytes }
    },
    shred: (subject, told) =>
      tables.transaction(async (sql) => {
        const gone = await sql.query<{ subject: string }>(
          `update sealed_key set wrapped = null, destroyed = now()
           where facility = $1 and (subject = $2 or patient = $2) and wrapped is not null returning subject`,
          [facility, subject],
        )
        const emptied = await sql.query(
          `update sealed_content set sealed = null
           where facility = $1 and subject = any ($2) and sealed is not null returning 1`,
          [facility, gone.map((row) => row.subject)],
        )
        const what = { keys: gone.length, contents: emptied.length }
        await told(what)
        return what
      }),
    async rewrap(onProgress = () => undefined) {
      const newest = newestOf(await keys.keys())
      let walk = WALK_BEGINS
      while (!walk.ended) {
        const from = walk
        walk = await tables.transaction((sql) => rewrapSome(sql, keys, facility, newest, from, REWRAPPED_AT_ONCE))
        onProgress(walk.rewrapped)
      }
      return { rewrapped: walk.rewrapped, broken: walk.broken }
    },
    async usage() {
      const rows = await tables.query<{ key_version: number; count: string }>(
        'select key_version, count(*) from sealed_key where facility = $1 and wrapped is not null group by 1 order by 1',
        [facility],
      )
      return new Map(rows.map((row) => [row.key_version, Number(row.count)]))
    },
    close: () => tables.close(),
  }
}

interface ContentRow {
  readonly subject: string
  readonly kind: ContentKind
  readonly content_type: string
  readonly sealed: Buffer | null
}

function subjectOf(place: Place, facility: number): string {
  if (place.facility !== facility) throw new KeyProblem('this place belongs to another facility')
  return `${place.table}/${place.id}`
}

const newestOf = (keys: readonly { purpose: string; version: number }[]): number =>
  Math.max(...keys.filter(({ purpose }) => purpose === 'records').map(({ version }) => version))
