/** The server as it runs for years: behind TLS, with keys that change, with a table that is swept, for screens of our own. */
import fastify from 'fastify'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, test } from 'vitest'
import { KEY_LIFE, openKeys } from './keys.ts'
import { openOAuth } from './open-oauth.ts'
import { authorizeQuery, Browser, oauthServer, sealerForTest, tokens } from './oauth-for-test.ts'

const server = oauthServer()

test('behind TLS its cookies are for TLS alone, and no request says what the server is called', async () => {
  const base = 'https://hospital.example/fhir/R4'
  const oauth = await openOAuth({ ...server.options, base })
  const app = fastify()
  await app.register(oauth.plugin)
  const { id } = await server.client()
  const query = authorizeQuery({ ...server, base }, id, 'openid patient/*.rs', 'A'.repeat(43))
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', cookie: 'person=binh' }
  const asked = await app.inject({ url: `/oauth/authorize?${query}`, headers })
  expect(asked.statusCode).toBe(303)
  const cookies = [asked.headers['set-cookie'] ?? []].flat()
  expect(cookies.length).toBeGreaterThan(0)
  expect(cookies.filter((cookie) => !/^__Secure-lanh-oauth.*; secure; httponly/i.test(cookie))).toEqual([])
  const { rows } = await server.pool.query<{ back: string }>(
    `select payload ->> 'returnTo' as back from oauth_item where kind = 'Interaction' and payload ->> 'returnTo' like '%hospital%'`,
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]!.back).toMatch(/^https:\/\/hospital\.example\/oauth\/authorize\//)
  const { body } = await app.inject({ url: '/oauth/.well-known/openid-configuration', headers })
  expect(body).not.toContain('evil')
  await app.close()
  await oauth.close()
})

test('a new key signs what is new; what the old one signed is read on', async () => {
  const { id } = await server.client()
  const before = (await tokens(server, { client: id })).body.access_token
  const due = Date.now() + KEY_LIFE.signs - KEY_LIFE.announced + 1000
  const announced = await openKeys(server.items, sealerForTest, due)
  await server.oauth.sweep()
  const kidOf = (token: string) => decodeProtectedHeader(token).kid
  const meanwhile = (await tokens(server, { client: id })).body.access_token
  expect(kidOf(meanwhile)).toBe(kidOf(before))
  const published = await fetch(`${server.origin}/oauth/jwks`).then((answer) => answer.text())
  for (const { kid } of announced.signing) expect(published).toContain(kid)
  await server.pool.query(
    `update oauth_item set payload = jsonb_set(payload, '{from}', '${Date.now() - 1000}') where kind = 'SigningKey' and id <> $1`,
    [kidOf(before)],
  )
  await server.pool.query(
    `update oauth_item set payload = jsonb_set(payload, '{from}', '1') where kind = 'SigningKey' and id = $1`,
    [kidOf(before)],
  )
  await server.oauth.sweep()
  const after = (await tokens(server, { client: id })).body.access_token
  expect(kidOf(after)).not.toBe(kidOf(before))
  for (const token of [before, meanwhile, after])
    expect(await server.oauth.readerOfToken(`Bearer ${token}`, '')).not.toBeNull()
})

test('the sweep takes what has run out and nothing else', async () => {
  const { id } = await server.client()
  const { body } = await tokens(server, { client: id })
  const count = async () => Number((await server.pool.query('select count(*) as n from oauth_item')).rows[0].n)
  const all = await count()
  await server.oauth.sweep()
  expect(await count()).toBe(all)
  await server.pool.query(`update oauth_item set expires = now() - interval '2 hours' where kind = 'AuthorizationCode'`)
  await server.oauth.sweep()
  expect(await count()).toBeLessThan(all)
  expect(await server.oauth.readerOfToken(`Bearer ${body.access_token}`, '')).not.toBeNull()
  expect(decodeJwt(body.access_token)['client_id']).toBe(id)
})

describe('for screens of our own', () => {
  const JSON_HEADERS = { accept: 'application/json', 'content-type': 'application/json' }
  async function asking(person?: string) {
    const { id } = await server.client()
    const browser = new Browser(server.origin, person)
    const query = authorizeQuery(server, id, 'openid launch/patient patient/*.rs', 'A'.repeat(43))
    const address = (await browser.go(`/oauth/authorize?${query}`)).headers.get('location')!
    return { browser, address }
  }
  test('the same steps as JSON', async () => {
    const { browser, address } = await asking('binh')
    const details = (await (await browser.go(address, { headers: JSON_HEADERS })).json()) as {
      seal: string
      client: string
      picks: boolean
      scopes: { sentence: { vi: string } }[]
    }
    expect(details).toMatchObject({ client: 'Biểu đồ', picks: true, patient: null })
    expect(details.scopes.map(({ sentence }) => sentence.vi)).toContain('Đọc, tìm mọi dữ liệu của người bệnh này')
    const send = (path: string, body: object) =>
      browser.go(address + path, { method: 'POST', headers: JSON_HEADERS, body: JSON.stringify(body) })
    expect(await (await send('/patient', { text: 'Bích' })).json()).toMatchObject({
      found: [{ reference: 'Patient/bich' }],
    })
    const yes = { seal: details.seal, patient: 'Patient/bich', scope: ['patient/*.rs'] }
    const { location } = (await (await send('/confirm', yes)).json()) as { location: string }
    const end = new URL((await browser.go(location)).headers.get('location')!)
    expect(end.searchParams.has('code')).toBe(true)
  })
  test('no, as JSON', async () => {
    const { browser, address } = await asking('binh')
    const { seal } = (await (await browser.go(address, { headers: JSON_HEADERS })).json()) as { seal: string }
    const init = { method: 'POST', headers: JSON_HEADERS, body: JSON.stringify({ seal }) }
    const { location } = (await (await browser.go(`${address}/abort`, init)).json()) as { location: string }
    const end = new URL((await browser.go(location)).headers.get('location')!)
    expect(end.searchParams.get('error')).toBe('access_denied')
  })
  test('whoever is not signed in is told so', async () => {
    const { browser, address } = await asking()
    const answer = await browser.go(address, { headers: JSON_HEADERS })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ rule: 'OAUTH-1', vi: 'Cần đăng nhập trước' })
  })
})
