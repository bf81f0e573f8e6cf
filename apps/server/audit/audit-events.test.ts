import fastify from 'fastify'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accept, no, refuse } from '#fhir/outcome'
import { validate } from '#fhir/validation'
import { AREA_BITS, CLOSED_FENCE, type Fence } from '#foundation/access-control'
import {
  auditEntry,
  type AuditFacts,
  type AuditLog,
  fileKeys,
  openAuditLog,
  secondPlace,
  type Sequencer,
  startSequencer,
} from '#foundation/audit-log'
import { openStore, type RecordStore } from '#foundation/record-store'
import { databaseForTest } from '#testing/postgres'
import type { Exchange, Target } from '../fhir/exchange.ts'
import { actOnAuditEvents } from './audit-events.ts'
import { auditRoutes } from './routes.ts'

const BASE = 'http://localhost/fhir/R4'

let log: AuditLog
let store: RecordStore
let sequencer: Sequencer
let folder: string

const agent: AuditFacts['agent'] = {
  account: null,
  reference: 'Practitioner/bs-1',
  roles: ['doctor'],
  client: null,
  session: null,
  network: '10.1.2.3',
  purpose: 'TREAT',
}

const day = (n: number): string => `2026-07-${String(n).padStart(2, '0')}T03:00:00.000Z`

/** Thirty days: a doctor reads every day, a nurse writes on even ones, one night somebody breaks the glass, and one search finds much. */
async function fill(): Promise<void> {
  const acts: AuditFacts[] = []
  for (let n = 1; n <= 30; n += 1) {
    const patients = [`Patient/p-${n % 3}`]
    acts.push({
      at: day(n),
      action: 'read',
      outcome: n === 7 ? 'refused' : 'success',
      ...(n === 7 && { rule: 'ACCESS-3' }),
      agent,
      entities: [{ reference: `Observation/o-${n}`, version: 1 }],
      patients,
      request: `r-${n}`,
    })
    if (n % 2 === 0)
      acts.push({
        at: day(n),
        action: 'create',
        outcome: 'success',
        agent: { ...agent, reference: 'Practitioner/dd-2', roles: ['nurse'] },
        entities: [{ reference: `Encounter/e-${n}`, version: 1 }],
        patients,
        request: `w-${n}`,
      })
  }
  acts.push({
    at: day(12),
    action: 'break-glass',
    outcome: 'success',
    agent: { ...agent, purpose: 'BTG' },
    entities: [],
    patients: ['Patient/p-9'],
    reason: 'cấp cứu ngừng tuần hoàn',
    request: 'b-1',
  })
  acts.push({
    at: day(20),
    action: 'search',
    outcome: 'success',
    agent,
    entities: Array.from({ length: 30 }, (_, n) => ({ reference: `Observation/o-${n}`, version: 1 })),
    patients: ['Patient/p-8'],
    request: 's-1',
  })
  for (const act of acts) await log.append(auditEntry(act))
  await sequencer.settle()
}

beforeAll(async () => {
  const database = await databaseForTest()
  folder = await mkdtemp(join(tmpdir(), 'lanh-audit-'))
  store = await openStore(database.connection)
  log = openAuditLog(database.connection)
  const keys = await fileKeys(folder)
  sequencer = startSequencer({
    log,
    keys,
    copy: secondPlace(join(folder, 'copy'), 1, keys),
    onAlarm: () => {},
    everyMs: 20,
  })
  await fill()
})
afterAll(async () => {
  await sequencer.stop()
  await log.close()
  await store.close()
  await rm(folder, { recursive: true })
})

const exchange = (method: string, target: Partial<Target>, query = '', form?: string): Exchange => ({
  store,
  check: () => Promise.resolve([]),
  base: BASE,
  author: { reference: 'Device/lanh' },
  visit: null,
  restSecurity: null,
  method,
  target: { level: 'type', name: '', type: 'AuditEvent', id: '', version: '', ...target },
  query,
  headers: { prefer: 'handling=strict' },
  body: form === undefined ? null : { bytes: Buffer.from(form), contentType: 'application/x-www-form-urlencoded' },
})

interface Bundle {
  readonly link: readonly { readonly relation: string; readonly url: string }[]
  readonly entry?: readonly { readonly resource: { readonly id: string; readonly recorded: string } }[]
}

async function ask(
  asked: Exchange,
): Promise<{ status: number; body: Bundle; shown: number; rules: readonly string[] }> {
  const { answer, shown } = await actOnAuditEvents(log, asked)
  const text = typeof answer.body === 'string' ? answer.body : (answer.body ?? ['{}']).join('')
  return {
    status: answer.status,
    body: JSON.parse(text) as Bundle,
    shown: shown.length,
    rules: (answer.refusals ?? []).map(({ rule }) => rule),
  }
}

const search = (query: string) => ask(exchange('GET', {}, query))
const found = async (query: string): Promise<number> => (await search(`${query}&_count=200`)).body.entry?.length ?? 0

describe('AuditEvents over FHIR', () => {
  test('AUDIT-32 are found by patient, agent, entity, date, action, type and outcome, together and alone', async () => {
    expect(await found('patient=p-1')).toBe(15)
    expect(await found('patient=Patient/p-1')).toBe(15)
    expect(await found('agent=Practitioner/dd-2')).toBe(15)
    expect(await found('entity=Observation/o-4')).toBe(2)
    expect(await found('entity=Observation/o-30')).toBe(1)
    expect(await found('entity=Observation/o-2')).toBe(2)
    expect(await found('entity=Observation/o-4&patient=p-8')).toBe(1)
    expect(await found('entity=Observation/o-4&agent=Practitioner/dd-2')).toBe(0)
    expect(await found('entity=Practitioner/bs-1')).toBe(0)
    expect(await found(`entity=${BASE}/Encounter/e-4`)).toBe(1)
    expect(await found('date=2026-07-05')).toBe(1)
    expect(await found('date=ge2026-07-05&date=lt2026-07-07')).toBe(3)
    expect(await found('action=C')).toBe(15)
    expect(await found('action=C&date=gt2026-07-15')).toBe(8)
    expect(await found('type=110113')).toBe(1)
    expect(await found('type=http://dicom.nema.org/resources/ontology/DCM|110113')).toBe(1)
    expect(await found('type=http://example.org|110113')).toBe(0)
    expect(await found('subtype=create,read')).toBe(45)
    expect(await found('outcome=4')).toBe(1)
    expect(await found('patient=p-1&agent=Practitioner/dd-2&action=C')).toBe(5)
    expect(await found('patient=p-9&action=R')).toBe(0)
    expect(await found('')).toBe(47)
  })

  test('AUDIT-32 come newest first, page by page, none twice and none left out; links are sealed', async () => {
    const seen: string[] = []
    let query = 'patient=p-2&_count=4'
    for (let pages = 0; query !== '' && pages < 9; pages += 1) {
      const { body } = await search(query)
      seen.push(...(body.entry ?? []).map(({ resource }) => resource.id))
      const next = body.link.find(({ relation }) => relation === 'next')?.url ?? ''
      expect(next).not.toContain('Practitioner')
      query = next.split('?')[1] ?? ''
    }
    expect(seen).toHaveLength(15)
    expect(new Set(seen).size).toBe(15)
    const { body } = await search('_count=200')
    const times = (body.entry ?? []).map(({ resource }) => resource.recorded)
    expect(times).toEqual(times.toSorted().toReversed())
  })

  test('AUDIT-32 a posted search keeps the patient out of every link', async () => {
    const first = await ask(exchange('POST', { name: '_search' }, '', 'patient=p-2&_count=4'))
    expect(JSON.stringify(first.body.link)).not.toContain('p-2')
    const next = first.body.link.find(({ relation }) => relation === 'next')?.url.split('?')[1] ?? ''
    const second = await search(next)
    expect(second.body.entry).toHaveLength(4)
    expect(second.body.entry?.[0]?.resource.id).not.toBe(first.body.entry?.[0]?.resource.id)
    expect(JSON.stringify(second.body.link)).not.toContain('p-2')
  })

  test('AUDIT-31 every act of the log is valid R4 when it is read', async () => {
    const { body } = await search('_count=200')
    for (const { resource } of body.entry ?? []) {
      const one = await ask(exchange('GET', { level: 'instance', id: resource.id }))
      expect(one).toMatchObject({ status: 200, shown: 1, body: resource })
      expect(validate(one.body)).toEqual([])
    }
  })

  test('AUDIT-6 a reader without the area audit sees nothing of it, and leaves no setting behind', async () => {
    const all = exchange('GET', {}, '_count=200')
    const open = { ...CLOSED_FENCE, open: AREA_BITS.audit }
    const shown = async (fence?: Fence) => (await actOnAuditEvents(log, all, fence)).shown.length
    expect([await shown(CLOSED_FENCE), await shown(open), await shown(CLOSED_FENCE), await shown()]).toEqual([
      0, 47, 0, 47,
    ])
    const one = exchange('GET', { level: 'instance', id: (await ask(all)).body.entry?.[0]?.resource.id ?? '' })
    expect((await actOnAuditEvents(log, one, CLOSED_FENCE)).answer.status).toBe(404)
  })

  test('AUDIT-33 nobody writes an AuditEvent', async () => {
    const instance = { level: 'instance', id: '1' } as const
    const asked = [exchange('POST', {}), ...['PUT', 'PATCH', 'DELETE'].map((method) => exchange(method, instance))]
    for (const one of asked) {
      const { answer } = await actOnAuditEvents(log, one)
      expect([answer.status, answer.headers?.['allow']]).toEqual([405, 'GET, HEAD'])
    }
  })

  test('what cannot be read is refused: dates, references, ids, cursors, unknown parameters', async () => {
    for (const query of ['date=yesterday', 'patient=Observation/1', 'agent=x y', '_count=-1', '_sort=date', 'colour=1'])
      expect(await search(query)).toMatchObject({ status: 400, rules: ['FHIR-HTTP-13'] })
    expect((await search('_cursor=abc')).rules).toEqual(['STORE-3'])
    for (const id of ['0', 'abc', '99999999999999999999', '999999'])
      expect((await ask(exchange('GET', { level: 'instance', id }))).status).toBe(404)
  })
})

describe('the log for our screens', () => {
  const refusal = no('ACCESS-3', 'forbidden', { vi: 'Không được xem', en: 'You may not see this' })
  const app = fastify()
  beforeAll(async () => {
    await app.register(auditRoutes, {
      log,
      sequencer,
      copyFolder: 'elsewhere',
      admit: async (request, look) =>
        request.headers['x-may'] === look.of ? accept({ agent, store }) : refuse([refusal]),
    })
  })
  const post = async (path: string, body: object, may: string) => {
    const reply = await app.inject({ method: 'POST', url: path, payload: body, headers: { 'x-may': may } })
    return { status: reply.statusCode, body: reply.json() }
  }

  test('AUDIT-34 who opened this record: who, in which role, when, what, from where and why', async () => {
    const { status, body } = await post('/audit/opened', { patient: 'Patient/p-9' }, 'opened')
    expect(status).toBe(200)
    expect(body).toEqual({
      acts: [
        {
          id: expect.any(String),
          at: day(12),
          action: 'break-glass',
          outcome: 'success',
          who: { reference: 'Practitioner/bs-1', name: null, roles: ['doctor'], client: null },
          what: [],
          more: 0,
          patients: ['Patient/p-9'],
          purpose: 'BTG',
          network: '10.1.2.3',
          reason: 'cấp cứu ngừng tuần hoàn',
          query: null,
          erased: false,
          rule: null,
        },
      ],
      next: null,
    })
  })

  test('AUDIT-35 looking at the log stands in the log', async () => {
    await post('/audit/opened', { patient: 'Patient/p-1', count: 2 }, 'opened')
    await sequencer.settle()
    const { body } = await post('/audit/search', { patient: 'Patient/p-1', actions: ['search'] }, 'search')
    expect(body.acts).toHaveLength(1)
    expect(body.acts[0].what).toHaveLength(2)
    expect(body.acts[0].query).toContain('Patient/p-1')
  })

  test('pages follow each other', async () => {
    const first = await post('/audit/search', { agent: 'Practitioner/dd-2', count: 10 }, 'search')
    const second = await post(
      '/audit/search',
      { agent: 'Practitioner/dd-2', count: 10, cursor: first.body.next },
      'search',
    )
    expect([first.body.acts.length, second.body.acts.length, second.body.next]).toEqual([10, 5, null])
  })

  test('AUDIT-30 what is asked has the form that api.ts says; whoever may not look hears the rule', async () => {
    const wrong = [[], {}, { patient: 'p-1' }, { patient: 'Patient/p-1', count: 500 }, { patient: 'Patient/p-1', x: 1 }]
    for (const body of wrong)
      expect(await post('/audit/opened', body, 'opened')).toMatchObject({ status: 400, body: { rule: 'AUDIT-30' } })
    expect(await post('/audit/search', { actions: ['toString'] }, 'search')).toMatchObject({ status: 400 })
    expect(await post('/audit/opened', { patient: 'Patient/p-1' }, 'search')).toEqual({
      status: 403,
      body: { rule: 'ACCESS-3', vi: 'Không được xem', en: 'You may not see this' },
    })
  })

  test('the status says how far the tree is', async () => {
    await sequencer.settle()
    const reply = await app.inject({ url: '/audit/status', headers: { 'x-may': 'status' } })
    const { acts, head, ...rest } = reply.json()
    expect(acts).toBeGreaterThan(46)
    expect(head).toMatchObject({ size: acts, fingerprint: expect.stringMatching(/^([0-9a-f]{4}-){7}[0-9a-f]{4}$/) })
    expect(rest).toMatchObject({ waiting: 0, copy: { folder: 'elsewhere', upToDate: true }, alarms: [] })
  })
})
