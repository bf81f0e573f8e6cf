import { createLocalJWKSet, type JWK, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { openOAuth } from './open-oauth.ts'
import { authorize, authorizeQuery, basic, Browser, codeFields, oauthServer, post, tokens } from './oauth-for-test.ts'

const server = oauthServer()
const OFFLINE = 'openid offline_access patient/*.rs'
const ONLINE = 'openid online_access patient/*.rs'

const refresh = (client: string, token: string, more = {}) =>
  post(server, '/oauth/token', { grant_type: 'refresh_token', client_id: client, refresh_token: token, ...more })

const bearer = (token: string) => server.oauth.readerOfToken(`Bearer ${token}`, '')

describe('refresh', () => {
  test('every use gives a new token with the same launch; scopes can be narrowed', async () => {
    const { id } = await server.client()
    const first = await tokens(server, { client: id, scope: OFFLINE })
    const second = await refresh(id, first.body.refresh_token)
    expect(second).toMatchObject({ status: 200, body: { patient: 'an', need_patient_banner: true } })
    expect(second.body.refresh_token).not.toBe(first.body.refresh_token)
    const third = await refresh(id, second.body.refresh_token, { scope: 'patient/*.rs' })
    expect(third).toMatchObject({ status: 200, body: { scope: 'patient/*.rs' } })
    expect(await bearer(third.body.access_token)).toMatchObject({ scopes: ['patient/*.rs'] })
  })
  test('a token that is used twice ends the whole grant, also the tokens that came of it', async () => {
    const { id } = await server.client()
    const first = await tokens(server, { client: id, scope: OFFLINE })
    const second = await refresh(id, first.body.refresh_token)
    expect(await bearer(second.body.access_token)).not.toBeNull()
    expect(await refresh(id, first.body.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await bearer(second.body.access_token)).toBeNull()
    expect((await refresh(id, second.body.refresh_token)).status).toBe(400)
  })
  test('of ten uses at once at most one is good', async () => {
    const { id } = await server.client()
    const { body } = await tokens(server, { client: id, scope: OFFLINE })
    const all = await Promise.all(Array.from({ length: 10 }, () => refresh(id, body.refresh_token)))
    expect(all.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
  })
  test('of ten exchanges of a code at once at most one is good', async () => {
    const { id } = await server.client()
    const { answer, verifier } = await authorize(server, { client: id })
    const fields = codeFields(id, answer, verifier)
    const all = await Promise.all(Array.from({ length: 10 }, () => post(server, '/oauth/token', fields)))
    expect(all.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
  })
  test('online access ends with the session, offline access does not', async () => {
    const { id } = await server.client()
    const online = await tokens(server, { client: id, scope: ONLINE })
    const offline = await tokens(server, { client: id, scope: OFFLINE })
    await server.oauth.endSession('session-of-binh')
    expect(await bearer(online.body.access_token)).toBeNull()
    expect((await refresh(id, online.body.refresh_token)).status).toBe(400)
    expect((await refresh(id, offline.body.refresh_token)).status).toBe(200)
  })
  test('an app that is registered for less by now gets less', async () => {
    const { id } = await server.client()
    const first = await tokens(server, { client: id, scope: `${OFFLINE} user/Observation.rs` })
    await server.pool.query(`update oauth_item set payload = jsonb_set(payload, '{lanh_scopes}', $2) where id = $1`, [
      id,
      JSON.stringify('openid offline_access patient/*.rs'),
    ])
    const second = await refresh(id, first.body.refresh_token)
    expect(second.body.scope.split(' ').toSorted()).toEqual(['offline_access', 'openid', 'patient/*.rs'])
  })
  test('an account that is disabled gets no token any more', async () => {
    const { id } = await server.client()
    const { body } = await tokens(server, { client: id, scope: OFFLINE })
    server.gone.add('account-of-binh')
    expect((await refresh(id, body.refresh_token)).status).toBe(400)
    server.gone.clear()
    await server.oauth.endAccount('account-of-binh')
    expect(await bearer(body.access_token)).toBeNull()
  })
})

describe('introspection and revocation', () => {
  test('a resource server learns what a token is good for; others learn of their own tokens only', async () => {
    const { id } = await server.client()
    const { body } = await tokens(server, { client: id, scope: OFFLINE })
    const watch = await server.client({ proof: 'secret', introspects: true })
    const other = await server.client({ proof: 'secret' })
    const ask = (by: { id: string; secret?: string | undefined }, token: string) =>
      post(server, '/oauth/introspect', { token }, basic(by.id, by.secret!))
    expect((await ask(watch, body.access_token)).body).toMatchObject({
      active: true,
      client_id: id,
      scope: expect.stringContaining('patient/*.rs'),
      patient: 'an',
      fhirUser: `${server.base}/Practitioner/binh`,
      iss: `${server.origin}/oauth`,
      aud: server.base,
      exp: expect.any(Number),
    })
    expect((await ask(watch, body.refresh_token)).body).toMatchObject({ active: true, client_id: id })
    expect((await ask(other, body.access_token)).body).toEqual({ active: false })
    await post(server, '/oauth/revoke', { client_id: id, token: body.access_token })
    expect((await ask(watch, body.access_token)).body).toEqual({ active: false })
    expect(await bearer(body.access_token)).toBeNull()
  })
  test('a revoked refresh token takes its access tokens along, at once here and soon elsewhere', async () => {
    const { id } = await server.client()
    const { body } = await tokens(server, { client: id, scope: OFFLINE })
    const elsewhere = await openOAuth(server.options)
    const there = () => elsewhere.readerOfToken(`Bearer ${body.access_token}`, '')
    expect(await there()).not.toBeNull()
    expect((await post(server, '/oauth/revoke', { client_id: id, token: body.refresh_token })).status).toBe(200)
    expect(await bearer(body.access_token)).toBeNull()
    await expect.poll(there, { timeout: 5000, interval: 250 }).toBeNull()
    await elsewhere.close()
  })
})

describe('launch from a chart', () => {
  const launch = (browser: Browser, body: object, headers = {}) =>
    browser.go('/oauth/launch', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', origin: server.origin, ...headers },
    })

  test('the app knows patient and visit, and shows no banner of its own', async () => {
    const { id } = await server.client()
    const made = await launch(new Browser(server.origin, 'binh'), {
      client: id,
      patient: 'Patient/bich',
      encounter: 'Encounter/e1',
    })
    const url = new URL(((await made.json()) as { url: string }).url)
    expect(url.origin + url.pathname).toBe('https://app.example/launch')
    expect(url.searchParams.get('iss')).toBe(server.base)
    const scope = 'openid fhirUser launch patient/*.rs'
    const { body } = await tokens(server, {
      client: id,
      scope,
      patient: null,
      parameters: { launch: url.searchParams.get('launch')! },
    })
    expect(body).toMatchObject({ patient: 'bich', encounter: 'e1', need_patient_banner: false })
    expect(await bearer(body.access_token)).toMatchObject({ patients: ['Patient/bich'] })
  })
  test.each([
    ['nobody signed in', undefined, { patient: 'Patient/an' }, {}, 401],
    ['a patient of somebody else', 'an', { patient: 'Patient/bich' }, {}, 403],
    ['a patient that is not there', 'binh', { patient: 'Patient/nobody' }, {}, 403],
    ['another type', 'binh', { patient: 'Group/an' }, {}, 400],
    ['another app', 'binh', { client: 'nope', patient: 'Patient/an' }, {}, 404],
    ['another site', 'binh', { patient: 'Patient/an' }, { origin: 'https://evil.example' }, 403],
    ['another site, by the browser', 'binh', { patient: 'Patient/an' }, { 'sec-fetch-site': 'cross-site' }, 403],
    ['a form of another site', 'binh', { patient: 'Patient/an' }, { 'content-type': 'text/plain' }, 403],
  ])('no launch: %s', async (_, person, body, headers, status) => {
    const { id } = await server.client()
    const made = await launch(new Browser(server.origin, person), { client: id, ...body }, headers)
    expect(made.status).toBe(status)
  })
})

describe('consent', () => {
  test('what is crossed out is not granted', async () => {
    const { id } = await server.client()
    const scope = 'openid offline_access patient/*.rs user/Observation.rs'
    const { body } = await tokens(server, { client: id, scope, kept: ['user/Observation.rs'] })
    expect(body.scope.split(' ').toSorted()).toEqual(['openid', 'user/Observation.rs'])
    expect(body.refresh_token).toBeUndefined()
  })
  test('a patient opens apps on themselves alone', async () => {
    const { id } = await server.client()
    expect(await tokens(server, { client: id, person: 'an' })).toMatchObject({ status: 200, body: { patient: 'an' } })
    await expect(tokens(server, { client: id, person: 'an', patient: 'Patient/bich' })).rejects.toThrow('403')
  })
  test('whoever says no sends the app away', async () => {
    const { id } = await server.client()
    const browser = new Browser(server.origin, 'binh')
    const searchParams = authorizeQuery(server, id, 'openid patient/*.rs', 'A'.repeat(43))
    const asking = (await browser.go(`/oauth/authorize?${searchParams}`)).headers.get('location')!
    const answered = await browser.send(await (await browser.go(asking)).text(), asking, [['answer', 'abort']])
    const away = new URL((await browser.go(answered.headers.get('location')!)).headers.get('location')!)
    expect(Object.fromEntries(away.searchParams)).toMatchObject({ error: 'access_denied', state: 'a-state' })
  })
  test('a shared computer: the second person gets their own token, not the first one', async () => {
    const { id } = await server.client()
    const first = await tokens(server, { client: id, person: 'binh' })
    const second = await tokens(server, { client: id, person: 'chi' })
    expect(await bearer(first.body.access_token)).toMatchObject({ name: 'binh' })
    expect(await bearer(second.body.access_token)).toMatchObject({ name: 'chi' })
  })
  test('whoever is not signed in is sent to sign in and back, inside this server', async () => {
    const { id } = await server.client()
    const browser = new Browser(server.origin)
    const query = authorizeQuery(server, id, 'openid patient/*.rs', 'A'.repeat(43))
    const asking = (await browser.go(`/oauth/authorize?${query}`)).headers.get('location')!
    const sent = await browser.go(asking)
    expect(sent.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(asking)}`)
    expect(asking).toMatch(/^\/oauth\/interaction\//)
  })
  test('the page has no script, no frame, and sends its form to us and to the app alone', async () => {
    const { id } = await server.client({ name: '<script>alert(1)</script>' })
    const browser = new Browser(server.origin, 'binh')
    const query = authorizeQuery(server, id, 'openid patient/*.rs', 'A'.repeat(43))
    const page = await browser.go((await browser.go(`/oauth/authorize?${query}`)).headers.get('location')!)
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self' https://app.example; frame-ancestors 'none'; base-uri 'none'",
    )
    expect(page.headers.get('cache-control')).toBe('no-store')
    const text = await page.text()
    expect(text).not.toContain('<script')
    expect(text).toContain('Đọc, tìm mọi dữ liệu của người bệnh này')
  })
})

describe('discovery', () => {
  const get = async (path: string) => (await fetch(server.origin + path)).json() as Promise<Record<string, unknown>>
  test('the documents name the same endpoints, and every endpoint is there', async () => {
    const smart = await get('/fhir/R4/.well-known/smart-configuration')
    const openid = await get('/oauth/.well-known/openid-configuration')
    const same = [
      'issuer',
      'jwks_uri',
      'authorization_endpoint',
      'token_endpoint',
      'introspection_endpoint',
      'revocation_endpoint',
    ]
    expect(same.filter((name) => smart[name] === undefined || smart[name] !== openid[name])).toEqual([])
    expect(smart['code_challenge_methods_supported']).toEqual(['S256'])
    const posted = ['token_endpoint', 'introspection_endpoint', 'revocation_endpoint'].map((name) =>
      String(smart[name]),
    )
    const statuses = await Promise.all(posted.map(async (address) => (await fetch(address, { method: 'POST' })).status))
    expect(statuses).toEqual([400, 400, 400])
    const uris = JSON.stringify(server.oauth.capabilitySecurity())
    for (const name of same.slice(2)) expect(uris).toContain(`"${String(smart[name])}"`)
  })
  test('OpenID Connect has what it must have, and a published key verifies the identity token', async () => {
    const openid = await get('/oauth/.well-known/openid-configuration')
    expect(openid).toMatchObject({
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: expect.arrayContaining(['RS256']),
    })
    const { keys } = (await get('/oauth/jwks')) as unknown as { keys: JWK[] }
    for (const key of keys)
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(key).not.toHaveProperty(secret)
    const { id } = await server.client()
    const { body } = await tokens(server, { client: id })
    const { payload } = await jwtVerify(body.id_token, createLocalJWKSet({ keys }), { audience: id })
    expect(payload).toMatchObject({ sub: 'account-of-binh', iss: openid['issuer'] })
  })
  test('pages of other origins may read what is for them', async () => {
    const { id } = await server.client()
    const { answer, verifier } = await authorize(server, { client: id })
    const origin = 'https://app.example'
    const allowed = (path: string, init: RequestInit = {}) =>
      fetch(server.origin + path, { ...init, headers: { origin } }).then(({ headers }) =>
        headers.get('access-control-allow-origin'),
      )
    expect(await allowed('/fhir/R4/.well-known/smart-configuration')).toBe('*')
    expect(await allowed('/oauth/.well-known/openid-configuration')).toBe(origin)
    expect(await allowed('/oauth/jwks')).toBe(origin)
    const body = new URLSearchParams(codeFields(id, answer, verifier))
    expect(await allowed('/oauth/token', { method: 'POST', body })).toBe(origin)
  })
  test('answers with tokens are kept nowhere', async () => {
    const { id } = await server.client()
    const { answer, verifier } = await authorize(server, { client: id })
    const body = new URLSearchParams(codeFields(id, answer, verifier))
    const { headers } = await fetch(`${server.origin}/oauth/token`, { method: 'POST', body })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('pragma')).toBe('no-cache')
    expect(headers.get('content-type')).toContain('application/json')
  })
})

test('every answer is in the audit before it leaves, without a secret in it', async () => {
  const { id } = await server.client()
  server.audited.length = 0
  const { body } = await tokens(server, { client: id, scope: OFFLINE })
  await refresh(id, 'nothing')
  await authorize(server, { client: id, parameters: { aud: 'https://evil.example' } })
  expect(server.audited.map(({ action, outcome, agent }) => [action, outcome, agent.client])).toEqual([
    ['sign-in', 'success', id],
    ['sign-in', 'success', id],
    ['sign-in', 'refused', id],
    ['sign-in', 'refused', id],
  ])
  expect(server.audited.map(({ rule }) => rule).slice(2)).toEqual(['OAUTH-invalid_grant', 'OAUTH-invalid_target'])
  expect(server.audited[0]).toMatchObject({ patients: ['Patient/an'], agent: { reference: 'Practitioner/binh' } })
  expect(JSON.stringify(server.audited)).not.toContain(body.refresh_token)
})

test('nothing that opens a door is stored as it is', async () => {
  const { id, secret } = await server.client({ proof: 'secret' })
  const { answer } = await authorize(server, { client: id, scope: OFFLINE })
  const publicClient = await server.client()
  const { body } = await tokens(server, { client: publicClient.id, scope: OFFLINE })
  const { rows } = await server.pool.query<{ all: string }>(
    'select string_agg(id || payload::text, $1) as all from oauth_item',
    ['\n'],
  )
  const stored = rows[0]!.all
  for (const each of [
    secret!,
    answer.searchParams.get('code')!,
    body.refresh_token,
    body.access_token.split('.')[2]!,
  ]) {
    expect(stored).not.toContain(each)
  }
  expect(stored).not.toContain('"d"')
})
