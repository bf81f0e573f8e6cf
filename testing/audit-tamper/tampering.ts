/**
 * What somebody with all rights over the database may do to the audit log, at random: triggers off, any table, any column.
 * Every tampering says what it did; null when there was nothing to do.
 */
import {
  auditEntry,
  auditInsert,
  auditRows,
  type AuditKeys,
  type Ledger,
  numberActs,
  signTree,
} from '#foundation/audit-log'
import { anAct } from './an-act.ts'

export interface Scene {
  readonly ledger: Ledger
  readonly facility: number
  /** the product's own, as it goes on signing after the deed */
  readonly keys: AuditKeys
  /** @returns a whole number from 0 to below n */
  readonly chance: (n: number) => number
}

type Tampering = (scene: Scene) => Promise<string | null>

/** Tables with the columns that say which row, and those that can be changed with an expression that always differs. */
const COLUMNS: Readonly<Record<string, readonly (readonly [column: string, other: string])[]>> = {
  audit_event: [
    ['facility', 'facility + 1000'],
    ['seq', 'seq + 1000000'],
    ['tx', '(tx::text::bigint + 1)::text::xid8'],
    ['statement', `replace(statement, '"purpose":"', '"purpose":"X')`],
    ['statement', `overlay(statement placing '9' from 8 for 1)`],
    ['statement', `statement || ' '`],
    ['detail', `detail || ' '`],
    ['detail', `replace(detail, '10.', '11.')`],
    ['salt', `set_byte(salt, 3, (get_byte(salt, 3) + 1) % 256)`],
  ],
  audit_leaf: [
    ['facility', 'facility + 1000'],
    ['index', 'index + 1000000'],
    ['seq', 'seq + 1000000'],
    ['hash', `set_byte(hash, 7, (get_byte(hash, 7) + 1) % 256)`],
  ],
  audit_node: [
    ['facility', 'facility + 1000'],
    ['level', 'level + 5'],
    ['index', 'index + 1000000'],
    ['hash', `set_byte(hash, 31, (get_byte(hash, 31) + 1) % 256)`],
  ],
  audit_head: [
    ['facility', 'facility + 1000'],
    ['size', 'size + 1000000'],
    ['head', `replace(head, '"at":"2', '"at":"1')`],
    ['head', `overlay(head placing 'z' from length(head) - 5 for 1)`],
    ['head', `regexp_replace(head, '"root":"..', '"root":"00')`],
  ],
  audit_subject: [
    ['facility', 'facility + 1000'],
    ['kind', 'kind + 50'],
    ['subject', 'subject + 1'],
    ['at', 'at + 1'],
    ['seq', 'seq + 1000000'],
  ],
}

const TABLES = Object.keys(COLUMNS)

const pick = <T>(scene: Scene, from: readonly T[]): T => from[scene.chance(from.length)] as T

/** A row by its physical place. */
async function aRow({ ledger, facility, chance }: Scene, table: string): Promise<string | null> {
  const rows = await ledger.rows(`select ctid::text from ${table} where facility = $1 order by ctid`, [facility])
  return rows[chance(Math.max(1, rows.length))]?.[0] ?? null
}

const edit: Tampering = async (scene) => {
  const table = pick(scene, TABLES)
  const row = await aRow(scene, table)
  const [column, other] = pick(scene, COLUMNS[table] ?? [])
  if (row === null) return null
  const changed = await scene.ledger.rows(
    `update ${table} set ${column} = ${other} where ctid = $1::tid and ${column} is distinct from ${other} returning 1`,
    [row],
  )
  return changed.length === 0 ? null : `edited ${table}.${column}`
}

const remove: Tampering = async (scene) => {
  const table = pick(scene, TABLES)
  const row = await aRow(scene, table)
  if (row === null) return null
  await scene.ledger.rows(`delete from ${table} where ctid = $1::tid`, [row])
  return `removed a row of ${table}`
}

/** The act and everything that tells of it. */
const removeWithoutTrace: Tampering = async (scene) => {
  const { ledger, facility } = scene
  const seq = await aSeq(scene)
  for (const table of ['audit_event', 'audit_subject', 'audit_leaf'])
    await ledger.rows(`delete from ${table} where facility = $1 and seq = $2`, [facility, seq])
  await ledger.rows(
    `update audit_leaf l set index = n.index from (select seq, row_number() over (order by index) - 1 as index
     from audit_leaf where facility = $1) n where l.facility = $1 and l.seq = n.seq`,
    [facility],
  )
  await ledger.rows('update audit_position set size = size - 1 where facility = $1', [facility])
  return 'removed an act with its leaf and index rows, and closed the gap'
}

async function aSeq({ ledger, facility, chance }: Scene): Promise<string> {
  const rows = await ledger.rows('select seq from audit_event where facility = $1 order by seq', [facility])
  return rows[chance(rows.length)]?.[0] as string
}

const swap: Tampering = async (scene) => {
  const { ledger, facility } = scene
  const [one, other] = [await aSeq(scene), await aSeq(scene)]
  const columns = pick(scene, ['statement', 'detail', 'salt', 'statement, detail, salt'])
  const changed = await ledger.rows(
    `with both_rows as (select seq, statement, detail, salt from audit_event where facility = $1 and seq in ($2, $3))
     update audit_event e set (${columns}) = (select ${columns} from both_rows b where b.seq <> e.seq)
     where e.facility = $1 and e.seq in ($2, $3) and $2 <> $3 and e.detail is not null
       and not exists (select from both_rows b where b.detail is null)
       and (select count(distinct (${columns})) from both_rows) = 2 returning 1`,
    [facility, one, other],
  )
  return changed.length === 0 ? null : `swapped ${columns} of two acts`
}

/** Acts and their leaves change places: everything is there, in another order. */
const reorder: Tampering = async (scene) => {
  const { ledger, facility, chance } = scene
  const rows = await ledger.rows('select index from audit_leaf where facility = $1 order by index', [facility])
  const at = chance(rows.length - 1)
  const [one, other] = [rows[at]?.[0], rows[at + 1]?.[0]]
  await ledger.rows(
    `update audit_leaf set index = case index when $2::bigint then $3::bigint else $2::bigint end
     where facility = $1 and index in ($2, $3)`,
    [facility, one, other],
  )
  return 'two leaves changed places'
}

/** An act that never was, among those that were. */
const insert: Tampering = async (scene) => {
  const { ledger, facility } = scene
  const like = await aSeq(scene)
  const { statement, detail, salt } = auditEntry(anAct(scene.chance))
  await ledger.rows(
    `insert into audit_event (facility, seq, tx, statement, detail, salt)
     select $1, (select max(seq) + 1 from audit_event), tx, $3, $4, decode($5, 'hex') from audit_event
     where facility = $1 and seq = $2`,
    [facility, like, statement, detail, salt],
  )
  return 'inserted an act among the numbered ones'
}

const insertSubject: Tampering = async ({ ledger, facility, chance }) => {
  await ledger.rows(
    'insert into audit_subject (facility, kind, subject, at, seq) values ($1, 1, $2, 1782892800000, 1)',
    [facility, chance(1e9)],
  )
  return 'inserted a row of the index'
}

/** Everything from some act on, as an older backup would have it. */
async function cutAt({ ledger, facility }: Scene, size: number): Promise<void> {
  const tail = 'facility = $1 and seq in (select seq from audit_leaf where facility = $1 and index >= $2)'
  for (const table of ['audit_event', 'audit_subject', 'audit_leaf'])
    await ledger.rows(`delete from ${table} where ${tail}`, [facility, size])
  await ledger.rows('delete from audit_head where facility = $1 and size > $2', [facility, size])
  await ledger.rows('delete from audit_node where facility = $1 and (index + 1) * 256 ^ level > $2', [facility, size])
  await ledger.rows('update audit_position set size = $2, seen = pg_current_snapshot() where facility = $1', [
    facility,
    size,
  ])
}

async function aSize(scene: Scene): Promise<number> {
  const rows = await scene.ledger.rows('select size from audit_head where facility = $1 order by size', [
    scene.facility,
  ])
  const last = Number(rows.at(-1)?.[0])
  return scene.chance(2) === 0 ? scene.chance(last) : Number(rows[scene.chance(rows.length - 1)]?.[0])
}

const truncate: Tampering = async (scene) => {
  const size = await aSize(scene)
  await cutAt(scene, size)
  return `rolled back to ${size} acts`
}

/** The product itself goes on after the rollback: numbers new acts and signs them with the right key. */
const rollBackAndGoOn: Tampering = async (scene) => {
  const { ledger, facility, keys, chance } = scene
  const size = await aSize(scene)
  await cutAt(scene, size)
  const count = 1 + chance(400)
  const entries = Array.from({ length: count }, () => auditEntry(anAct(chance)))
  await ledger.rows(auditInsert(2), [facility, auditRows(entries)])
  await ledger.rows(`update audit_position set seen = '1:1:' where facility = $1`, [facility])
  const tree = await numberActs(ledger, facility, null)
  await signTree(ledger, facility, tree, keys, '2026-07-01T12:00:00.000Z')
  return `rolled back to ${size} acts and went on to ${tree.size()}`
}

/** An act is changed, its leaf, the tree and the last head are made to fit: all but the signature of the old head. */
const rewrite: Tampering = async (scene) => {
  const { ledger, facility, keys } = scene
  const seq = await aSeq(scene)
  await ledger.rows(
    `update audit_event set statement = replace(statement, '"purpose":"', '"purpose":"X') where facility = $1 and seq = $2`,
    [facility, seq],
  )
  for (const table of ['audit_leaf', 'audit_node', 'audit_subject', 'audit_head', 'audit_position'])
    await ledger.rows(`delete from ${table} where facility = $1`, [facility])
  const tree = await numberActs(ledger, facility, null)
  await signTree(ledger, facility, tree, keys, '2026-07-01T12:00:00.000Z')
  return 'changed an act, built the tree anew and had it signed'
}

const replaceHead: Tampering = async (scene) => {
  const { ledger, facility, chance } = scene
  const rows = await ledger.rows('select size, head from audit_head where facility = $1 order by size', [facility])
  const [size, line] = rows[chance(rows.length)] ?? []
  const [, other] = rows[chance(rows.length)] ?? []
  if (line === other) return null
  await ledger.rows('update audit_head set head = $3 where facility = $1 and size = $2', [facility, size, other])
  return 'a head took the place of another'
}

/** As an erasure by law does it, but in silence. */
const eraseInSilence: Tampering = async (scene) => {
  const seq = await aSeq(scene)
  const changed = await scene.ledger.rows(
    `update audit_event set commitment = sha256(salt || convert_to(detail, 'UTF8')), detail = null, salt = null
     where facility = $1 and seq = $2 and detail is not null returning 1`,
    [scene.facility, seq],
  )
  return changed.length === 0 ? null : 'erased a detail in silence'
}

/** Kinds of tampering; edits are the commonest because there are most of them. */
export const TAMPERINGS: readonly Tampering[] = [
  edit,
  edit,
  edit,
  edit,
  remove,
  remove,
  removeWithoutTrace,
  swap,
  reorder,
  insert,
  insertSubject,
  truncate,
  rollBackAndGoOn,
  rewrite,
  replaceHead,
  eraseInSilence,
]
