/** `fhirclient`, unmodified, inside a small web application: the app most people would write first. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import smart from 'fhirclient/lib/entry/node.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientKey } from './keys-for-test.ts'
import { Browser, oauthServer } from './oauth-for-test.ts'

const server = oauthServer()
const key = clientKey('ES384')

interface Registered {
  readonly clientId: string
  readonly clientSecret?: string
  readonly clientPrivateJwk?: object
}

/** What the app knows at the end. */
interface Known {
  readonly patient: string
  readonly encounter: string | null
  readonly fhirUser: string
  readonly granted: string
  readonly refreshed: boolean
  readonly name: string
}

let app: Server
let address = ''
let registered: Registered = { clientId: '' }
let scope = ''

beforeAll(async () => {
  // One clinical route, guarded as the product guards all of them.
  const kept = new Map<string, unknown>()
  const storage = {
    get: async (name: string) => kept.get(name) as never,
    set: async (name: string, value: unknown) => (kept.set(name, value), value),
    unset: async (name: string) => kept.delete(name),
  }
  app = createServer((request, answer) => {
    serve(request, answer, storage).catch((fault: unknown) => answer.writeHead(500).end(String(fault)))
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(app.address() as { port: number }).port}`
})
afterAll(() => app.close())

async function serve(request: IncomingMessage, answer: ServerResponse, storage: object): Promise<void> {
  // It looks at the protocol of the address as Express knows it.
  Object.assign(request, { protocol: 'http', get: (name: string) => request.headers[name.toLowerCase()] })
  const oauth = smart(request as never, answer, storage as never)
  if (request.url?.startsWith('/callback')) {
    const client = await oauth.ready()
    const before = client.state.tokenResponse?.access_token
    if (client.state.tokenResponse?.refresh_token) await client.refresh()
    const known: Known = {
      patient: client.patient.id ?? '',
      encounter: client.encounter.id,
      fhirUser: client.getFhirUser() ?? '',
      granted: String(client.state.tokenResponse?.scope),
      refreshed: client.state.tokenResponse?.access_token !== before,
      name: (await server.oauth.readerOfToken(`Bearer ${client.state.tokenResponse?.access_token}`, ''))?.name ?? '',
    }
    answer.end(JSON.stringify(known))
    return
  }
  const target = new URL(request.url ?? '/', address)
  const iss = target.searchParams.get('iss') ?? server.base
  await oauth.authorize({
    ...registered,
    scope,
    iss,
    redirectUri: `${address}/callback`,
    pkceMode: 'required',
  } as never)
}

/** The browser of a person, from the first page of the app to the last. */
async function walk(first: string, patient: string | null): Promise<Known> {
  const browser = new Browser(server.origin, 'binh')
  const asked = await fetch(first, { redirect: 'manual' })
  const page = (await browser.go(asked.headers.get('location')!)).headers.get('location')!
  const text = await (await browser.go(page)).text()
  const kept = scope.split(' ').map((one) => ['scope', one] as const)
  const chosen = patient === null ? [] : [['patient', patient] as const]
  const answered = await browser.send(text, page, [['answer', 'confirm'], ...kept, ...chosen])
  const end = (await browser.go(answered.headers.get('location')!)).headers.get('location')!
  const last = await fetch(end, { redirect: 'manual' })
  const clean = last.headers.get('location')
  return (await (clean === null ? last : await fetch(new URL(clean, address))).json()) as Known
}

describe('fhirclient', () => {
  test('a public app, standalone, with refresh', async () => {
    const { id } = await server.client({ redirects: [`${address}/callback`] })
    registered = { clientId: id }
    scope = 'openid fhirUser launch/patient patient/*.rs offline_access'
    expect(await walk(address, 'Patient/an')).toMatchObject({
      patient: 'an',
      encounter: null,
      fhirUser: 'Practitioner/binh',
      refreshed: true,
      name: 'binh',
    })
  })
  test('a confidential app with a secret', async () => {
    const { id, secret } = await server.client({ redirects: [`${address}/callback`], proof: 'secret' })
    registered = { clientId: id, clientSecret: secret! }
    scope = 'openid fhirUser launch/patient patient/*.rs online_access'
    expect(await walk(address, 'Patient/bich')).toMatchObject({ patient: 'bich', refreshed: true })
  })
  test('a confidential app with a key', async () => {
    const keys = { jwks: { keys: [key.published] } }
    const { id } = await server.client({ redirects: [`${address}/callback`], proof: 'keys', keys })
    const clientPrivateJwk = { ...key.secret.export({ format: 'jwk' }), kid: key.kid, alg: key.alg }
    registered = { clientId: id, clientPrivateJwk }
    scope = 'openid fhirUser launch/patient patient/*.rs'
    expect(await walk(address, 'Patient/an')).toMatchObject({ patient: 'an', fhirUser: 'Practitioner/binh' })
  })
  test('opened from a chart', async () => {
    const { id } = await server.client({ redirects: [`${address}/callback`], launch: `${address}/launch` })
    registered = { clientId: id }
    scope = 'openid fhirUser launch patient/*.rs'
    const made = await new Browser(server.origin, 'binh').go('/oauth/launch', {
      method: 'POST',
      body: JSON.stringify({ client: id, patient: 'Patient/bich', encounter: 'Encounter/e1' }),
      headers: { 'content-type': 'application/json' },
    })
    const { url } = (await made.json()) as { url: string }
    expect(await walk(url, null)).toMatchObject({ patient: 'bich', encounter: 'e1', name: 'binh' })
  })
})
