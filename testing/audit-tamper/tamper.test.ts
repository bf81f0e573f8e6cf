import { expect, test } from 'vitest'
import { databaseForTest } from '#testing/postgres'
import { tamper } from './index.ts'

test('AUDIT-10 … AUDIT-24 whatever a superuser does to the log is noticed', async () => {
  const { admin } = await databaseForTest()
  const { detected, missed } = await tamper(admin, { times: 60, seed: 20261124 })
  expect(missed).toEqual([])
  expect(detected).toBe(60)
})
