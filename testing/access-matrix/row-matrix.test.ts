import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseForTest } from '#testing/postgres'
import { FENCES, fillRows, type FencedTable, ROWS, shouldSee, TABLES, wrongRows } from './row-matrix.ts'

const database = await databaseForTest()
const admin = new pg.Client(database.admin)
const app = new pg.Client(database.connection)
beforeAll(async () => {
  await admin.connect()
  await app.connect()
  await fillRows(admin)
})
afterAll(async () => {
  await app.end()
  await admin.end()
})

test('the cases tell readers apart', () => {
  expect(FENCES.length * ROWS.length * Object.keys(TABLES).length).toBeGreaterThan(20_000)
  const shares = FENCES.map((fence) => ROWS.filter((row) => shouldSee(fence, row)).length)
  expect(new Set(shares).size).toBeGreaterThan(10)
})

test.each(Object.keys(TABLES) as FencedTable[])(
  '%s: PostgreSQL shows every reader what they should see, and no more',
  async (table) => {
    for (const fence of FENCES)
      expect({ fence, wrong: await wrongRows(app, table, fence) }).toEqual({ fence, wrong: [] })
  },
)
