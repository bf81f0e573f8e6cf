import { expect, test } from 'vitest'
import { openStore } from '#foundation/record-store'
import { databaseForTest } from '#testing/postgres'
import { fillDemoHospital, hasDemoHospital } from './fill-demo-hospital.ts'

async function emptyStore() {
  const { connection } = await databaseForTest()
  return await openStore(connection)
}

const dayIn = async (store: Awaited<ReturnType<typeof emptyStore>>): Promise<unknown> =>
  (JSON.parse((await store.read('Basic', 'ngay-mo-phong'))?.body ?? '{}') as { created?: string }).created

test('the demo hospital is made for the day of its first filling; a later one completes it and changes nothing', async () => {
  const store = await emptyStore()
  expect(await hasDemoHospital(store)).toBe(false)
  const first = await fillDemoHospital(store, 0, new Date('2027-03-05T15:00:00+07:00'))
  expect(first.resources).toBeGreaterThan(200)
  expect(await dayIn(store)).toBe('2027-03-05')
  expect(await hasDemoHospital(store)).toBe(true)
  const later = await fillDemoHospital(store, 0, new Date('2027-04-01T15:00:00+07:00'))
  expect(later.resources).toBe(0)
  expect(await dayIn(store)).toBe('2027-03-05')
  await store.close()
})

test('nothing of it lies in the future: in the morning its day is yesterday', async () => {
  const store = await emptyStore()
  await fillDemoHospital(store, 0, new Date('2027-03-05T10:29:00+07:00'))
  expect(await dayIn(store)).toBe('2027-03-04')
  await store.close()
})
