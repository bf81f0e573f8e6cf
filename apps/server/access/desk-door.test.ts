import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEFAULT_POLICY, type Reader, type Role } from '#foundation/access-control'
import { openAuditLog } from '#foundation/audit-log'
import { openStore } from '#foundation/record-store'
import { writeDossierFile } from '#obligations/health-insurance'
import { insuranceDossier } from '#testing/insurance-dossiers'
import { databaseForTest } from '#testing/postgres'
import { buildApp } from '../app.ts'
import type { DossierPage } from '../insurance/api.ts'
import { importFiles } from '../insurance/import-files.ts'
import { watchDesks } from './desk-door.ts'
import { admitBy, openDoor } from './index.ts'

const database = await databaseForTest()
const store = await openStore(database.connection, { connectionsPerPool: 2 })
const auditLog = openAuditLog(database.connection)
const door = openDoor({ store, auditLog, policy: () => DEFAULT_POLICY })

const reader = (role: Role): Reader => ({
  account: null,
  agent: `Practitioner/${role}`,
  name: role,
  roles: [role],
  departments: [],
  session: null,
  client: null,
  scopes: null,
  patients: null,
  purpose: 'HPAYMT',
  factors: 2,
  network: '10.1.2.3',
})

/** Who asks stands in a header: signing in is another test's matter. */
const identify = async ({
  headers,
}: {
  readonly headers: Readonly<Record<string, unknown>>
}): Promise<Reader | null> => (headers['x-role'] ? reader(headers['x-role'] as Role) : null)

const app = await buildApp({
  store,
  security: {
    admit: admitBy(door, identify),
    restSecurity: () => ({}),
    register: async (server) => watchDesks(server, door, identify),
  },
})
afterAll(async () => {
  await app.close()
  await auditLog.close()
  await store.close()
})

const post = (role: Role | '', path: string, payload: object = {}) =>
  app.inject({ method: 'POST', url: `/insurance/${path}`, payload, headers: role ? { 'x-role': role } : {} })

let id: string
beforeAll(async () => {
  const bytes = Buffer.from(writeDossierFile([insuranceDossier(1)], '20251231'))
  await Array.fromAsync(importFiles([{ path: 'a.xml', size: bytes.length, bytes }], { store, off: new Set() }))
  id = (await post('insurance', 'dossiers/search')).json<DossierPage>().dossiers[0]!.id
})

test.each<[role: Role | '', path: string, status: number]>([
  ['', 'dossiers/search', 401],
  ['nurse', 'dossiers/search', 403],
  ['director', 'dossiers/search', 200],
  ['director', 'dossiers/move', 403],
  ['reception', 'dossiers/search', 403],
  // There is no portal here; the door let it through.
  ['reception', 'check-ins', 409],
  ['director', 'check-ins', 403],
])('%s at %s: %i', async (role, path, status) => {
  const payload = { ids: [id], to: 'ready', encounter: 'x' }
  expect((await post(role, path, payload)).statusCode).toBe(status)
})

test('what somebody does at the desk is written in their name', async () => {
  expect((await post('insurance', 'dossiers/move', { ids: [id], to: 'ready' })).json()).toEqual({ moved: 1, left: 0 })
  expect((await store.read('Task', id))?.author).toBe('Practitioner/insurance')
})

test.each(['/%69nsurance/rules', '/insuranc%65/rules', '/./insurance/rules', '/x/../insurance/rules'])(
  'an address that is written otherwise opens no door: %s',
  async (url) => {
    expect((await app.inject({ url })).statusCode).toBeGreaterThanOrEqual(401)
    expect((await app.inject({ url, headers: { 'x-role': 'nurse' } })).statusCode).toBeGreaterThanOrEqual(403)
  },
)
