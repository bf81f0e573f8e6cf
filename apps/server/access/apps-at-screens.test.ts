/** What a person lets an app do is what its scopes say: the routes of our own screens, which have none, are no part of it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore, type RecordStore } from '#foundation/record-store'
import { databaseForTest } from '#testing/postgres'
import { buildApp } from '../app.ts'
import { addClient } from '../oauth/clients.ts'
import { Items } from '../oauth/items.ts'
import { authorizeQuery, Browser, codeFields, pkce, REDIRECT } from '../oauth/oauth-for-test.ts'
import { readSettings } from '../settings.ts'
import { openSecurity, type Security } from './open-security.ts'

const SCOPE = 'user/Organization.rs'

let folder = ''
let origin = ''
let app: FastifyInstance
let store: RecordStore
let security: Security
let pool: pg.Pool
let client = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanh-apps-'))
  const { connection, admin, appRole } = await databaseForTest()
  pool = new pg.Pool({ ...connection, max: 1 })
  store = await openStore(connection)
  const port = await freePort()
  origin = `http://localhost:${port}`
  const given = new Map([
    ['--data', join(folder, 'data')],
    ['--demo', 'true'],
  ])
  const database = { connection, admin, appRole, version: '', close: async () => undefined }
  security = await openSecurity({
    settings: readSettings(given, {}),
    hospital: { store, database, close: async () => undefined },
    origin,
    log: pino({ level: 'silent' }),
    print: () => undefined,
  })
  app = await buildApp({ store, security, base: `${origin}/fhir/R4` })
  await app.listen({ host: '127.0.0.1', port })
  const made = await addClient(new Items(pool, 1), {
    name: 'Danh bạ',
    scopes: SCOPE,
    redirects: [REDIRECT],
    proof: 'public',
    backend: false,
  })
  client = made.ok ? made.value.id : ''
})
afterAll(async () => {
  await app?.close()
  await security?.close()
  await store?.close()
  await pool?.end()
  await rm(folder, { recursive: true, force: true })
})

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

const JSON_TYPE = { 'content-type': 'application/json' }

/** An app that somebody of this role let read the directory, and nothing else. */
async function tokenOf(role: string): Promise<string> {
  const browser = new Browser(origin)
  const headers = { ...JSON_TYPE, origin, accept: 'application/json' }
  await browser.go('/sign-in/demo', { method: 'POST', body: JSON.stringify({ role }), headers })
  const { verifier, challenge } = pkce()
  const query = authorizeQuery({ base: `${origin}/fhir/R4` }, client, SCOPE, challenge)
  const address = (await browser.go(`/oauth/authorize?${query}`)).headers.get('location')!
  const page = await (await browser.go(address)).text()
  const yes = [
    ['answer', 'confirm'],
    ['scope', SCOPE],
  ] as const
  const confirmed = await browser.send(page, address, yes)
  const end = new URL((await browser.go(confirmed.headers.get('location')!)).headers.get('location')!)
  const body = new URLSearchParams(codeFields(client, end, verifier))
  const answer = await fetch(`${origin}/oauth/token`, { method: 'POST', body })
  return ((await answer.json()) as { access_token: string }).access_token
}

test.each([
  ['insurance', 'GET', '/insurance/rules'],
  ['insurance', 'POST', '/insurance/dossiers/search'],
  ['insurance', 'PUT', '/insurance/rules/BHXH-1'],
  ['reception', 'POST', '/insurance/card-look-ups'],
  ['privacy', 'POST', '/access/break-glass/list'],
  ['privacy', 'POST', '/access/break-glass/review'],
  ['doctor', 'GET', '/access/break-glass'],
  ['doctor', 'POST', '/access/break-glass'],
  ['doctor', 'POST', '/access/printed'],
  ['administrator', 'POST', '/access/simulate'],
  ['administrator', 'GET', '/access/policy'],
  ['administrator', 'GET', '/administration/accounts'],
  ['administrator', 'GET', '/oauth/clients'],
  ['auditor', 'POST', '/audit/search'],
  ['auditor', 'GET', '/audit/status'],
])('an app of %s is nobody at %s %s', async (role, method, path) => {
  const authorization = `Bearer ${await tokenOf(role)}`
  const read = await fetch(`${origin}/fhir/R4/Organization`, { headers: { authorization } })
  expect(read.status).toBe(200)
  const from = { authorization, 'sec-fetch-site': 'same-origin' }
  const init = method === 'GET' ? { headers: from } : { method, headers: { ...JSON_TYPE, ...from }, body: '{}' }
  expect((await fetch(origin + path, init)).status).toBe(401)
})
