import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FhirResource } from '#fhir/r4'
import { openStore } from '#foundation/record-store'
import { signDossierFile } from '#obligations/digital-signature'
import { type Dossier, readCheckIn, writeDossierFile } from '#obligations/health-insurance'
import { fhirServer } from '#testing/fhir-server'
import { nativeVisit, ordinaryVisit } from '#testing/native-visits'
import { databaseForTest } from '#testing/postgres'
import type { ComposedCheckIn, ComposedDossier, DossierDetail } from './api.ts'
import { currentDossiers } from './current-dossiers.ts'
import { readTask } from './dossier-detail.ts'
import { dossiersBetween } from './export-command.ts'
import { allTasks } from './find-tasks.ts'
import { importFiles } from './import-files.ts'
import { signerOf } from './signing-key.ts'

const server = fhirServer()
const JSON_TYPE = { 'content-type': 'application/json' }
const folder = mkdtempSync(join(tmpdir(), 'lanh-compose-'))
afterAll(() => rmSync(folder, { recursive: true }))

const VISITS = [0, 1, 2]

/** Written the way any program writes a chart: a transaction over the FHIR API. */
const write = (resources: readonly FhirResource[]) =>
  server.request('POST', '', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    })),
  })

async function compose<T = ComposedDossier>(encounter: string, what = 'dossiers'): Promise<T> {
  const { status, text } = await server.request('POST', `/insurance/${what}/compose`, { encounter }, JSON_TYPE)
  expect([status, text.slice(0, 300)]).toEqual([200, expect.anything()])
  return JSON.parse(text) as T
}

const resourceOf = <T extends FhirResource>(n: number, type: T['resourceType'], part = ''): T =>
  nativeVisit(ordinaryVisit(n)).find((each): each is T => each.resourceType === type && (each.id ?? '').includes(part))!

const filled = ({ tables }: Dossier) =>
  Object.entries(tables).map(([table, rows]) => [
    table,
    rows.map(({ values }) => Object.fromEntries(Object.entries(values).filter(([, text]) => text !== ''))),
  ])

beforeAll(async () => {
  for (const n of VISITS) await write(nativeVisit(ordinaryVisit(n)))
})

test('a visit that is complete in the chart is ready at once, and asking again changes nothing', async () => {
  for (const n of VISITS) {
    const { dossier, findings } = await compose(`tu-ghi-${n}`)
    expect(findings).toEqual([])
    expect(dossier).toMatchObject({ state: 'ready', visit: `TG00931.${n}`, encounter: `tu-ghi-${n}` })
    expect((await compose(`tu-ghi-${n}`)).dossier.id).toBe(dossier.id)
    expect((await server.store.history({ type: 'Task', id: dossier.id }, { count: 9 })).versions).toHaveLength(1)
    const claim = (await server.request('GET', `Claim/${dossier.id}`)).body as unknown as Record<string, unknown>
    expect(claim).toMatchObject({
      patient: { reference: `Patient/nguoi-benh-${n}` },
      provider: { reference: 'Organization/benh-vien-thu' },
      insurance: [{ coverage: { reference: `Coverage/the-${n}` } }],
    })
  }
})

const hasXmlsec = spawnSync('xmlsec1', ['--version']).error === undefined

test('what is exported is signed as xmlsec1 wants it, and comes back elsewhere field by field', async () => {
  const exported = await Array.fromAsync(dossiersBetween(server.store, '2025-09-01', '2025-09-30'))
  expect(exported.map(({ visit }) => visit).toSorted()).toEqual(VISITS.map((n) => `TG00931.${n}`))
  const { key } = await signerOf({ data: folder, signingKey: '', signingCertificate: '', signingPassphrase: '' })
  const files = exported.map((dossier) => signDossierFile(writeDossierFile([dossier], '20251001'), key))
  if (hasXmlsec) {
    writeFileSync(join(folder, 'trusted.pem'), key.certificate)
    for (const file of files) {
      writeFileSync(join(folder, 'signed.xml'), file)
      const words = ['--verify', '--trusted-pem', join(folder, 'trusted.pem'), join(folder, 'signed.xml')]
      expect(spawnSync('xmlsec1', words).status).toBe(0)
    }
  }
  const other = await openStore((await databaseForTest()).connection)
  const sources = files.map((file, place) => {
    const bytes = Buffer.from(file)
    return { path: `${place}.xml`, size: bytes.length, bytes }
  })
  const results = await Array.fromAsync(importFiles(sources, { store: other, off: new Set() }))
  expect(results.map(({ outcome }) => outcome)).toEqual(VISITS.map(() => 'imported'))
  const tasks = await Array.fromAsync(allTasks(other, 'insurance-dossier', []))
  const back = await currentDossiers(other, tasks)
  const order = (dossiers: readonly Dossier[]) => dossiers.toSorted((a, b) => (a.visit < b.visit ? -1 : 1)).map(filled)
  expect(order(back)).toEqual(order(exported))
  await other.close()
})

test('what is missing makes a draft that says where; a correction in the chart makes the same dossier ready', async () => {
  const encounter = resourceOf(0, 'Encounter') as Extract<FhirResource, { resourceType: 'Encounter' }>
  const { diagnosis = [], ...rest } = encounter
  const undecided = diagnosis.filter(({ use }) => use?.coding?.[0]?.code !== 'DD')
  expect((await write([{ ...rest, diagnosis: undecided }])).status).toBe(200)
  const draft = await compose('tu-ghi-0')
  expect(draft.dossier.state).toBe('draft')
  expect(draft.findings).toContainEqual(
    expect.objectContaining({
      table: 'XML1',
      field: 'MA_BENH_CHINH',
      resource: 'Encounter/tu-ghi-0',
      at: 'Condition.code (Encounter.diagnosis DD, else CC)',
    }),
  )
  await write([encounter])
  const ready = await compose('tu-ghi-0')
  expect([ready.dossier.id, ready.dossier.state]).toEqual([draft.dossier.id, 'ready'])
  const detail = JSON.parse(
    (await server.request('GET', `/insurance/dossiers/${ready.dossier.id}`)).text,
  ) as DossierDetail
  expect(detail.history.map(({ state }) => state)).toEqual(['ready', 'draft', 'ready'])
  expect(detail.tables.XML1?.[0]).toMatchObject({ MA_BENH_CHINH: 'K29.7', T_BHTT: expect.any(String) })
  expect(await readTask(server.store, ready.dossier.id)).not.toBeNull()
})

test('the check-in message of the visit names its first cost', async () => {
  const { message, findings } = await compose<ComposedCheckIn>('tu-ghi-1', 'check-ins')
  expect(findings).toEqual([])
  const read = readCheckIn(Buffer.from(message))
  const values = read.ok ? read.dossiers[0]?.dossier.tables.XML0?.[0]?.values : undefined
  expect(values).toMatchObject({ MA_LK: 'TG00931.1', MA_DICH_VU: '02.1896', NGAY_YL: '202509030820' })
})

test.each([
  [404, 'BHXH-COMPOSE-1', { encounter: 'nobody' }],
  [400, 'BHXH-HTTP-2', { encounter: 'a/b' }],
  [400, 'BHXH-HTTP-2', { visit: 'x' }],
])('refused with %i %s', async (status, rule, body) => {
  const answer = await server.request('POST', '/insurance/dossiers/compose', body, JSON_TYPE)
  expect([answer.status, answer.body.rule]).toEqual([status, rule])
})

test('BHXH-10 what was exported comes back as a file: the visit is known, nothing is there twice', async () => {
  const exported = await Array.fromAsync(dossiersBetween(server.store, '2025-09-01', '2025-09-30'))
  const bytes = Buffer.from(writeDossierFile(exported, '20251001'))
  const total = async (type: string) => Number((await server.request('GET', `${type}?_summary=count`)).body.total)
  const countAll = () => Promise.all(['Encounter', 'Claim', 'Patient', 'Task', 'ChargeItem', 'Coverage'].map(total))
  const before = await countAll()
  const sources = [{ path: 'own.xml', size: bytes.length, bytes }]
  const [result] = await Array.fromAsync(importFiles(sources, { store: server.store, off: new Set() }))
  expect(result).toMatchObject({ outcome: 'imported', dossiers: VISITS.length })
  expect(result?.reported.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toEqual(
    VISITS.map(() => 'BHXH-10'),
  )
  expect(await countAll()).toEqual(before)
  expect((await compose('tu-ghi-1')).dossier.state).toBe('ready')
})

test('BHXH-COMPOSE-3 a visit whose dossier came from a file is not composed beside it', async () => {
  const [exported] = await Array.fromAsync(dossiersBetween(server.store, '2025-09-01', '2025-09-30'))
  const bytes = Buffer.from(writeDossierFile([{ ...exported!, facility: '00932' }], '20251001'))
  const sources = [{ path: 'x.xml', size: bytes.length, bytes }]
  await Array.fromAsync(importFiles(sources, { store: server.store, off: new Set() }))
  const tasks = await Array.fromAsync(allTasks(server.store, 'insurance-dossier', []))
  const encounter = tasks
    .map((task) => task.encounter?.reference?.split('/')[1] ?? '')
    .find((id) => !id.startsWith('tu-ghi'))
  const answer = await server.request('POST', '/insurance/dossiers/compose', { encounter }, JSON_TYPE)
  expect([answer.status, answer.body.rule]).toEqual([409, 'BHXH-COMPOSE-3'])
})
