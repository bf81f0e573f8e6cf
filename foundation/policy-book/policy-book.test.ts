import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEFAULT_POLICY, type Policy } from '#foundation/access-control'
import { type AuditEntry, auditEntry } from '#foundation/audit-log'
import { databaseForTest, type TestDatabase } from '#testing/postgres'
import { holding } from './in-force.ts'
import { openPolicyBook, type PolicyBook } from './policy-book.ts'

let database: TestDatabase
let book: PolicyBook
let now = Date.parse('2026-11-24T08:00:00+07:00')

beforeAll(async () => {
  database = await databaseForTest()
  book = await openPolicyBook(database.connection, { now: () => now })
})
afterAll(() => book.close())

const told = (): AuditEntry =>
  auditEntry({
    at: new Date(now).toISOString(),
    action: 'policy-change',
    outcome: 'success',
    agent: {
      account: 'a1',
      reference: 'Practitioner/an',
      roles: ['administrator'],
      client: null,
      session: null,
      network: '10.0.0.7',
      purpose: 'HOPERAT',
    },
    entities: [],
    patients: [],
    request: 'r1',
  })

const next = (version: number, from: string, change: Partial<Policy> = {}): Policy => ({
  ...DEFAULT_POLICY,
  id: 'hospital',
  version,
  from,
  ...change,
})

const acts = async (): Promise<number> => {
  const client = new pg.Client(database.admin)
  await client.connect()
  const { rows } = await client.query(`select statement from audit_event where statement like '%policy-change%'`)
  await client.end()
  return rows.length
}

test('a hospital begins with the policy of the product', () => {
  expect(book.inForce()).toBe(DEFAULT_POLICY)
})

test('a new version holds from the time it says, is kept with its author, and the audit log tells of it', async () => {
  const adopted = await book.adopt(next(1, '2026-11-25T00:00:00+07:00'), 'a1', told())
  expect(adopted).toMatchObject({ ok: true, value: { policy: { version: 1 }, author: 'a1' } })
  expect(await acts()).toBe(1)
  expect(book.inForce()).toBe(DEFAULT_POLICY)
  now = Date.parse('2026-11-25T00:00:00+07:00')
  expect(book.inForce()).toMatchObject({ id: 'hospital', version: 1 })
  expect(book.inForce()).toBe(book.inForce())
})

test('what is no policy, begins in the past or is not the next version changes nothing', async () => {
  const rules = async (document: unknown) => {
    const outcome = await book.adopt(document, 'a1', told())
    return outcome.ok ? [] : outcome.refusals.map(({ rule }) => rule)
  }
  const later = '2026-12-01T00:00:00+07:00'
  expect(await rules({})).toContain('POLICY-1')
  expect(await rules(next(2, '2026-11-24T00:00:00+07:00'))).toEqual(['POLICY-20'])
  expect(await rules(next(1, later))).toEqual(['POLICY-21'])
  expect(await rules(next(3, later))).toEqual(['POLICY-21'])
  expect(await book.versions()).toHaveLength(1)
  expect(await acts()).toBe(1)
})

test('of two who adopt at once one is refused', async () => {
  const other = await openPolicyBook(database.connection, { now: () => now })
  const later = '2026-12-01T00:00:00+07:00'
  const outcomes = await Promise.all([
    book.adopt(next(2, later), 'a1', told()),
    other.adopt(next(2, later), 'a2', told()),
  ])
  await other.close()
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ refusals: [{ rule: 'POLICY-21' }] })
  expect(await acts()).toBe(2)
})

test('another process sees it, and nobody changes or removes a version', async () => {
  const other = await openPolicyBook(database.connection, { now: () => now })
  expect((await other.versions()).map(({ policy }) => policy.version)).toEqual([2, 1])
  await other.close()
  const client = new pg.Client(database.connection)
  await client.connect()
  await client.query(`select set_config('lanh.reader', '1|0|0|0|{}|', false)`)
  await expect(client.query('update policy_version set author = $1', ['x'])).rejects.toThrow('permission denied')
  await expect(client.query('delete from policy_version')).rejects.toThrow('permission denied')
  await client.end()
})

test('another facility has its own', async () => {
  const other = await openPolicyBook(database.connection, { facility: 2, now: () => now })
  expect(other.inForce()).toBe(DEFAULT_POLICY)
  await other.close()
})

test('a policy that ends gives way to the one before it', () => {
  const from = '2026-01-01T00:00:00Z'
  const held = holding([next(1, from), next(2, '2026-02-01T00:00:00Z', { until: '2026-03-01T00:00:00Z' })])
  const version = (at: string) => [held(Date.parse(at)).id, held(Date.parse(at)).version]
  expect(version('2025-12-31T00:00:00Z')).toEqual(['default', 1])
  expect(version('2026-01-15T00:00:00Z')).toEqual(['hospital', 1])
  expect(version('2026-02-01T00:00:00Z')).toEqual(['hospital', 2])
  expect(version('2026-03-01T00:00:00Z')).toEqual(['hospital', 1])
})
