import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseForTest } from '#testing/postgres'
import { OAuthAdapter } from './adapter.ts'
import { Items } from './items.ts'

let pool: pg.Pool
let items: Items
beforeAll(async () => {
  const { connection } = await databaseForTest()
  pool = new pg.Pool({ ...connection, max: 10 })
  items = new Items(pool, 1)
})
afterAll(() => pool.end())

const good = (all: readonly PromiseSettledResult<unknown>[]) =>
  all.filter(({ status }) => status === 'fulfilled').length

describe('what is used once', () => {
  test('an assertion: of ten at once one is kept, and it may come again when it has run out', async () => {
    const seen = new OAuthAdapter(items, 'ReplayDetection')
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => seen.upsert('a', { iss: 'x' }, 60)))
    expect(good(all)).toBe(1)
    await pool.query(`update oauth_item set expires = now() - interval '1 second'`)
    await expect(seen.upsert('a', { iss: 'x' }, 60)).resolves.toBeUndefined()
  })
  test.each(['AuthorizationCode', 'RefreshToken'])(
    '%s: of ten at once one is good, and the grant ends',
    async (kind) => {
      const kept = new OAuthAdapter(items, kind)
      const grant = `grant-of-${kind}`
      await new OAuthAdapter(items, 'Grant').upsert(grant, { clientId: 'c' }, 60)
      await kept.upsert('b', { grantId: grant, clientId: 'c' }, 60)
      expect(await kept.find('b')).toMatchObject({ jti: 'b', grantId: grant })
      const all = await Promise.allSettled(Array.from({ length: 10 }, () => kept.consume('b')))
      expect(good(all)).toBe(1)
      expect(await items.find('Grant', grant)).toBeUndefined()
    },
  )
  test('what has run out is not used', async () => {
    const kept = new OAuthAdapter(items, 'AuthorizationCode')
    await kept.upsert('late', { clientId: 'c' }, -1)
    await expect(kept.consume('late')).rejects.toThrow('invalid_grant')
  })
})

describe('what is kept', () => {
  test('belongs to one kind and one facility', async () => {
    await new OAuthAdapter(items, 'AuthorizationCode').upsert('d', { clientId: 'c' }, 60)
    expect(await new OAuthAdapter(items, 'RefreshToken').find('d')).toBeUndefined()
    expect(await new OAuthAdapter(new Items(pool, 2), 'AuthorizationCode').find('d')).toBeUndefined()
  })
  test('has the hash of its name, not the name', async () => {
    await new OAuthAdapter(items, 'RefreshToken').upsert('the-secret', { jti: 'the-secret', clientId: 'c' }, 60)
    const { rows } = await pool.query<{ n: string }>(
      `select count(*) as n from oauth_item where id = 'the-secret' or payload::text like '%the-secret%'`,
    )
    expect(rows[0]!.n).toBe('0')
  })
})
