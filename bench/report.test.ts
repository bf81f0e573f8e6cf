import { expect, test } from 'vitest'
import type { Figures } from './figures.ts'
import { type Row, growthTable, judge } from './report.ts'

const at = (connections: number, perSecond: number, p50 = 1): Figures => ({
  connections,
  perSecond,
  p50,
  p95: 2,
  p99: 3,
  serverCpu: 0.1,
  databaseCpu: NaN,
  clientCpu: NaN,
  others: 0,
  bytes: 100,
})

const row = (figures: readonly Figures[], asked: Partial<Row> = {}): Row => ({
  name: 'read by id',
  form: '',
  unit: 'requests',
  figures,
  floor: [at(1, 1000), at(8, 10_000)],
  atLeast: 0,
  peers: '',
  ...asked,
})

test('a share is that of the floor at the same number of connections', () => {
  const fast = row([at(1, 990), at(8, 6900)], { share: 0.7, atLeast: 5000 })
  expect(judge(fast)).toEqual({
    met: false,
    expected: '5,000/s and 70 % of the floor',
    reached: '6,900/s, 69 % (8 connections)',
  })
  expect(judge(row([at(1, 100), at(8, 7000)], { share: 0.7 })).met).toBe(true)
})

test('a rate is met by reaching it', () => {
  expect(judge(row([at(1, 2499)], { atLeast: 2500 })).met).toBe(false)
  expect(judge(row([at(1, 2500)], { atLeast: 2500 })).met).toBe(true)
})

test('a median that grew by more than half is marked', () => {
  const table = growthTable([row([at(1, 1, 1), at(8, 1, 2)])], [row([at(1, 1, 1.5), at(8, 1, 3.1)])])
  const [, , first, second] = table.split('\n')
  expect(first).toMatch(/1\.50 .*yes/)
  expect(second).toMatch(/1\.55 .*NO/)
})
