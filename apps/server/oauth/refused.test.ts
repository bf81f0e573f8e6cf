/**
 * What attackers try, line by line. Every line must be refused: no code, no token, no reader. The last test counts them.
 * @source RFC 9700 (OAuth 2.0 Security Best Current Practice), RFC 8725 (JWT BCP), SMART App Launch 2.2
 */
import { createHash, createHmac, createPublicKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import { decodeJwt, importJWK, type JWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addClient, type ClientWish } from './clients.ts'
import { Items } from './items.ts'
import { openKeys } from './keys.ts'
import { assertion, clientKey, type Statement, withAssertion } from './keys-for-test.ts'
import { openOAuth } from './open-oauth.ts'
import {
  type Asking,
  authorize,
  authorizeQuery,
  basic,
  Browser,
  codeFields,
  oauthServer,
  post,
  REDIRECT,
  sealerForTest,
  tokens,
} from './oauth-for-test.ts'

const server = oauthServer()
const CHALLENGE = 'A'.repeat(43)
const SCOPE = 'openid launch/patient patient/*.rs'
const rsa = clientKey('RS384')
const ec = clientKey('ES384')

let app = ''
let other = ''
let backend = ''
let confidential: { id: string; secret?: string | undefined }
let counted = 0

beforeAll(async () => {
  app = (await server.client()).id
  other = (await server.client({ redirects: ['https://other.example/cb'], launch: 'https://other.example/launch' })).id
  confidential = await server.client({ proof: 'secret' })
  const keys = { jwks: { keys: [rsa.published, ec.published] } }
  const wish = {
    redirects: [],
    launch: undefined,
    proof: 'keys',
    backend: true,
    scopes: 'system/Patient.rs',
    keys,
  } as const
  backend = (await server.client(wish)).id
})

/** A line of a table is a case; each counts once it was refused. */
const refused = () => void counted++

describe('the authorization request', () => {
  /** What the app hears: the error at its own address, with state and issuer. */
  const AT_APP: readonly [string, Record<string, string | undefined>, string][] = [
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['PKCE in clear', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['PKCE without a method, which means in clear', { code_challenge_method: undefined }, 'invalid_request'],
    ['a method of PKCE that is not', { code_challenge_method: 'S512' }, 'invalid_request'],
    ['a method of PKCE in small letters', { code_challenge_method: 's256' }, 'invalid_request'],
    ['a method without a challenge', { code_challenge: undefined }, 'invalid_request'],
    ['a challenge that is too short', { code_challenge: 'short' }, 'invalid_request'],
    ['a challenge with other characters', { code_challenge: 'ä'.repeat(43) }, 'invalid_request'],
    ['no audience', { aud: undefined }, 'invalid_request'],
    ['another audience', { aud: 'https://evil.example/fhir' }, 'invalid_target'],
    ['the audience with a slash', { aud: '+/' }, 'invalid_target'],
    ['the audience without its path', { aud: 'origin' }, 'invalid_target'],
    ['another resource', { resource: 'https://evil.example/fhir' }, 'invalid_target'],
    ['a resource that is no address', { resource: 'fhir' }, 'invalid_target'],
    ['a resource with a fragment', { resource: 'https://evil.example/fhir#x' }, 'invalid_target'],
    ['the implicit flow', { response_type: 'token' }, 'unsupported_response_type'],
    ['an identity token from the front', { response_type: 'id_token', nonce: 'n' }, 'unsupported_response_type'],
    ['the hybrid flow', { response_type: 'code id_token', nonce: 'n' }, 'unsupported_response_type'],
    ['no answer at all', { response_type: 'none' }, 'unsupported_response_type'],
    ['no type of answer', { response_type: undefined }, 'invalid_request'],
    ['the answer in the fragment', { response_mode: 'fragment' }, 'invalid_request'],
    ['the answer as a form', { response_mode: 'form_post' }, 'invalid_request'],
    ['the answer as a message', { response_mode: 'web_message' }, 'unsupported_response_mode'],
    ['the answer as a token', { response_mode: 'query.jwt' }, 'unsupported_response_mode'],
    ['a request object', { request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
    ['a request object elsewhere', { request_uri: 'https://evil.example/r' }, 'request_uri_not_supported'],
    ['a request that was pushed', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'request_uri_not_supported'],
    ['registration on the way', { registration: '{}' }, 'registration_not_supported'],
    ['no scope', { scope: undefined }, 'invalid_scope'],
    ['scopes beyond the registered', { scope: 'openid user/Patient.rs' }, 'invalid_scope'],
    ['more acts than registered', { scope: 'openid patient/Patient.cruds' }, 'invalid_scope'],
    ['all types where one is registered', { scope: 'openid user/*.rs' }, 'invalid_scope'],
    ['scopes of a backend service', { scope: 'openid system/Patient.rs' }, 'invalid_scope'],
    ['a type that is not', { scope: 'openid patient/Person2.rs' }, 'invalid_scope'],
    ['acts in a wrong order', { scope: 'openid patient/Patient.sr' }, 'invalid_scope'],
    ['a scope of version 1', { scope: 'openid patient/*.read' }, 'invalid_scope'],
    ['a category that is not', { scope: 'openid patient/Observation.rs?category=x|y' }, 'invalid_scope'],
    [
      'a category on a write',
      {
        scope:
          'openid user/Observation.cu?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory',
      },
      'invalid_scope',
    ],
    ['another search parameter on a scope', { scope: 'openid patient/Observation.rs?code=x' }, 'invalid_scope'],
    ['a scope with a quotation mark', { scope: 'openid patient/*.rs "x"' }, 'invalid_scope'],
    ['a name of JavaScript as scope', { scope: 'openid __proto__' }, 'invalid_scope'],
    ['another name of JavaScript as scope', { scope: 'openid constructor toString' }, 'invalid_scope'],
    ['who the person is without openid', { scope: 'fhirUser patient/*.rs' }, 'invalid_scope'],
    ['no question, with nobody signed in', { prompt: 'none' }, 'login_required'],
    ['no question together with another', { prompt: 'none login' }, 'invalid_request'],
    ['a question that is not', { prompt: 'create' }, 'invalid_request'],
    ['an age of sign-in that is not kept', { max_age: '10' }, 'invalid_request'],
    ['a class of sign-in that is not kept', { acr_values: 'urn:x' }, 'invalid_request'],
    ['a hint that would choose the person', { id_token_hint: 'e30.e30.x' }, 'invalid_request'],
    ['a launch that is not', { launch: 'nope', scope: 'openid launch patient/*.rs' }, 'invalid_request'],
    ['a launch without its scope', { launch: 'nope' }, 'invalid_request'],
    ['the scope of a launch without one', { scope: 'openid launch patient/*.rs' }, 'invalid_request'],
  ]
  /** A wrong type of answer is told where answers of that type go. */
  const fragmentOf = ({ hash }: URL) => Object.fromEntries(new URLSearchParams(hash.slice(1)))
  const cooked = (parameters: Record<string, string | undefined>) => ({
    ...parameters,
    ...(parameters['aud'] === '+/' ? { aud: `${server.base}/` } : {}),
    ...(parameters['aud'] === 'origin' ? { aud: server.origin } : {}),
  })
  test.each(AT_APP)('%s', async (_, parameters, error) => {
    const { scope = SCOPE } = parameters
    const query = authorizeQuery(server, app, scope, CHALLENGE, cooked(parameters))
    const answer = await new Browser(server.origin, 'binh').go(`/oauth/authorize?${query}`)
    const at = new URL(answer.headers.get('location') ?? 'about:blank')
    expect(at.origin + at.pathname).toBe(REDIRECT)
    expect({ ...Object.fromEntries(at.searchParams), ...fragmentOf(at) }).toMatchObject({
      error,
      state: 'a-state',
      iss: `${server.origin}/oauth`,
    })
    expect(at.searchParams.has('code')).toBe(false)
    refused()
  })

  /** What stays here: the address is not the app's, so nobody is sent there. */
  const STAYS: readonly [string, Record<string, string | undefined>][] = [
    ['no app', { client_id: undefined }],
    ['an app that is not', { client_id: 'nope' }],
    ['a name of JavaScript as app', { client_id: '__proto__' }],
    ['no address', { redirect_uri: undefined }],
    ['a slash at the end', { redirect_uri: `${REDIRECT}/` }],
    ['other letters in the host', { redirect_uri: 'https://APP.example/callback' }],
    ['other letters in the path', { redirect_uri: 'https://app.example/Callback' }],
    ['a question mark more', { redirect_uri: `${REDIRECT}?next=https://evil.example` }],
    ['a fragment', { redirect_uri: `${REDIRECT}#x` }],
    ['a host below', { redirect_uri: 'https://evil.app.example/callback' }],
    ['a host around', { redirect_uri: 'https://app.example.evil.example/callback' }],
    ['a user before the host', { redirect_uri: 'https://app.example@evil.example/callback' }],
    ['a user in front', { redirect_uri: 'https://user@app.example/callback' }],
    ['another port', { redirect_uri: 'https://app.example:444/callback' }],
    ['the port it has anyway', { redirect_uri: 'https://app.example:443/callback' }],
    ['without TLS', { redirect_uri: 'http://app.example/callback' }],
    ['a path that climbs', { redirect_uri: 'https://app.example/callback/../evil' }],
    ['a path in disguise', { redirect_uri: 'https://app.example/%63allback' }],
    ['a backslash', { redirect_uri: 'https://app.example\\@evil.example/callback' }],
    ['script', { redirect_uri: 'javascript:alert(1)' }],
    ['this server', { redirect_uri: 'origin' }],
    ['the address of another app', { redirect_uri: 'https://other.example/cb' }],
    ['a space at the end', { redirect_uri: `${REDIRECT} ` }],
    ['the other app with this address', { client_id: 'other' }],
    ['an endless state', { state: 'x'.repeat(9000) }],
  ]
  test.each(STAYS)('stays here: %s', async (_, given) => {
    const parameters = { ...given }
    if (parameters['redirect_uri'] === 'origin') parameters['redirect_uri'] = server.origin
    if (parameters['client_id'] === 'other') parameters['client_id'] = other
    const query = authorizeQuery(server, app, SCOPE, CHALLENGE, parameters)
    const answer = await new Browser(server.origin, 'binh').go(`/oauth/authorize?${query}`)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.headers.get('location')).toBeNull()
    expect(await answer.text()).not.toContain('evil.example')
    refused()
  })

  test.each([
    'client_id',
    'redirect_uri',
    'scope',
    'state',
    'aud',
    'code_challenge',
    'code_challenge_method',
    'response_type',
    'launch',
    'prompt',
  ])('a parameter twice: %s', async (name) => {
    const query = authorizeQuery(server, app, SCOPE, CHALLENGE)
    query.append(name, query.get(name) ?? 'x')
    query.append(name, 'y')
    const answer = await new Browser(server.origin, 'binh').go(`/oauth/authorize?${query}`)
    expect(answer.headers.get('location') ?? '').not.toContain('/oauth/interaction/')
    expect(answer.headers.get('location') ?? '').not.toContain('code=')
    refused()
  })

  test('by POST, where cookies of the person would go along', async () => {
    const answer = await post(server, '/oauth/authorize', authorizeQuery(server, app, SCOPE, CHALLENGE))
    expect(answer.status).toBe(404)
    refused()
  })
})

describe('the code', () => {
  /** A code that is good, of `app`. */
  const codeOf = (asking: Partial<Asking> = {}) => authorize(server, { client: app, ...asking })
  const CASES: readonly [string, Record<string, string | undefined>][] = [
    ['no verifier', { code_verifier: undefined }],
    ['another verifier', { code_verifier: 'B'.repeat(43) }],
    ['the challenge as verifier', { code_verifier: 'challenge' }],
    ['a verifier that is too short', { code_verifier: 'short' }],
    ['another address', { redirect_uri: 'https://other.example/cb' }],
    ['the address with a slash', { redirect_uri: `${REDIRECT}/` }],
    ['no address', { redirect_uri: undefined }],
    ['another app', { client_id: 'other' }],
    ['an app that is not', { client_id: 'nope' }],
    ['no app', { client_id: undefined }],
    ['another code', { code: 'x'.repeat(43) }],
    ['no code', { code: undefined }],
    ['the code with a letter more', { code: 'more' }],
    ['the password grant', { grant_type: 'password', username: 'binh', password: 'x' }],
    ['a grant that is not', { grant_type: 'urn:evil' }],
    ['no grant', { grant_type: undefined }],
    ['the implicit grant', { grant_type: 'implicit' }],
    ['a device', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: 'x' }],
    ['another resource', { resource: 'https://evil.example/fhir' }],
    ['the code as refresh token', { grant_type: 'refresh_token', refresh_token: 'code' }],
    ['in the name of the backend service', { grant_type: 'client_credentials', scope: 'system/Patient.rs' }],
  ]
  test.each(CASES)('%s', async (_, given) => {
    const { answer, verifier } = await codeOf()
    const fields: Record<string, string | undefined> = { ...codeFields(app, answer, verifier), ...given }
    if (fields['client_id'] === 'other') fields['client_id'] = other
    if (fields['code'] === 'more') fields['code'] = `${answer.searchParams.get('code')}A`
    if (fields['refresh_token'] === 'code') fields['refresh_token'] = answer.searchParams.get('code')!
    if (fields['code_verifier'] === 'challenge')
      fields['code_verifier'] = createHash('sha256').update(verifier).digest('base64url')
    const sent = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined)
    expectNoToken(await post(server, '/oauth/token', Object.fromEntries(sent)))
    refused()
  })
  test.each(['code', 'client_id', 'redirect_uri', 'code_verifier', 'grant_type'])('twice: %s', async (name) => {
    const { answer, verifier } = await codeOf()
    const fields = new URLSearchParams(codeFields(app, answer, verifier))
    fields.append(name, 'x')
    expectNoToken(await post(server, '/oauth/token', fields))
    refused()
  })
  test('a code of a confidential app without its secret', async () => {
    const { answer, verifier } = await codeOf({ client: confidential.id })
    expectNoToken(await post(server, '/oauth/token', codeFields(confidential.id, answer, verifier)))
    refused()
  })
  test.each([
    ['a wrong secret', () => basic(confidential.id, 'wrong')],
    ['an empty secret', () => basic(confidential.id, '')],
    ['the secret of nobody', () => basic('nope', confidential.secret!)],
    [
      'what is stored of the secret',
      () => basic(confidential.id, `sha256:${createHash('sha256').update(confidential.secret!).digest('base64url')}`),
    ],
    ['another scheme', () => ({ authorization: `Bearer ${confidential.secret}` })],
    ['half of the header', () => ({ authorization: 'Basic' })],
  ])('a code of a confidential app with %s', async (_, headers) => {
    const { answer, verifier } = await codeOf({ client: confidential.id })
    expectNoToken(await post(server, '/oauth/token', codeFields(confidential.id, answer, verifier), headers()))
    refused()
  })
  test('a secret in the body, where it would be logged', async () => {
    const { answer, verifier } = await codeOf({ client: confidential.id })
    const fields = { ...codeFields(confidential.id, answer, verifier), client_secret: confidential.secret! }
    expectNoToken(await post(server, '/oauth/token', fields))
    refused()
  })
  test('two ways of proof at once', async () => {
    const { answer, verifier } = await codeOf({ client: confidential.id })
    const statement = await assertion(server, backend, ec)
    const fields = {
      ...codeFields(confidential.id, answer, verifier),
      ...withAssertion(statement),
      grant_type: 'authorization_code',
    }
    expectNoToken(await post(server, '/oauth/token', fields, basic(confidential.id, confidential.secret!)))
    refused()
  })
  test('parameters as JSON', async () => {
    const { answer, verifier } = await codeOf()
    const body = JSON.stringify(codeFields(app, answer, verifier))
    const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } }
    expect((await fetch(`${server.origin}/oauth/token`, init)).status).toBe(400)
    refused()
  })
  test('from the page of another site', async () => {
    const { answer, verifier } = await codeOf()
    const sent = await post(server, '/oauth/token', codeFields(app, answer, verifier), {
      origin: 'https://evil.example',
    })
    expectNoToken(sent)
    refused()
  })
  test('a body without end', async () => {
    const { answer, verifier } = await codeOf()
    expectNoToken(await post(server, '/oauth/token', { ...codeFields(app, answer, verifier), x: 'x'.repeat(70_000) }))
    refused()
  })
  test('a code that has run out', async () => {
    const { answer, verifier } = await codeOf()
    await server.pool.query(
      `update oauth_item set payload = jsonb_set(payload, '{exp}', to_jsonb(extract(epoch from now())::bigint - 20)) where kind = 'AuthorizationCode'`,
    )
    expectNoToken(await post(server, '/oauth/token', codeFields(app, answer, verifier)))
    refused()
  })
})

/** @param reply of the token endpoint */
function expectNoToken({ status, body }: { status: number; body: Readonly<Record<string, unknown>> }): void {
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
  expect(body).not.toHaveProperty('access_token')
  expect(body).not.toHaveProperty('refresh_token')
}

describe('refresh', () => {
  const good = async () => (await tokens(server, { client: app, scope: 'openid offline_access patient/*.rs' })).body
  test.each<[string, Record<string, string>]>([
    ['more scopes', { scope: 'openid patient/*.rs user/Observation.cruds' }],
    ['scopes that are not', { scope: 'patient/*.cruds' }],
    ['scopes of a backend service', { scope: 'system/Patient.rs' }],
    ['another app', { client_id: 'other' }],
    ['another resource', { resource: 'https://evil.example' }],
    ['another token', { refresh_token: 'x'.repeat(43) }],
    ['an access token', { refresh_token: 'access' }],
  ])('%s', async (_, given) => {
    const { refresh_token, access_token } = await good()
    const fields = { grant_type: 'refresh_token', client_id: app, refresh_token, ...given }
    if (fields.client_id === 'other') fields.client_id = other
    if (fields.refresh_token === 'access') fields.refresh_token = access_token
    expectNoToken(await post(server, '/oauth/token', fields))
    refused()
  })
  test('a token of a grant that has run out, however fresh the token is', async () => {
    const { refresh_token } = await good()
    const past = Math.floor(Date.now() / 1000) - 60
    await server.pool.query(
      `update oauth_item set payload = jsonb_set(payload, '{exp}', '${past}') where kind = 'Grant'`,
    )
    expectNoToken(await post(server, '/oauth/token', { grant_type: 'refresh_token', client_id: app, refresh_token }))
    refused()
  })
  test('a token that was revoked', async () => {
    const { refresh_token } = await good()
    await post(server, '/oauth/revoke', { client_id: app, token: refresh_token })
    expectNoToken(await post(server, '/oauth/token', { grant_type: 'refresh_token', client_id: app, refresh_token }))
    refused()
  })
  test('a token of another app cannot be revoked', async () => {
    const { access_token } = await good()
    await post(server, '/oauth/revoke', { client_id: other, token: access_token })
    expect(await server.oauth.readerOfToken(`Bearer ${access_token}`, '')).not.toBeNull()
    refused()
  })
})

describe('statements of a backend service', () => {
  const now = () => Math.floor(Date.now() / 1000)
  const wrongKey = clientKey('ES384')
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const CASES: readonly [string, () => Statement][] = [
    ['that runs out in an hour', () => ({ claims: { exp: now() + 3600 } })],
    ['that lives longer than five minutes', () => ({ claims: { iat: now() - 600, exp: now() + 200 } })],
    ['that has run out', () => ({ claims: { iat: now() - 400, exp: now() - 100 } })],
    ['that never runs out', () => ({ claims: { exp: undefined } })],
    ['that is not good yet', () => ({ claims: { nbf: now() + 120 } })],
    ['that was made tomorrow', () => ({ claims: { iat: now() + 120 } })],
    ['without a number', () => ({ claims: { jti: undefined } })],
    ['for another server', () => ({ claims: { aud: 'https://evil.example/token' } })],
    ['for the FHIR endpoint', () => ({ claims: { aud: server.base } })],
    ['for several servers', () => ({ claims: { aud: [`${server.origin}/oauth/token`, 'https://evil.example'] } })],
    ['for nobody', () => ({ claims: { aud: undefined } })],
    ['of another issuer', () => ({ claims: { iss: 'evil' } })],
    ['without an issuer', () => ({ claims: { iss: undefined } })],
    ['about another service', () => ({ claims: { sub: app } })],
    ['about nobody', () => ({ claims: { sub: undefined } })],
    ['of another key', () => ({ key: wrongKey.secret })],
    ['of a key that is not registered', () => ({ header: { kid: 'nope' } })],
    ['without the name of its key', () => ({ header: { kid: undefined } })],
    ['with the key in it', () => ({ header: { jwk: wrongKey.published }, key: wrongKey.secret })],
    ['with the address of a key', () => ({ header: { x5u: 'https://evil.example/c.pem' } })],
    ['with a certificate in it', () => ({ header: { x5c: ['AAAA'] } })],
    ['with the address of a key set', () => ({ header: { jku: 'https://evil.example/jwks' } })],
    ['with another type', () => ({ header: { typ: 'at+jwt' } })],
    ['signed with ES256', () => ({ header: { alg: 'ES256' }, key: p256 })],
    ['signed with PS384', () => ({ header: { alg: 'PS384', kid: rsa.kid }, key: rsa.secret })],
    ['signed with RS256', () => ({ header: { alg: 'RS256', kid: rsa.kid }, key: rsa.secret })],
    ['the RSA key by the name of the other', () => ({ header: { alg: 'RS384', kid: ec.kid }, key: rsa.secret })],
    ['with the public key as secret', () => ({ header: { alg: 'HS384' }, key: publicPem(rsa.secret) })],
    ['with an empty secret', () => ({ header: { alg: 'HS256' }, key: new Uint8Array(32) })],
    ['whose path climbs in the name of its key', () => ({ header: { kid: '../../dev/null' } })],
    ['whose name of its key is SQL', () => ({ header: { kid: "' or 1=1 --" } })],
  ]
  test.each(CASES)('%s', async (_, statement) => {
    expectNoToken(await post(server, '/oauth/token', withAssertion(await assertion(server, backend, ec, statement()))))
    refused()
  })
  test('unsigned', async () => {
    const [, body] = (await assertion(server, backend, ec)).split('.')
    const head = Buffer.from('{"alg":"none"}').toString('base64url')
    expectNoToken(await post(server, '/oauth/token', withAssertion(`${head}.${body}.`)))
    refused()
  })
  test('a second time', async () => {
    const fields = withAssertion(await assertion(server, backend, ec))
    expect((await post(server, '/oauth/token', fields)).status).toBe(200)
    expectNoToken(await post(server, '/oauth/token', fields))
    refused()
  })
  test.each([
    'system/Patient.cruds',
    'system/*.rs',
    'system/Observation.rs',
    'patient/Patient.rs',
    'user/Patient.rs',
    'openid',
    'offline_access',
    '',
  ])('asking for %s', async (scope) => {
    expectNoToken(await post(server, '/oauth/token', withAssertion(await assertion(server, backend, ec), scope)))
    refused()
  })
  test.each<[string, Record<string, string>]>([
    ['of another type', { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' }],
    ['of no type', { client_assertion_type: '' }],
    ['in the name of another', { client_id: 'nope' }],
    ['with a code instead', { grant_type: 'authorization_code', code: 'x', redirect_uri: REDIRECT }],
  ])('%s', async (_, given) => {
    expectNoToken(
      await post(server, '/oauth/token', { ...withAssertion(await assertion(server, backend, ec)), ...given }),
    )
    refused()
  })
  test('a backend service opens no page', async () => {
    const query = authorizeQuery(server, backend, 'openid', CHALLENGE)
    const answer = await new Browser(server.origin, 'binh').go(`/oauth/authorize?${query}`)
    expect(answer.headers.get('location') ?? '').not.toContain('interaction')
    refused()
  })
})

const publicPem = (secret: KeyObject) => Buffer.from(createPublicKey(secret).export({ format: 'pem', type: 'spki' }))

describe('access tokens', () => {
  let ours: JWK
  let good = ''
  let claims: Record<string, unknown> = {}
  let elsewhere: Awaited<ReturnType<typeof openOAuth>>
  beforeAll(async () => {
    ours = (await openKeys(server.items, sealerForTest)).signing[0]!
    good = (await tokens(server, { client: app })).body.access_token
    claims = decodeJwt(good)
    elsewhere = await openOAuth({ ...server.options, facility: 2 })
  })
  afterAll(() => elsewhere.close())

  const read = (authorization: string | undefined) => server.oauth.readerOfToken(authorization, '')
  /** Signed by our own key, which no attacker has: what is looked at beside the signature. */
  const signed = async (
    change: Record<string, unknown>,
    header: Record<string, unknown> = {},
    key?: KeyObject | Uint8Array,
  ) => {
    const all = Object.entries({ ...claims, ...change }).filter(([, value]) => value !== undefined)
    const head = Object.entries({ alg: 'ES256', typ: 'at+jwt', kid: ours.kid, ...header })
    const wanted = Object.fromEntries(head.filter(([, value]) => value !== undefined)) as { alg: string }
    return new SignJWT(Object.fromEntries(all)).setProtectedHeader(wanted).sign(key ?? (await importJWK(ours, 'ES256')))
  }
  const now = () => Math.floor(Date.now() / 1000)

  test('what is signed by us with nothing changed is read', async () => {
    expect(await read(`Bearer ${await signed({})}`)).not.toBeNull()
  })
  const CHANGES: readonly [string, () => Record<string, unknown>, Record<string, unknown>?][] = [
    ['for another server', () => ({ aud: 'https://evil.example' })],
    ['for this server and another', () => ({ aud: [server.base, 'https://evil.example'] })],
    ['for nobody', () => ({ aud: undefined })],
    ['of another issuer', () => ({ iss: 'https://evil.example/oauth' })],
    ['of no issuer', () => ({ iss: undefined })],
    ['that has run out', () => ({ iat: now() - 600, exp: now() - 300 })],
    ['that never runs out', () => ({ exp: undefined })],
    ['that lives for a day', () => ({ exp: now() + 86_400 })],
    ['that is not good yet', () => ({ nbf: now() + 100 })],
    ['that was made tomorrow', () => ({ iat: now() + 86_400, exp: now() + 86_500 })],
    ['with a number nobody gave out', () => ({ jti: randomUUID() })],
    ['without a number', () => ({ jti: undefined })],
    ['of no app', () => ({ client_id: undefined })],
    ['that is an identity token', () => ({}), { typ: 'JWT' }],
    ['of no type', () => ({}), { typ: undefined }],
    ['with the address of a key set', () => ({}), { jku: 'https://evil.example' }],
    ['with the address of a certificate', () => ({}), { x5u: 'https://evil.example' }],
    ['with a key in it', () => ({}), { jwk: { kty: 'EC' } }],
    ['of a key nobody has', () => ({}), { kid: 'nope' }],
    ['without the name of its key', () => ({}), { kid: undefined }],
    ['whose name of its key is a path', () => ({}), { kid: '../../../dev/null' }],
  ]
  test.each(CHANGES)('%s', async (_, change, header) => {
    expect(await read(`Bearer ${await signed(change(), header)}`)).toBeNull()
    refused()
  })
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const strangerRsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  test('signed by a stranger under our name', async () => {
    expect(await read(`Bearer ${await signed({}, {}, stranger)}`)).toBeNull()
    refused()
  })
  test('signed with RSA under our name', async () => {
    expect(await read(`Bearer ${await signed({}, { alg: 'RS256' }, strangerRsa)}`)).toBeNull()
    refused()
  })
  test('signed with HMAC, our public key as the secret', async () => {
    const { d: _, ...published } = ours
    const pem = createPublicKey({ key: published as Record<string, string>, format: 'jwk' }).export({
      format: 'pem',
      type: 'spki',
    })
    const [, body] = good.split('.')
    const head = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'at+jwt', kid: ours.kid })).toString('base64url')
    const mac = createHmac('sha256', pem).update(`${head}.${body}`).digest('base64url')
    expect(await read(`Bearer ${head}.${body}.${mac}`)).toBeNull()
    refused()
  })
  test('unsigned', async () => {
    const [, body] = good.split('.')
    for (const alg of ['none', 'None', 'NONE']) {
      const head = Buffer.from(JSON.stringify({ alg, typ: 'at+jwt', kid: ours.kid })).toString('base64url')
      expect(await read(`Bearer ${head}.${body}.`)).toBeNull()
      expect(await read(`Bearer ${head}.${body}.AAAA`)).toBeNull()
    }
    refused()
  })
  test('signed by zeros, which an old Java took', async () => {
    const [head, body] = good.split('.')
    expect(await read(`Bearer ${head}.${body}.${Buffer.alloc(64).toString('base64url')}`)).toBeNull()
    refused()
  })
  test('with one letter of its content changed', async () => {
    const [head, body, mac] = good.split('.')
    const wider = Buffer.from(JSON.stringify({ ...claims, scope: 'system/*.cruds' })).toString('base64url')
    expect(await read(`Bearer ${head}.${wider}.${mac}`)).toBeNull()
    expect(body).not.toBe(wider)
    refused()
  })
  test('at another facility, on the same database', async () => {
    expect(await elsewhere.readerOfToken(`Bearer ${good}`, '')).toBeNull()
    // Keys are the facility's own; what stands behind a token is, too.
    const jti = String(claims['jti'])
    expect(await server.items.tokenState(jti)).toBeDefined()
    expect(await new Items(server.pool, 2).tokenState(jti)).toBeUndefined()
    refused()
  })
  test.each<[string, () => string | undefined]>([
    ['no header', () => undefined],
    ['nothing', () => ''],
    ['no scheme', () => good],
    ['another scheme', () => `Basic ${good}`],
    ['two tokens', () => `Bearer ${good} ${good}`],
    ['a space more', () => `Bearer  ${good}`],
    ['a comma list', () => `Bearer ${good}, Bearer ${good}`],
    ['an endless one', () => `Bearer ${'a'.repeat(5000)}.b.c`],
    ['the number of the token', () => `Bearer ${String(claims['jti'])}`],
    ['an identity token', () => `Bearer ${good.split('.').slice(0, 2).join('.')}`],
  ])('sent as %s', async (_, header) => {
    expect(await read(header())).toBeNull()
    refused()
  })
  test('an identity token as access token, a code as access token', async () => {
    const { body } = await tokens(server, { client: app })
    expect(await read(`Bearer ${body.id_token}`)).toBeNull()
    refused()
  })
  test.each([
    ['a stranger', () => ({})],
    ['a public app about somebody else', () => ({ client_id: other })],
  ])('%s learns nothing of a token', async (_, by) => {
    const { body } = await post(server, '/oauth/introspect', { token: good, ...by() })
    expect(body['active'] ?? false).toBe(false)
    refused()
  })
  test('a forged token is not active', async () => {
    const watch = await server.client({ proof: 'secret', introspects: true })
    const forged = await signed({ scope: 'system/*.cruds' }, {}, stranger)
    const { body } = await post(server, '/oauth/introspect', { token: forged }, basic(watch.id, watch.secret!))
    expect(body).toEqual({ active: false })
    refused()
  })
})

describe('the person at the keyboard', () => {
  /** An app asks; the page is open in this browser. */
  async function asking(person: string, scope = SCOPE, client = app) {
    const browser = new Browser(server.origin, person)
    const query = authorizeQuery(server, client, scope, CHALLENGE)
    const address = (await browser.go(`/oauth/authorize?${query}`)).headers.get('location')!
    return { browser, address, page: await (await browser.go(address)).text() }
  }
  const YES = [
    ['answer', 'confirm'],
    ['scope', 'patient/*.rs'],
    ['patient', 'Patient/an'],
  ] as const

  test('a form without its seal', async () => {
    const { browser, address } = await asking('binh')
    expect((await browser.send('', address, YES)).status).toBe(403)
    refused()
  })
  test('a form whose seal was made for another request', async () => {
    const first = await asking('binh')
    const second = await asking('binh')
    expect((await second.browser.send(first.page, second.address, YES)).status).toBe(403)
    refused()
  })
  test('a form that was opened by one person and sent by another', async () => {
    const { browser, address, page } = await asking('binh')
    browser.cookies.set('person', 'chi')
    expect((await browser.send(page, address, YES)).status).toBe(403)
    refused()
  })
  test('a form that is sent after signing out', async () => {
    const { browser, address, page } = await asking('binh')
    browser.cookies.delete('person')
    expect((await browser.send(page, address, YES)).status).toBe(401)
    refused()
  })
  test('a request that was begun in the browser of an attacker', async () => {
    const attacker = await asking('chi')
    const victim = new Browser(server.origin, 'binh')
    expect((await victim.go(attacker.address)).status).toBe(400)
    expect((await victim.send(attacker.page, attacker.address, YES)).status).toBe(400)
    refused()
  })
  test('the end of a request in another browser', async () => {
    const { browser, address, page } = await asking('binh')
    const sent = await browser.send(page, address, YES)
    const thief = new Browser(server.origin, 'chi')
    const end = await thief.go(sent.headers.get('location')!)
    expect(end.headers.get('location') ?? '').not.toContain('code=')
    expect(end.status).toBe(400)
    refused()
  })
  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin to speak of', { origin: 'null' }],
    ['another site by the browser', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
  ])('a form from %s', async (_, headers) => {
    const { browser, address, page } = await asking('binh')
    const seal = /name="seal" value="([^"]+)"/.exec(page)![1]!
    const body = new URLSearchParams([['seal', seal], ...YES].map(([name, value]) => [name!, value!]))
    expect((await browser.go(address, { method: 'POST', body, headers })).status).toBe(403)
    refused()
  })
  test('consent without a patient where one is needed', async () => {
    const { browser, address, page } = await asking('binh')
    expect((await browser.send(page, address, [['answer', 'confirm']])).status).toBe(422)
    refused()
  })
  test.each(['Patient/nobody', 'Patient/', 'Group/an', 'Patient/an/../x', '../Patient/an', "Patient/'or'1"])(
    'consent for %s',
    async (patient) => {
      const { browser, address, page } = await asking('binh')
      const sent = await browser.send(page, address, [
        ['answer', 'confirm'],
        ['patient', patient],
      ])
      expect([403, 422]).toContain(sent.status)
      refused()
    },
  )
  test('scopes that were not asked for, ticked all the same', async () => {
    const scope = 'openid launch/patient patient/Observation.rs'
    const kept = ['patient/Observation.rs', 'user/Observation.cruds', 'patient/*.rs', 'offline_access']
    const { body } = await tokens(server, { client: app, scope, kept })
    expect(body.scope.split(' ').toSorted()).toEqual(['launch/patient', 'openid', 'patient/Observation.rs'])
    expect(body).not.toHaveProperty('refresh_token')
    refused()
  })
  test('an address of a request that is not', async () => {
    const { browser } = await asking('binh')
    expect((await browser.go('/oauth/interaction/nope')).status).toBe(400)
    refused()
  })
  test('a cookie that was changed', async () => {
    const { browser, address } = await asking('binh')
    for (const [name, value] of browser.cookies)
      if (name.endsWith('.sig')) browser.cookies.set(name, `${value.slice(1)}A`)
    expect((await browser.go(address)).status).toBe(400)
    refused()
  })
  test('no question, in a browser where somebody agreed a moment ago', async () => {
    const { browser, address, page } = await asking('binh')
    const sent = await browser.send(page, address, YES)
    await browser.go(sent.headers.get('location')!)
    const query = authorizeQuery(server, app, SCOPE, CHALLENGE, { prompt: 'none' })
    const answer = await browser.go(`/oauth/authorize?${query}`)
    expect(answer.headers.get('location')).toContain('error=login_required')
    refused()
  })
  test('a hint that is a true identity token of theirs', async () => {
    const { body } = await tokens(server, { client: app })
    const query = authorizeQuery(server, app, SCOPE, CHALLENGE, { id_token_hint: body.id_token })
    const answer = await new Browser(server.origin, 'binh').go(`/oauth/authorize?${query}`)
    expect(answer.headers.get('location')).toContain('error=invalid_request')
    refused()
  })
  test('an answer twice', async () => {
    const { browser, address, page } = await asking('binh')
    const sent = await browser.send(page, address, YES)
    await browser.go(sent.headers.get('location')!)
    expect((await browser.send(page, address, YES)).status).toBe(400)
    const again = await browser.go(sent.headers.get('location')!)
    expect(again.headers.get('location') ?? '').not.toContain('code=')
    refused()
  })
})

describe('launches', () => {
  const LAUNCH_SCOPE = 'openid launch patient/*.rs'
  async function launch(client: string, person = 'binh', patient = 'Patient/an'): Promise<string> {
    const made = await new Browser(server.origin, person).go('/oauth/launch', {
      method: 'POST',
      body: JSON.stringify({ client, patient }),
      headers: { 'content-type': 'application/json' },
    })
    return new URL(((await made.json()) as { url: string }).url).searchParams.get('launch')!
  }
  const use = (launch: string, more: Partial<Asking> = {}) =>
    authorize(server, { client: app, scope: LAUNCH_SCOPE, patient: null, parameters: { launch }, ...more })

  test('a launch twice', async () => {
    const id = await launch(app)
    expect((await use(id)).answer.searchParams.has('code')).toBe(true)
    expect((await use(id)).answer.searchParams.get('error')).toBe('invalid_request')
    refused()
  })
  test('a launch of another app', async () => {
    expect((await use(await launch(other))).answer.searchParams.get('error')).toBe('invalid_request')
    refused()
  })
  test('a launch that has run out', async () => {
    const id = await launch(app)
    await server.pool.query(`update oauth_item set payload = jsonb_set(payload, '{until}', '1') where kind = 'Launch'`)
    expect((await use(id)).answer.searchParams.get('error')).toBe('invalid_request')
    refused()
  })
  test('a launch that another person made', async () => {
    await expect(use(await launch(app, 'chi'))).rejects.toThrow('400')
    refused()
  })
  test('another patient than that of the chart', async () => {
    await expect(use(await launch(app), { patient: 'Patient/bich' })).rejects.toThrow('403')
    refused()
  })
  test('a launch used in two windows at once', async () => {
    const id = await launch(app)
    const all = await Promise.allSettled([use(id), use(id), use(id)])
    const codes = all.filter((one) => one.status === 'fulfilled' && one.value.answer.searchParams.has('code'))
    expect(codes.length).toBeLessThanOrEqual(1)
    refused()
  })
})

describe('registration', () => {
  const wish: ClientWish = { name: 'x', redirects: [REDIRECT], scopes: 'openid', proof: 'public', backend: false }
  const key = { jwks: { keys: [ec.published] } }
  test.each<[string, Partial<ClientWish>]>([
    ['without an address', { redirects: [] }],
    ['an address without TLS', { redirects: ['http://app.example/cb'] }],
    ['an address with a fragment', { redirects: ['https://app.example/cb#x'] }],
    ['an address with a star', { redirects: ['https://*.app.example/cb'] }],
    ['an address with a user', { redirects: ['https://u:p@app.example/cb'] }],
    ['script as address', { redirects: ['javascript:alert(1)'] }],
    ['a scheme anybody can take', { redirects: ['myapp:/cb'] }],
    ['no scope', { scopes: '' }],
    ['a scope that is not', { scopes: 'patient/*.read' }],
    ['scopes of a backend service', { scopes: 'openid system/*.rs' }],
    [
      'a backend service with scopes of people',
      { backend: true, redirects: [], proof: 'keys', keys: key, scopes: 'user/*.rs' },
    ],
    ['a backend service without keys', { backend: true, redirects: [], scopes: 'system/*.rs' }],
    ['a backend service with an address', { backend: true, proof: 'keys', keys: key, scopes: 'system/*.rs' }],
    ['a private key', { proof: 'keys', keys: { jwks: { keys: [{ ...ec.published, d: 'AAAA' }] } } }],
    ['a shared secret as key', { proof: 'keys', keys: { jwks: { keys: [{ kty: 'oct', k: 'AAAA', kid: 'a' }] } } }],
    ['a short RSA key', { proof: 'keys', keys: { jwks: { keys: [{ kty: 'RSA', n: 'AAAA', e: 'AQAB', kid: 'a' }] } } }],
    ['a key on another curve', { proof: 'keys', keys: { jwks: { keys: [{ ...ec.published, crv: 'P-256' }] } } }],
    ['no key in the set', { proof: 'keys', keys: { jwks: { keys: [] } } }],
    ['keys for an app without proof', { keys: key }],
  ])('%s', async (_, change) => {
    expect(await addClient(server.items, { ...wish, ...change })).toMatchObject({ ok: false })
    refused()
  })
  test('by the app itself', async () => {
    const body = JSON.stringify({ redirect_uris: [REDIRECT] })
    const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } }
    expect((await fetch(`${server.origin}/oauth/reg`, init)).status).toBe(404)
    refused()
  })
})

test('at least two hundred of them were refused, and nothing broke', () => {
  expect(counted).toBeGreaterThanOrEqual(200)
  expect(server.faults).toEqual([])
})
