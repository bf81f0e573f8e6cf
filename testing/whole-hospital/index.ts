/** The whole server of a hospital with sign-in, for one test file: every part as `lanh start --demo` joins them, without listening. */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll } from 'vitest'
import { buildApp, openSecurity, readSettings, type Security } from '#apps/server'
import { openStore, type RecordStore } from '#foundation/record-store'
import { type TestDatabase, databaseForTest } from '#testing/postgres'

/** Every role that the demo hospital has somebody for. */
export const DEMO_ROLES = [
  'doctor',
  'nurse',
  'head',
  'technician',
  'reception',
  'pharmacist',
  'cashier',
  'insurance',
  'records',
  'director',
  'administrator',
  'auditor',
  'privacy',
  'integration',
  'patient',
  'representative',
] as const

export type DemoRole = (typeof DEMO_ROLES)[number]

/** Where the doctor, the nurse and the head of department of the demo hospital work. */
export const WARD = 'Organization/khoa-medicine'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  /** the parsed body; an empty object where it is no JSON */
  readonly body: Readonly<Record<string, unknown>>
}

export interface WholeHospital {
  readonly app: FastifyInstance
  readonly store: RecordStore
  readonly database: TestDatabase
  /** each as `METHOD /path/:parameter`, in alphabetical order; HEAD and OPTIONS are told with the others */
  readonly routes: readonly string[]
  /** what the server logged, a JSON object per line */
  readonly logged: readonly string[]
  /** one request as a browser sends it from our own page, as somebody of this role or as nobody */
  ask(
    role: DemoRole | null,
    method: string,
    url: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Reply>
  /** writes past the door, as an import would */
  put(resource: {
    readonly resourceType: string
    readonly id: string
    readonly [member: string]: unknown
  }): Promise<void>
}

/** Call it at the top of a test file; it is open in `beforeAll` and gone after the last test. */
export function wholeHospital(): WholeHospital {
  const origin = 'http://localhost'
  let folder = ''
  let database: TestDatabase | undefined
  let store: RecordStore | undefined
  let security: Security | undefined
  let app: FastifyInstance | undefined
  const routes = new Set<string>()
  const logged: string[] = []
  const cookies = new Map<DemoRole, string>()

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lanh-whole-'))
    const screens = join(folder, 'screens')
    await mkdir(join(screens, 'assets'), { recursive: true })
    await writeFile(join(screens, 'index.html'), '<!doctype html><title>Lành</title>')
    await writeFile(join(screens, 'assets', 'a.js'), 'export {}')
    database = await databaseForTest()
    store = await openStore(database.connection)
    const log = pino({ level: 'trace' }, { write: (line) => void logged.push(line) })
    const given = new Map([
      ['--data', folder],
      ['--demo', 'true'],
    ])
    const { connection, admin, appRole } = database
    const opened = await openSecurity({
      settings: readSettings(given, {}),
      hospital: {
        store,
        database: { connection, admin, appRole, version: '', close: async () => undefined },
        close: async () => undefined,
      },
      origin,
      log,
      print: () => undefined,
    })
    security = opened
    app = await buildApp({
      store,
      screens,
      log,
      security: {
        ...opened,
        register: async (server) => {
          server.addHook('onRoute', ({ method, url }) => {
            for (const one of [method].flat()) if (!['HEAD', 'OPTIONS'].includes(one)) routes.add(`${one} ${url}`)
          })
          await opened.register(server)
        },
      },
    })
    await app.ready()
  })
  afterAll(async () => {
    await app?.close()
    await security?.close()
    await store?.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function send(
    method: string,
    url: string,
    cookie: string,
    body: unknown,
    more: Readonly<Record<string, string>>,
  ) {
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body)
    return app!.inject({
      method: method as 'GET',
      url,
      headers: {
        host: 'localhost',
        ...(method === 'GET' ? {} : { origin, 'sec-fetch-site': 'same-origin' }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie === '' ? {} : { cookie }),
        ...more,
      },
      ...(body === undefined ? {} : { payload: isRaw ? body : JSON.stringify(body) }),
    })
  }

  async function cookieOf(role: DemoRole): Promise<string> {
    const known = cookies.get(role)
    if (known !== undefined) return known
    const { cookies: given, body } = await send('POST', '/sign-in/demo', '', { role }, {})
    if (given.length === 0) throw new Error(`nobody is ${role}: ${body}`)
    const cookie = given.map(({ name, value }) => `${name}=${value}`).join('; ')
    cookies.set(role, cookie)
    return cookie
  }

  return {
    get app() {
      return app!
    },
    get store() {
      return store!
    },
    get database() {
      return database!
    },
    get routes() {
      return [...routes].toSorted()
    },
    logged,
    async ask(role, method, url, body, headers = {}) {
      const cookie = role === null ? '' : await cookieOf(role)
      const answer = await send(method, url, cookie, body, headers)
      // What ends or changes a session is followed by a new one.
      if (role !== null && method === 'POST' && url.startsWith('/sign-in/')) cookies.delete(role)
      const isJson = String(answer.headers['content-type'] ?? '').includes('json') && answer.body !== ''
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: answer.body,
        body: (isJson ? JSON.parse(answer.body) : {}) as Reply['body'],
      }
    },
    async put(resource) {
      const open = await buildApp({ store: store! })
      const { statusCode, body } = await open.inject({
        method: 'PUT',
        url: `/fhir/R4/${resource.resourceType}/${resource.id}`,
        headers: { host: 'localhost', 'content-type': 'application/fhir+json' },
        payload: JSON.stringify(resource),
      })
      await open.close()
      if (statusCode > 201) throw new Error(body)
    },
  }
}
