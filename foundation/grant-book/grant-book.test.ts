import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEFAULT_POLICY, fenceOf, type Grant, type Reader, referenceHash } from '#foundation/access-control'
import { type AuditEntry, auditEntry } from '#foundation/audit-log'
import { databaseForTest, type TestDatabase } from '#testing/postgres'
import { type GrantBook, openGrantBook } from './grant-book.ts'

let database: TestDatabase
let book: GrantBook

beforeAll(async () => {
  database = await databaseForTest()
  book = openGrantBook(database.connection)
})
afterAll(() => book.close())

const told = (): AuditEntry =>
  auditEntry({
    at: new Date().toISOString(),
    action: 'account-change',
    outcome: 'success',
    agent: {
      account: 'a1',
      reference: 'Practitioner/an',
      roles: ['records'],
      client: null,
      session: null,
      network: '10.0.0.7',
      purpose: 'HOPERAT',
    },
    entities: [],
    patients: ['Patient/p1'],
    request: 'r1',
  })

const hours = (from: number) => new Date(Date.now() + from * 3_600_000).toISOString()

const grant = (change: Partial<Grant> = {}): Grant => ({
  holder: 'Person/clerk',
  patient: 'Patient/p1',
  purpose: 'HLEGAL',
  labels: ['PSY'],
  since: hours(-1),
  until: hours(24),
  basis: 'Công văn 12/TA-TB ngày 05/03/2026',
  grantedBy: 'a1',
  ...change,
})

const guest: Reader = {
  account: 'g1',
  agent: 'Person/clerk',
  name: 'Clerk',
  roles: ['guest'],
  departments: [],
  session: 's',
  client: null,
  scopes: null,
  patients: null,
  purpose: 'TREAT',
  factors: 2,
  network: '8.8.8.8',
}

async function asked<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) {
  const client = new pg.Client({ ...database.admin, options: '-c row_security=off' })
  await client.connect()
  const { rows } = await client.query<Row>(sql, values as unknown[])
  await client.end()
  return rows
}

const acts = async () => (await asked('select 1 from audit_event')).length
const relationsOf = (reader: Reader) =>
  asked<{ kind: number; labels: number }>(
    'select kind, labels from care_relation where holder = any ($1) and since <= now() and until > now()',
    [
      fenceOf(DEFAULT_POLICY, reader, '2026-03-10T08:00:00+07:00').holders.map((each) =>
        referenceHash(each).toString(),
      ),
    ],
  )

test('a guest without grants is limited to nobody', async () => {
  expect((await book.narrowed(guest)).patients).toEqual([])
  const staff: Reader = { ...guest, roles: ['doctor'] }
  expect(await book.narrowed(staff)).toBe(staff)
})

test('a grant is a row, a relation held for its purpose, and an act in the log', async () => {
  const before = await acts()
  const given = await book.give(DEFAULT_POLICY, grant(), told())
  expect(given).toMatchObject({ ok: true, value: { holder: 'Person/clerk', purpose: 'HLEGAL', ended: null } })
  expect(await acts()).toBe(before + 1)
  const reader = await book.narrowed(guest)
  expect(reader).toMatchObject({ purpose: 'HLEGAL', patients: ['Patient/p1'] })
  expect(await relationsOf(reader)).toEqual([{ kind: 101, labels: 2 }])
  expect(await relationsOf({ ...reader, purpose: 'TREAT' })).toEqual([])
  expect(await relationsOf({ ...reader, roles: ['doctor'] })).toEqual([])
})

test('what the policy does not let be given leaves no trace', async () => {
  const before = await acts()
  const refused = await book.give(DEFAULT_POLICY, grant({ labels: ['V'] }), told())
  expect(refused).toMatchObject({ ok: false, refusals: [{ rule: 'GRANT-3' }] })
  expect(await acts()).toBe(before)
  expect(await book.list(10)).toHaveLength(1)
})

test('one that has not begun counts for nothing yet', async () => {
  const later = await book.give(DEFAULT_POLICY, grant({ patient: 'Patient/p2', since: hours(1) }), told())
  expect(later.ok).toBe(true)
  expect((await book.narrowed(guest)).patients).toEqual(['Patient/p1'])
})

test('taken back, it is over at once, and only once', async () => {
  const given = (await book.list(10)).find(({ patient }) => patient === 'Patient/p1')
  const before = await acts()
  expect(await book.end(given?.id ?? '', told())).toBe(true)
  expect(await book.end(given?.id ?? '', told())).toBe(false)
  expect(await book.end('1; drop table account', told())).toBe(false)
  expect(await acts()).toBe(before + 1)
  expect((await book.narrowed(guest)).patients).toEqual([])
  expect(await relationsOf({ ...guest, purpose: 'HLEGAL' })).toEqual([])
})
