/** The real OAuth server over HTTP for one test file, people who are signed in by a cookie, and a browser with a jar. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import type { Reader } from '#foundation/access-control'
import type { AuditFacts } from '#foundation/audit-log'
import { databaseForTest } from '#testing/postgres'
import { addClient, type ClientWish } from './clients.ts'
import { Items } from './items.ts'
import { openOAuth } from './open-oauth.ts'
import type { FoundPatient, OAuth, OAuthOptions, Sealer } from './types.ts'

const KEY = randomBytes(32)

/** AES-256-GCM with a key of this process. */
export const sealerForTest: Sealer = {
  async seal(text, place) {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', KEY, nonce).setAAD(Buffer.from(place))
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
  },
  async open(sealed, place) {
    const bytes = Buffer.from(sealed, 'base64')
    const cipher = createDecipheriv('aes-256-gcm', KEY, bytes.subarray(0, 12))
    cipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString()
  },
}

const reader = (name: string, agent: string, more: Partial<Reader> = {}): Reader => ({
  account: `account-of-${name}`,
  agent,
  name,
  roles: ['doctor'],
  departments: ['Organization/khoa-noi'],
  session: `session-of-${name}`,
  client: null,
  scopes: null,
  patients: null,
  purpose: 'TREAT',
  factors: 2,
  network: '127.0.0.1',
  ...more,
})

/** Who can be signed in: the cookie `person` says it. */
export const PEOPLE: Readonly<Record<string, Reader>> = {
  binh: reader('binh', 'Practitioner/binh'),
  chi: reader('chi', 'Practitioner/chi', { roles: ['nurse'] }),
  quan: reader('quan', 'Practitioner/quan', { roles: ['administrator'] }),
  mot: reader('mot', 'Practitioner/mot', { roles: ['administrator'], factors: 1 }),
  an: reader('an', 'Patient/an', { roles: ['patient'], patients: ['Patient/an'], purpose: 'PATRQT' }),
}

const PATIENTS: readonly FoundPatient[] = [
  { reference: 'Patient/an', label: 'Nguyễn Văn An, 1980' },
  { reference: 'Patient/bich', label: 'Trần Thị Bích, 1975' },
]

export interface OAuthServer {
  readonly oauth: OAuth
  readonly app: FastifyInstance
  readonly items: Items
  readonly pool: pg.Pool
  readonly origin: string
  /** the FHIR endpoint, which is the audience */
  readonly base: string
  readonly audited: AuditFacts[]
  readonly faults: unknown[]
  readonly options: OAuthOptions
  /** accounts that have been disabled, sessions that are over */
  readonly gone: Set<string>
  client(wish?: Partial<ClientWish>): Promise<{ id: string; secret?: string | undefined }>
}

export const REDIRECT = 'https://app.example/callback'
export const LAUNCH = 'https://app.example/launch'

export function oauthServer(more: Partial<OAuthOptions> = {}): OAuthServer {
  const state = {} as { -readonly [K in keyof OAuthServer]: OAuthServer[K] }
  state.audited = []
  state.faults = []
  state.gone = new Set()
  beforeAll(async () => {
    const { connection } = await databaseForTest()
    const port = await freePort()
    state.origin = `http://127.0.0.1:${port}`
    state.base = `${state.origin}/fhir/R4`
    state.pool = new pg.Pool({ ...connection, max: 2 })
    state.items = new Items(state.pool, 1)
    state.options = optionsFor(state, connection, more)
    state.oauth = await openOAuth(state.options)
    state.app = fastify()
    await state.app.register(state.oauth.plugin)
    await state.app.listen({ host: '127.0.0.1', port })
  })
  afterAll(async () => {
    await state.app?.close()
    await state.oauth?.close()
    await state.pool?.end()
  })
  state.client = async (wish = {}) => {
    const made = await addClient(state.items, {
      name: 'Biểu đồ',
      redirects: [REDIRECT],
      scopes:
        'openid fhirUser profile launch launch/patient launch/encounter offline_access online_access patient/*.rs user/Observation.cruds',
      launch: LAUNCH,
      proof: 'public',
      backend: false,
      ...wish,
    })
    if (!made.ok) throw new Error(made.refusals.map(({ rule }) => rule).join(' '))
    return made.value
  }
  return state
}

function optionsFor(state: OAuthServer, database: pg.ClientConfig, more: Partial<OAuthOptions>): OAuthOptions {
  const people = Object.values(PEOPLE)
  return {
    database,
    facility: 1,
    base: state.base,
    sealer: sealerForTest,
    identify: async (request: FastifyRequest) =>
      PEOPLE[/person=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''] ?? null,
    readerOf: async (account, session) =>
      state.gone.has(account) || (session !== null && state.gone.has(session))
        ? null
        : (people.find((one) => one.account === account) ?? null),
    findPatients: async (_, text) => PATIENTS.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase())),
    describePatient: async (_, reference) => PATIENTS.find((one) => one.reference === reference) ?? null,
    audit: async (facts) => void state.audited.push(facts),
    onFault: (fault) => state.faults.push(fault),
    ...more,
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** A browser: keeps cookies, follows no redirect by itself. */
export class Browser {
  readonly #origin: string
  readonly cookies = new Map<string, string>()

  constructor(origin: string, person?: string) {
    this.#origin = origin
    if (person !== undefined) this.cookies.set('person', person)
  }

  async go(address: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(new URL(address, this.#origin), {
      redirect: 'manual',
      ...init,
      headers: { cookie, accept: 'text/html', ...(init.headers as Record<string, string>) },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return answer
  }

  /** Sends the form of a page, with these fields beside what the page put into it. */
  async send(page: string, address: string, fields: readonly (readonly [string, string])[]): Promise<Response> {
    const seal = /name="seal" value="([^"]+)"/.exec(page)?.[1] ?? ''
    return this.go(address, {
      method: 'POST',
      body: new URLSearchParams([['seal', seal], ...fields].map(([name, value]) => [name!, value!])),
      headers: { origin: this.#origin, 'sec-fetch-site': 'same-origin' },
    })
  }
}

/** A secret of PKCE and its challenge. */
export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

export interface Asking {
  readonly client: string
  readonly person?: string
  readonly scope?: string
  readonly patient?: string | null
  readonly parameters?: Readonly<Record<string, string | undefined>>
  /** scopes the person leaves ticked; all by default */
  readonly kept?: readonly string[]
}

/** Asks, signs in and consents as a browser does. @returns the answer at the app's address, and the PKCE secret */
export async function authorize(server: OAuthServer, asking: Asking): Promise<{ answer: URL; verifier: string }> {
  const {
    client,
    person = 'binh',
    scope = 'launch/patient patient/*.rs openid fhirUser',
    patient = 'Patient/an',
  } = asking
  const { verifier, challenge } = pkce()
  const query = authorizeQuery(server, client, scope, challenge, asking.parameters)
  const browser = new Browser(server.origin, person)
  const first = await browser.go(`/oauth/authorize?${query}`)
  const interaction = first.headers.get('location') ?? ''
  if (!interaction.startsWith('/oauth/interaction/')) return { answer: new URL(interaction, server.origin), verifier }
  const page = await (await browser.go(interaction)).text()
  const kept = (asking.kept ?? scope.split(' ')).map((one) => ['scope', one] as const)
  const fields = [['answer', 'confirm'] as const, ...kept, ...(patient === null ? [] : [['patient', patient] as const])]
  const confirmed = await browser.send(page, interaction, fields)
  if (confirmed.status !== 303) throw new Error(`${confirmed.status} ${await confirmed.text()}`)
  const resumed = await browser.go(confirmed.headers.get('location')!)
  const location = resumed.headers.get('location')
  if (location === null) throw new Error(`${resumed.status} ${await resumed.text()}`)
  return { answer: new URL(location), verifier }
}

export function authorizeQuery(
  { base }: Pick<OAuthServer, 'base'>,
  client: string,
  scope: string,
  challenge: string,
  more: Readonly<Record<string, string | undefined>> = {},
): URLSearchParams {
  const all: Readonly<Record<string, string | undefined>> = {
    response_type: 'code',
    client_id: client,
    redirect_uri: REDIRECT,
    scope,
    state: 'a-state',
    aud: base,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  }
  return new URLSearchParams(Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined))
}

export interface Tokens {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>> & {
    readonly access_token: string
    readonly refresh_token: string
    readonly id_token: string
    readonly scope: string
    readonly error?: string
  }
}

/** Posts a form to an endpoint. */
export async function post(
  { origin }: OAuthServer,
  path: string,
  fields: Readonly<Record<string, string>> | URLSearchParams,
  headers: Readonly<Record<string, string>> = {},
): Promise<Tokens> {
  const answer = await fetch(origin + path, { method: 'POST', body: new URLSearchParams(fields), headers })
  const text = await answer.text()
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : {} }
}

/** The whole way to tokens of a public client. */
export async function tokens(server: OAuthServer, asking: Asking): Promise<Tokens> {
  const { answer, verifier } = await authorize(server, asking)
  return post(server, '/oauth/token', codeFields(asking.client, answer, verifier))
}

export const codeFields = (client: string, answer: URL, verifier: string) => ({
  grant_type: 'authorization_code',
  client_id: client,
  code: answer.searchParams.get('code') ?? '',
  redirect_uri: REDIRECT,
  code_verifier: verifier,
})

export const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
})
