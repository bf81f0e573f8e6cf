import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseForTest, type TestDatabase } from '#testing/postgres'
import { anAct } from './facts-for-test.ts'
import {
  auditEntry,
  auditInsert,
  auditRows,
  type AuditLog,
  keysOf,
  newKey,
  numberActs,
  openAuditLog,
  signTree,
} from './index.ts'
import { verifySample } from './verify-sample.ts'

let database: TestDatabase
let log: AuditLog
const ACTS = 256 * 3 + 40

beforeAll(async () => {
  database = await databaseForTest()
  log = openAuditLog(database.connection)
  await log.ledgers.alone(async (ledger) => {
    await ledger.rows(auditInsert(2), [1, auditRows(Array.from({ length: ACTS }, () => auditEntry(anAct())))])
  })
  await log.ledgers.alone(async (ledger) => {
    const tree = await numberActs(ledger, 1, null)
    await signTree(ledger, 1, tree, keysOf([newKey()]), new Date().toISOString())
  })
})
afterAll(() => log.close())

const sample = async (random: () => number) =>
  (await log.ledgers.within((ledger) => verifySample(ledger, { facility: 1, share: 0.01, random }))).map(
    ({ rule }) => rule,
  )

/** Does it as a superuser, looks, and takes it back. */
async function after(deed: string, random: () => number): Promise<readonly string[]> {
  const client = new pg.Client(database.admin)
  await client.connect()
  try {
    await client.query('set session_replication_role = replica')
    await client.query(`create table kept_${++kept} as table audit_event`)
    await client.query(`create table kept_leaf_${kept} as table audit_leaf`)
    await client.query(`create table kept_node_${kept} as table audit_node`)
    await client.query(deed)
    return await sample(random)
  } finally {
    for (const [table, copy] of [
      ['event', ''],
      ['leaf', 'leaf_'],
      ['node', 'node_'],
    ])
      await client.query(`delete from audit_${table}; insert into audit_${table} table kept_${copy}${kept}`)
    await client.end()
  }
}
let kept = 0

test('AUDIT-37 a look at a part finds what is wrong there, among the newest, or on the way to the root', async () => {
  const block = (n: number) => () => n / 3
  const seqAt = (index: number) => `(select seq from audit_leaf where index = ${index})`
  expect(await sample(block(1))).toEqual([])
  const changeAt = (index: number) => `update audit_event set statement = statement || ' ' where seq = ${seqAt(index)}`
  expect(await after(changeAt(300), block(1))).toEqual(['AUDIT-11'])
  expect(await after(changeAt(300), block(0))).toEqual([])
  expect(await after(changeAt(ACTS - 1), block(0))).toEqual(['AUDIT-11'])
  expect(await after(`delete from audit_event where seq = ${seqAt(1)}`, block(0))).toEqual(['AUDIT-10'])
  expect(await after('delete from audit_leaf where index = 600', block(2))).toEqual(['AUDIT-12', 'AUDIT-14'])
  expect(await after('update audit_node set hash = sha256(hash) where index = 2', block(2))).toEqual([
    'AUDIT-15',
    'AUDIT-14',
  ])
  expect(await after('delete from audit_node where index = 0', block(1))).toEqual(['AUDIT-15'])
})
