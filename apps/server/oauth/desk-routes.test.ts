import { describe, expect, test } from 'vitest'
import type { ClientLine, GrantLine } from './api.ts'
import { Browser, oauthServer, post, REDIRECT, tokens } from './oauth-for-test.ts'

const server = oauthServer()

const ask = async (person: string | undefined, path: string, body?: object, headers = {}) => {
  const answer = await new Browser(server.origin, person).go(`/oauth${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: { ...(body && { 'content-type': 'application/json', origin: server.origin }), ...headers },
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

describe('what I gave to apps', () => {
  test('is shown with what it may do and until when, and ends when I say so', async () => {
    const { id } = await server.client({ name: 'Nhật ký đường huyết' })
    const scope = 'openid offline_access patient/*.rs user/Observation.rs'
    const kept = ['patient/*.rs', 'offline_access']
    const { body } = await tokens(server, { client: id, person: 'chi', scope, kept })
    const { grants } = (await ask('chi', '/grants')).body as { grants: GrantLine[] }
    expect(grants).toMatchObject([{ client: id, name: 'Nhật ký đường huyết', patient: 'Patient/an', online: false }])
    expect(grants[0]!.scopes.map((one) => one.scope)).toEqual(['openid', 'offline_access', 'patient/*.rs'])
    expect(Date.parse(grants[0]!.until) - Date.parse(grants[0]!.given)).toBeGreaterThan(29 * 86_400_000)
    expect((await ask('binh', '/grants/end', { id: grants[0]!.id })).status).toBe(404)
    expect(await server.oauth.readerOfToken(`Bearer ${body.access_token}`, '')).not.toBeNull()
    expect(await ask('chi', '/grants/end', { id: grants[0]!.id })).toEqual({ status: 200, body: { grants: [] } })
    expect(await server.oauth.readerOfToken(`Bearer ${body.access_token}`, '')).toBeNull()
    const again = { grant_type: 'refresh_token', client_id: id, refresh_token: body.refresh_token }
    expect((await post(server, '/oauth/token', again)).status).toBe(400)
  })
})

describe('apps of the hospital', () => {
  const wish = {
    name: 'Bảng điều khiển',
    redirects: [REDIRECT],
    scopes: 'openid launch patient/*.rs',
    proof: 'secret',
    backend: false,
  }
  test('an administrator lets them in, lists them and shuts them out; each is audited in their name', async () => {
    server.audited.length = 0
    const made = await ask('quan', '/clients', { ...wish, launch: 'https://app.example/launch' })
    expect(made).toMatchObject({ status: 200, body: { id: expect.any(String), secret: expect.any(String) } })
    const id = made.body['id'] as string
    const { clients } = (await ask('quan', '/clients')).body as { clients: ClientLine[] }
    expect(clients.find((one) => one.id === id)).toEqual({
      ...wish,
      id,
      scopes: wish.scopes.split(' '),
      launch: 'https://app.example/launch',
    })
    expect((await ask('binh', '/apps')).body).toMatchObject({ apps: expect.arrayContaining([{ id, name: wish.name }]) })
    expect((await ask('quan', '/clients/remove', { id })).status).toBe(200)
    expect((await ask('quan', '/clients/remove', { id })).status).toBe(404)
    expect(server.audited).toMatchObject([
      { action: 'client-change', agent: { reference: 'Practitioner/quan' } },
      { action: 'client-change', agent: { reference: 'Practitioner/quan' } },
    ])
  })
  test.each([
    [undefined, 401],
    ['binh', 403],
    ['an', 403],
    ['mot', 403],
  ])('%s does not', async (person, status) => {
    expect((await ask(person, '/clients')).status).toBe(status)
    expect((await ask(person, '/clients', wish)).status).toBe(status)
    expect((await ask(person, '/clients/remove', { id: 'x' })).status).toBe(status)
  })
  test('a page of another site does not', async () => {
    expect((await ask('quan', '/clients', wish, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await ask('quan', '/clients', wish, { 'content-type': 'text/plain' })).status).toBe(403)
  })
  test.each([
    [{}, 400],
    [{ ...wish, redirects: 'x' }, 400],
    [{ ...wish, name: ' ' }, 400],
    [{ ...wish, proof: 'none' }, 400],
    [{ ...wish, redirects: ['http://a.example/cb'] }, 422],
    [{ ...wish, scopes: 'patient/*.read' }, 422],
  ])('%j is refused', async (body, status) => {
    expect((await ask('quan', '/clients', body)).status).toBe(status)
  })
})
