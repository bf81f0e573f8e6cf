import { createServer } from 'node:http'
import { beforeAll, describe, expect, test } from 'vitest'
import { assertion, type ClientKey, clientKey, withAssertion } from './keys-for-test.ts'
import { oauthServer, post } from './oauth-for-test.ts'

const trusted: string[] = []
const server = oauthServer({ trustedKeyHosts: trusted })
const rsa = clientKey('RS384')
const ec = clientKey('ES384')
let client = ''
beforeAll(async () => {
  const keys = { jwks: { keys: [rsa.published, ec.published] } }
  client = (
    await server.client({ redirects: [], scopes: 'system/*.rs', launch: undefined, proof: 'keys', backend: true, keys })
  ).id
})

const ask = async (key: ClientKey, scope?: string) =>
  post(server, '/oauth/token', withAssertion(await assertion(server, client, key), scope))

describe('backend services', () => {
  test.each([rsa, ec])('$alg: a signed statement gives a token that reads as the service', async (key) => {
    const { status, body } = await ask(key, 'system/Patient.rs system/Observation.r')
    expect({ status, ...body }).toMatchObject({
      status: 200,
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'system/Patient.rs system/Observation.r',
    })
    expect(body.refresh_token).toBeUndefined()
    expect(await server.oauth.readerOfToken(`Bearer ${body.access_token}`, '10.0.0.1')).toMatchObject({
      account: null,
      agent: `Device/${client}`,
      roles: ['integration'],
      client,
      patients: null,
      scopes: ['system/Patient.rs', 'system/Observation.r'],
    })
  })
  test('of twenty requests with one statement at once exactly one gets a token', async () => {
    const fields = withAssertion(await assertion(server, client, ec))
    const all = await Promise.all(Array.from({ length: 20 }, () => post(server, '/oauth/token', fields)))
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(all.filter(({ status }) => status === 401)).toHaveLength(19)
  })
  test('keys are fetched from their address, where that is one that may be fetched', async () => {
    let asked = 0
    const shelf = createServer((_, answer) => {
      asked++
      answer.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [ec.published] }))
    })
    await new Promise<void>((resolve) => shelf.listen(0, '127.0.0.1', resolve))
    const { port } = shelf.address() as { port: number }
    const made = (url: string) =>
      server.client({
        redirects: [],
        scopes: 'system/*.rs',
        launch: undefined,
        proof: 'keys',
        backend: true,
        keys: { url },
      })
    const { id } = await made(`http://127.0.0.1:${port}/jwks`)
    const statement = async () =>
      withAssertion(await assertion(server, id, ec, { header: { jku: `http://127.0.0.1:${port}/jwks` } }))
    expect((await post(server, '/oauth/token', await statement())).status).toBeGreaterThanOrEqual(400)
    expect(asked).toBe(0)
    trusted.push(`127.0.0.1:${port}`)
    expect(await post(server, '/oauth/token', await statement())).toMatchObject({ status: 200 })
    expect(asked).toBe(1)
    shelf.close()
  })
  test('a client that is removed takes its tokens along', async () => {
    const keys = { jwks: { keys: [ec.published] } }
    const { id } = await server.client({
      redirects: [],
      scopes: 'system/*.rs',
      launch: undefined,
      proof: 'keys',
      backend: true,
      keys,
    })
    const { body } = await post(server, '/oauth/token', withAssertion(await assertion(server, id, ec)))
    await server.items.removeClient(id)
    const fresh = (await import('./open-oauth.ts')).openOAuth(server.options)
    expect(await (await fresh).readerOfToken(`Bearer ${body.access_token}`, '')).toBeNull()
    await (await fresh).close()
    expect((await post(server, '/oauth/token', withAssertion(await assertion(server, id, ec)))).status).toBe(401)
  })
})
