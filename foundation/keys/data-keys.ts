/** Data keys: one for each record, wrapped by the key of the facility. */
import { randomBytes } from 'node:crypto'
import { KEY_BYTES } from './aes-gcm.ts'
import { joined } from './contexts.ts'
import type { Sql } from './tables.ts'
import { KeyProblem, type KeyProvider } from './types.ts'

/** Whose data key: the record, and the patient it is about. */
export interface Subject {
  /** `Type/id`, or `table/id` */
  readonly subject: string
  /** `Patient/…`: whoever erases the patient erases this too */
  readonly patient?: string
}

export interface DataKey {
  readonly version: number
  readonly key: Uint8Array
}

interface Row {
  readonly version: number
  readonly key_version: number
  readonly wrapped: Buffer | null
}

/** Additional data of a wrapped data key; the version of the facility's key is added by the provider. */
const wrapContext = (facility: number, subject: string, version: number): string =>
  joined(facility, 'sealed_key', subject, 'wrapped', version)

const NEWEST = `select version, key_version, wrapped from sealed_key
  where facility = $1 and subject = $2 order by version desc limit 1`

/** The data key that is used for what is new, made when there is none or the last one was destroyed. */
export async function dataKeyFor(
  sql: Sql,
  keys: KeyProvider,
  facility: number,
  { subject, patient }: Subject,
): Promise<DataKey> {
  const [row] = await sql.query<Row>(NEWEST, [facility, subject])
  if (row?.wrapped) return opened(keys, facility, subject, row, row.wrapped)
  const version = (row?.version ?? 0) + 1
  const key = randomBytes(KEY_BYTES)
  const wrapped = await keys.wrap('records', key, wrapContext(facility, subject, version))
  await sql.query(
    `insert into sealed_key (facility, subject, version, patient, key_version, wrapped)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [facility, subject, version, patient ?? null, wrapped.version, Buffer.from(wrapped.bytes)],
  )
  // Somebody may have made one in the same moment: there is one key then, and it is not necessarily ours.
  return dataKeyFor(sql, keys, facility, { subject, patient })
}

/** @returns null where it never was or was destroyed */
export async function dataKey(
  sql: Sql,
  keys: KeyProvider,
  facility: number,
  subject: string,
  version: number,
): Promise<DataKey | null> {
  const [row] = await sql.query<Row>(
    'select version, key_version, wrapped from sealed_key where facility = $1 and subject = $2 and version = $3',
    [facility, subject, version],
  )
  return row?.wrapped ? opened(keys, facility, subject, row, row.wrapped) : null
}

async function opened(
  keys: KeyProvider,
  facility: number,
  subject: string,
  { version, key_version }: Row,
  bytes: Buffer,
): Promise<DataKey> {
  const context = wrapContext(facility, subject, version)
  return { version, key: await keys.unwrap('records', { version: key_version, bytes }, context) }
}

interface WrappedRow extends Row {
  readonly subject: string
  readonly wrapped: Buffer
}

/** Where a walk over the data keys stands. */
export interface Walk {
  readonly subject: string
  readonly version: number
  readonly rewrapped: number
  /** data keys that opened with no key of ours: they were changed, and are left as they are */
  readonly broken: number
  readonly ended: boolean
}

export const WALK_BEGINS: Walk = { subject: '', version: 0, rewrapped: 0, broken: 0, ended: false }

/** Wraps the next `most` data keys that are under an older key of the facility with the newest one. */
export async function rewrapSome(
  sql: Sql,
  keys: KeyProvider,
  facility: number,
  newest: number,
  walk: Walk,
  most: number,
): Promise<Walk> {
  const rows = await sql.query<WrappedRow>(
    `select subject, version, key_version, wrapped from sealed_key
     where facility = $1 and wrapped is not null and key_version < $2 and (subject, version) > ($4, $5::integer)
     order by subject, version limit $3 for update`,
    [facility, newest, most, walk.subject, walk.version],
  )
  const again = (await Promise.all(rows.map((row) => rewrapped(keys, facility, row)))).filter((row) => row !== null)
  await sql.query(
    `update sealed_key k set key_version = n.key_version, wrapped = n.wrapped
     from unnest($2::text[], $3::integer[], $4::integer[], $5::bytea[]) as n(subject, version, key_version, wrapped)
     where k.facility = $1 and k.subject = n.subject and k.version = n.version`,
    [
      facility,
      again.map(({ subject }) => subject),
      again.map(({ version }) => version),
      again.map(({ key_version }) => key_version),
      again.map(({ wrapped }) => wrapped),
    ],
  )
  const { subject, version } = rows.at(-1) ?? walk
  const broken = walk.broken + rows.length - again.length
  return { subject, version, rewrapped: walk.rewrapped + again.length, broken, ended: rows.length < most }
}

async function rewrapped(keys: KeyProvider, facility: number, row: WrappedRow): Promise<WrappedRow | null> {
  const { subject, version } = row
  try {
    const { key } = await opened(keys, facility, subject, row, row.wrapped)
    const again = await keys.wrap('records', key, wrapContext(facility, subject, version))
    return { subject, version, key_version: again.version, wrapped: Buffer.from(again.bytes) }
  } catch (fault) {
    if (fault instanceof KeyProblem) return null
    throw fault
  }
}
