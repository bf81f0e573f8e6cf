import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseForTest } from '#testing/postgres'
import { Items } from './items.ts'
import { KEY_LIFE, openKeys } from './keys.ts'
import { sealerForTest } from './oauth-for-test.ts'

let pool: pg.Pool
beforeAll(async () => {
  const { connection } = await databaseForTest()
  pool = new pg.Pool({ ...connection, max: 12 })
})
afterAll(() => pool.end())

const idsOf = async (items: Items, now: number) =>
  (await openKeys(items, sealerForTest, now)).signing.map(({ kid }) => kid!)

describe('keys of the OAuth server', () => {
  test('of five processes that start at once one makes them', async () => {
    const items = new Items(pool, 1)
    const all = await Promise.all(Array.from({ length: 5 }, () => openKeys(items, sealerForTest)))
    expect(new Set(all.map(({ mark }) => mark)).size).toBe(1)
    expect(all[0]!.signing).toHaveLength(1)
    expect(all[0]!.cookie).toHaveLength(1)
  })
  test('the next one is published before it signs, the last one verifies after', async () => {
    const items = new Items(pool, 2)
    const begin = Date.now()
    const [first] = await idsOf(items, begin)
    expect(await idsOf(items, begin + KEY_LIFE.signs / 2)).toEqual([first])
    const due = begin + KEY_LIFE.signs - KEY_LIFE.announced + 1000
    const announced = await idsOf(items, due)
    expect(announced).toHaveLength(2)
    expect(announced[0]).toBe(first)
    expect(await idsOf(items, due + 1000)).toEqual(announced)
    const changed = await idsOf(items, due + KEY_LIFE.announced + 1000)
    expect(changed).toEqual(announced.toReversed())
  })
  test('a facility has keys of its own', async () => {
    expect(await idsOf(new Items(pool, 1), Date.now())).not.toEqual(await idsOf(new Items(pool, 2), Date.now()))
  })
  test('a key that was put in another place does not open', async () => {
    const [key] = await new Items(pool, 1).all('SigningKey')
    await new Items(pool, 3).put({ kind: 'SigningKey', id: key!.id, payload: key!.payload })
    await expect(openKeys(new Items(pool, 3), sealerForTest)).rejects.toThrow('authenticate')
  })
})
