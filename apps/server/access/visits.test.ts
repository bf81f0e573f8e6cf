/** The record over HTTP for people who signed in: what they get, what is refused, and that both are told of. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import pg from 'pg'
import { DEFAULT_POLICY, type Reader, type Role } from '#foundation/access-control'
import { openAuditLog } from '#foundation/audit-log'
import { openStore } from '#foundation/record-store'
import { databaseForTest } from '#testing/postgres'
import { buildApp } from '../app.ts'
import { admitBy, openDoor } from './index.ts'

const database = await databaseForTest()
const store = await openStore(database.connection, { connectionsPerPool: 2 })
const auditLog = openAuditLog(database.connection)
const door = openDoor({ store, auditLog, policy: () => DEFAULT_POLICY })

/** People by the name that a request says: signing in is another test's matter. */
const PEOPLE: Readonly<Record<string, Partial<Reader> & { roles: readonly Role[] }>> = {
  nurse: { roles: ['nurse'], departments: ['Organization/khoa-noi'] },
  doctor: { roles: ['doctor'], departments: ['Organization/khoa-noi'] },
  surgeon: { roles: ['doctor'], departments: ['Organization/khoa-ngoai'] },
  reception: { roles: ['reception'] },
  administrator: { roles: ['administrator'] },
  patient: { roles: ['patient'], agent: 'Patient/mine', patients: ['Patient/mine'] },
  app: { roles: ['doctor'], departments: ['Organization/khoa-noi'], client: 'app', scopes: ['user/Observation.rs'] },
}

const reader = (name: string): Reader => ({
  account: null,
  agent: `Practitioner/${name}`,
  name,
  departments: [],
  session: null,
  client: null,
  scopes: null,
  patients: null,
  purpose: 'TREAT',
  factors: 2,
  network: '10.1.2.3',
  ...(PEOPLE[name] as (typeof PEOPLE)[string]),
})

const admit = admitBy(door, async ({ headers }) => {
  const name = String(headers.authorization ?? '').replace('Bearer ', '')
  return name in PEOPLE ? reader(name) : null
})
const app = await buildApp({
  store,
  base: 'http://test/fhir/R4',
  security: { admit, restSecurity: () => ({}), register: async () => {} },
})
afterAll(async () => {
  await app.close()
  await auditLog.close()
  await store.close()
})

const HIV = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV' }] }

async function ask(name: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH', path: string, body?: unknown) {
  const answer = await app.inject({
    method,
    url: `/fhir/R4/${path}`,
    headers: { authorization: `Bearer ${name}`, ...(body ? { 'content-type': 'application/fhir+json' } : {}) },
    ...(body ? { payload: JSON.stringify(body) } : {}),
  })
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: answer.body === '' ? null : JSON.parse(answer.body),
  }
}

async function audited(): Promise<readonly { statement: string; detail: string }[]> {
  const admin = new pg.Client(database.admin)
  await admin.connect()
  const { rows } = await admin.query<{ statement: string; detail: string }>(
    'select statement, detail from audit_event order by seq',
  )
  await admin.end()
  return rows
}
const lastAudited = async () => (await audited()).at(-1)?.statement ?? ''

const patient = (id: string) => ({
  resourceType: 'Patient',
  id,
  name: [{ text: 'Nguyễn Thị Thử', family: 'Nguyễn', given: ['Thị', 'Thử'] }],
})
const visitTo = (id: string, of: string, department: string) => ({
  resourceType: 'Encounter',
  id,
  status: 'in-progress',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
  subject: { reference: `Patient/${of}` },
  serviceProvider: { reference: `Organization/${department}` },
  period: { start: new Date().toISOString() },
})
const measured = (id: string, of: string, more: object = {}) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] },
  subject: { reference: `Patient/${of}` },
  effectiveDateTime: '2026-11-01T08:00:00+07:00',
  valueQuantity: { value: 120, unit: 'g/L', system: 'http://unitsofmeasure.org', code: 'g/L' },
  ...more,
})

beforeAll(async () => {
  const open = await buildApp({ store, base: 'http://test/fhir/R4' })
  for (const resource of [
    { resourceType: 'Organization', id: 'khoa-noi', name: 'Khoa Nội' },
    { resourceType: 'Organization', id: 'khoa-ngoai', name: 'Khoa Ngoại' },
    patient('mine'),
    patient('theirs'),
    visitTo('v-mine', 'mine', 'khoa-noi'),
    visitTo('v-theirs', 'theirs', 'khoa-ngoai'),
    measured('o-mine', 'mine'),
    measured('o-theirs', 'theirs'),
    measured('o-hiv', 'mine', { meta: HIV }),
  ]) {
    const answer = await open.inject({
      method: 'PUT',
      url: `/fhir/R4/${resource.resourceType}/${resource.id}`,
      headers: { 'content-type': 'application/fhir+json' },
      payload: JSON.stringify(resource),
    })
    if (answer.statusCode !== 201) throw new Error(answer.body)
  }
  await open.close()
})

test('who does not sign in gets nothing but the way to sign in', async () => {
  const answer = await ask('nobody', 'GET', 'Patient/mine')
  expect(answer.status).toBe(401)
  expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
})

describe('reading', () => {
  test('the ward reads those it looks after, and says so in the audit log before the answer', async () => {
    const answer = await ask('doctor', 'GET', 'Observation/o-mine')
    expect(answer.status).toBe(200)
    const told = JSON.stringify(await lastAudited())
    expect(told).toContain('Observation/o-mine')
    expect(told).toContain('Patient/mine')
    expect(told).toContain('Practitioner/doctor')
  })

  test('others are refused with the rule, offered to break the glass, and that is told of too', async () => {
    const answer = await ask('surgeon', 'GET', 'Observation/o-mine')
    expect(answer.status).toBe(403)
    expect(answer.headers['x-lanh-break-glass']).toBe('possible')
    expect(await lastAudited()).toMatch(/refused|"4"|:4/)
    expect(await lastAudited()).toContain('Practitioner/surgeon')
  })

  test('what never existed is not there, for everybody', async () => {
    expect((await ask('doctor', 'GET', 'Observation/none')).status).toBe(404)
  })

  test.each([
    'Observation',
    'Observation?patient=mine',
    'Observation?subject:Patient.name=nguyen',
    'Patient/mine/Observation',
    '?_type=Observation',
    'Observation/_history',
    '_history',
    'Patient?_revinclude=Observation:patient',
    'Patient/theirs/$timeline',
    'Observation/o-theirs/_history',
  ])('%s gives nothing of others', async (path) => {
    const { status, body } = await ask('nurse', 'GET', path)
    expect([200, 403, 404]).toContain(status)
    expect(JSON.stringify(body)).not.toMatch(/o-theirs|o-hiv/)
  })

  test('an administrator sees no clinical content', async () => {
    for (const path of ['Observation/o-mine', 'Patient/mine', 'Encounter/v-mine']) {
      expect((await ask('administrator', 'GET', path)).status).toBe(403)
    }
    expect((await ask('administrator', 'GET', 'Observation')).status).toBe(403)
    expect(JSON.stringify((await ask('administrator', 'GET', '?_type=Observation,Patient')).body)).not.toContain('mine')
  })

  test('a patient sees their own', async () => {
    expect((await ask('patient', 'GET', 'Observation/o-mine')).status).toBe(200)
    expect((await ask('patient', 'GET', 'Observation/o-theirs')).status).toBeGreaterThanOrEqual(403)
    expect(JSON.stringify((await ask('patient', 'GET', 'Patient')).body)).not.toContain('theirs')
  })

  test('an app gets what its scopes say and no more', async () => {
    expect((await ask('app', 'GET', 'Observation/o-mine')).status).toBe(200)
    expect((await ask('app', 'GET', 'Encounter/v-mine')).status).toBe(403)
    expect((await ask('app', 'POST', 'Observation', measured('x', 'mine'))).status).toBe(403)
    expect((await ask('app', 'GET', 'Observation?patient=mine')).status).toBe(200)
    expect((await ask('app', 'GET', 'Observation?subject:Patient.name=nguyen')).status).toBe(403)
    expect((await ask('app', 'GET', 'Observation?encounter.status=in-progress')).status).toBe(403)
    expect((await ask('app', 'GET', 'Observation?_include=Observation:patient')).body.entry).toHaveLength(1)
  })

  test('a batch asks for each of its entries', async () => {
    const entry = (url: string) => ({ request: { method: 'GET', url } })
    const { body } = await ask('nurse', 'POST', '', {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [entry('Observation/o-mine'), entry('Observation/o-theirs'), entry('Observation?patient=theirs')],
    })
    expect(body.entry.map((one: { response: { status: string } }) => one.response.status.slice(0, 3))).toEqual([
      '200',
      '403',
      '200',
    ])
    expect(JSON.stringify(body)).not.toContain('"id":"o-theirs"')
  })
})

describe('writing', () => {
  test('is told of in the same transaction', async () => {
    const { status, body } = await ask('doctor', 'POST', 'Observation', measured('', 'mine', { id: undefined }))
    expect(status).toBe(201)
    const told = await lastAudited()
    expect(told).toContain(`Observation/${body.id}`)
    expect(told).toContain('create')
  })

  test('for somebody else’s patient is refused and leaves nothing', async () => {
    const before = (await audited()).length
    expect((await ask('surgeon', 'POST', 'Observation', measured('', 'mine', { id: undefined }))).status).toBe(403)
    expect((await ask('surgeon', 'PUT', 'Observation/o-mine', measured('o-mine', 'theirs'))).status).toBe(403)
    expect((await ask('surgeon', 'DELETE', 'Observation/o-mine')).status).toBe(403)
    const { status } = await ask('surgeon', 'POST', '', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ resource: measured('', 'mine', { id: undefined }), request: { method: 'POST', url: 'Observation' } }],
    })
    expect(status).toBe(403)
    expect((await store.read('Observation', 'o-mine'))?.version).toBe(1)
    expect((await audited()).length).toBeGreaterThan(before + 2)
  })
})
