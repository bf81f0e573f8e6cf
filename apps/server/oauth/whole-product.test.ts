/** From a click of somebody at the hospital to a record in an app, through everything that stands in between. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore, type RecordStore } from '#foundation/record-store'
import { databaseForTest } from '#testing/postgres'
import { openSecurity, type Security } from '../access/index.ts'
import { buildApp } from '../app.ts'
import { readSettings } from '../settings.ts'
import { addClient } from './clients.ts'
import { Items } from './items.ts'
import { authorizeQuery, Browser, codeFields, pkce, REDIRECT } from './oauth-for-test.ts'

let folder = ''
let origin = ''
let app: FastifyInstance
let store: RecordStore
let security: Security
let pool: pg.Pool
let client = ''

const HERE = 'Organization/khoa-medicine'
const people = ['trong-khoa', 'cung-khoa', 'ngoai-khoa'] as const

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanh-app-'))
  const { connection, admin, appRole } = await databaseForTest()
  pool = new pg.Pool({ ...connection, max: 2 })
  store = await openStore(connection)
  for (const id of people) await writePatient(id, id === 'ngoai-khoa' ? 'Organization/khoa-clinic' : HERE)
  const port = await freePort()
  origin = `http://localhost:${port}`
  const settings = readSettings(
    new Map([
      ['--data', join(folder, 'data')],
      ['--demo', 'true'],
    ]),
    {},
  )
  const database = { connection, admin, appRole, version: '', close: async () => undefined }
  const hospital = { store, database, close: async () => undefined }
  const log = pino({ level: 'silent' })
  security = await openSecurity({ settings, hospital, origin, log, print: () => undefined })
  app = await buildApp({ store, security, base: `${origin}/fhir/R4` })
  await app.listen({ host: '127.0.0.1', port })
  const wish = { redirects: [REDIRECT], proof: 'public', backend: false } as const
  const scopes = 'openid fhirUser launch/patient patient/*.rs offline_access'
  const made = await addClient(new Items(pool, 1), { name: 'Biểu đồ', scopes, ...wish })
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

/** A patient who lies in a department now, with one measurement. */
async function writePatient(id: string, department: string): Promise<void> {
  const open = await buildApp({ store })
  const write = (type: string, name: string, body: object) =>
    open.inject({
      method: 'PUT',
      url: `/fhir/R4/${type}/${name}`,
      payload: { resourceType: type, id: name, ...body },
    })
  const subject = { reference: `Patient/${id}` }
  const answers = [
    await write('Organization', department.split('/')[1]!, { name: department }),
    await write('Patient', id, { name: [{ text: `Người bệnh ${id}` }], birthDate: '1980-01-01' }),
    await write('Encounter', `luot-${id}`, {
      status: 'in-progress',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
      subject,
      serviceProvider: { reference: department },
      period: { start: '2026-01-01' },
    }),
    await write('Observation', `mach-${id}`, { status: 'final', code: { text: 'Mạch' }, subject }),
  ]
  for (const { statusCode, body } of answers) if (statusCode > 201) throw new Error(body)
  await open.close()
}

/** A browser in which this role of the demo hospital is signed in. */
async function signedIn(role: string): Promise<Browser> {
  const browser = new Browser(origin)
  const init = {
    method: 'POST',
    body: JSON.stringify({ role }),
    headers: { 'content-type': 'application/json', accept: 'application/json', origin },
  }
  const answer = await browser.go('/sign-in/demo', init)
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return browser
}

const asking = (browser: Browser, challenge: string) => {
  const query = authorizeQuery({ base: `${origin}/fhir/R4` }, client, 'openid fhirUser patient/*.rs', challenge)
  return browser.go(`/oauth/authorize?${query}`)
}

async function appOf(role: string, patient: string): Promise<{ token: string; browser: Browser }> {
  const browser = await signedIn(role)
  const { verifier, challenge } = pkce()
  const address = (await asking(browser, challenge)).headers.get('location')!
  const page = await (await browser.go(address)).text()
  const yes = [
    ['answer', 'confirm'],
    ['scope', 'patient/*.rs'],
    ['patient', patient],
  ] as const
  const confirmed = await browser.send(page, address, yes)
  if (confirmed.status !== 303) throw new Error(`${confirmed.status}`)
  const end = new URL((await browser.go(confirmed.headers.get('location')!)).headers.get('location')!)
  const body = new URLSearchParams(codeFields(client, end, verifier))
  const answer = (await (await fetch(`${origin}/oauth/token`, { method: 'POST', body })).json()) as {
    access_token: string
  }
  return { token: answer.access_token, browser }
}

const read = (path: string, token?: string) =>
  fetch(`${origin}/fhir/R4/${path}`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })

describe('an app in the hand of a doctor', () => {
  test('reads the patient of the launch, and nobody else, not even of the same department', async () => {
    const { token } = await appOf('doctor', 'Patient/trong-khoa')
    expect((await read('Patient/trong-khoa', token)).status).toBe(200)
    expect((await read('Observation/mach-trong-khoa', token)).status).toBe(200)
    expect((await read('Patient/cung-khoa', token)).status).toBeGreaterThanOrEqual(403)
    expect((await read('Observation/mach-cung-khoa', token)).status).toBeGreaterThanOrEqual(403)
    const found = (await (await read('Observation', token)).json()) as { entry?: { resource: { id: string } }[] }
    expect(found.entry?.map(({ resource }) => resource.id)).toEqual(['mach-trong-khoa'])
  })
  test('writes nothing that its scopes do not say', async () => {
    const { token } = await appOf('doctor', 'Patient/trong-khoa')
    const answer = await fetch(`${origin}/fhir/R4/Observation`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
      body: JSON.stringify({
        resourceType: 'Observation',
        status: 'final',
        code: { text: 'x' },
        subject: { reference: 'Patient/trong-khoa' },
      }),
    })
    expect(answer.status).toBe(403)
  })
  test('sees no more of a patient of another department than the doctor does', async () => {
    const { token } = await appOf('doctor', 'Patient/ngoai-khoa')
    expect((await read('Observation/mach-ngoai-khoa', token)).status).toBeGreaterThanOrEqual(403)
    const found = (await (await read('Observation', token)).json()) as { entry?: unknown[] }
    expect(found.entry ?? []).toEqual([])
  })
  test('is not opened on a patient who is not there', async () => {
    await expect(appOf('doctor', 'Patient/nobody')).rejects.toThrow('403')
  })
})

describe('the endpoint', () => {
  test('without a token, with a false one, or with one that was taken back there is nothing', async () => {
    expect((await read('Patient/trong-khoa')).status).toBe(401)
    expect((await read('Patient/trong-khoa', 'a.b.c')).status).toBe(401)
    const { token, browser } = await appOf('doctor', 'Patient/trong-khoa')
    const json = { accept: 'application/json', 'content-type': 'application/json', origin }
    const { grants } = (await (await browser.go('/oauth/grants', { headers: json })).json()) as {
      grants: { id: string }[]
    }
    for (const { id } of grants)
      await browser.go('/oauth/grants/end', { method: 'POST', body: JSON.stringify({ id }), headers: json })
    expect((await read('Patient/trong-khoa', token)).status).toBe(401)
  })
  test('says where tokens come from', async () => {
    const said = (await (await read('metadata')).json()) as { rest: { security: object }[] }
    expect(JSON.stringify(said.rest[0]!.security)).toContain(`${origin}/oauth/authorize`)
    const smart = (await (await read('.well-known/smart-configuration')).json()) as { issuer: string }
    expect(smart.issuer).toBe(`${origin}/oauth`)
  })
  test('whoever is not signed in is asked to sign in first', async () => {
    const browser = new Browser(origin)
    const address = (await asking(browser, 'A'.repeat(43))).headers.get('location')!
    expect((await browser.go(address)).headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(address)}`)
  })
})
