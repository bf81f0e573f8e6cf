import { beforeAll, expect, test } from 'vitest'
import { type Dossier, rules, writeDossierFile } from '#obligations/health-insurance'
import { fhirServer } from '#testing/fhir-server'
import { insuranceDossier } from '#testing/insurance-dossiers'
import type { DossierDetail, DossierPage, DossierSearch, DryRun, ImportRun, MonthClosing, RuleLine } from './api.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import { importFiles } from './import-files.ts'

const server = fhirServer()
const JSON_TYPE = { 'content-type': 'application/json' }
const COUNT = 40

const get = async <T>(path: string): Promise<T> => {
  const { status, text } = await server.request('GET', `/insurance/${path}`)
  expect(`${path} ${status}`).toBe(`${path} 200`)
  return JSON.parse(text) as T
}

/** The work list: posted, so that no address says who was looked for. */
async function list(search: DossierSearch = {}): Promise<DossierPage> {
  const { status, text } = await server.request('POST', '/insurance/dossiers/search', search, JSON_TYPE)
  expect(status).toBe(200)
  return JSON.parse(text) as DossierPage
}

const bytesOf = (...dossiers: readonly Dossier[]): Buffer => Buffer.from(writeDossierFile(dossiers, dossiers[0]!.made))

/** A sum that is not the sum of the lines. */
const wrong = (dossier: Dossier): Dossier => {
  const [row] = dossier.tables.XML1!
  const values = { ...row!.values, T_TONGCHI_BV: '1.00' }
  return { ...dossier, tables: { ...dossier.tables, XML1: [{ values, unknown: null }] } }
}

const dossiers = Array.from({ length: COUNT }, (_, n) => (n === 5 ? wrong(insuranceDossier(n)) : insuranceDossier(n)))

beforeAll(async () => {
  const sources = dossiers.map((dossier) => {
    const bytes = bytesOf(dossier)
    return { path: 'x.xml', size: bytes.length, bytes }
  })
  await Array.fromAsync(importFiles(sources, { store: server.store, off: new Set() }))
})

async function drop(bytes: Buffer, name: string): Promise<ImportRun> {
  const reply = await server.request('POST', '/insurance/imports', bytes, {
    'content-type': 'application/xml',
    'x-file-name': encodeURIComponent(name),
  })
  expect(reply.status).toBe(202)
  return reply.body as unknown as ImportRun
}

const ended = async (id: string): Promise<ImportRun> => {
  const find = async () => (await get<{ runs: ImportRun[] }>('imports')).runs.find((run) => run.id === id)
  await expect.poll(async () => (await find())?.state, { timeout: 20_000 }).toMatch(/done|refused/)
  return (await find())!
}

test('the work list is narrowed by state, month, department, visit and person, a page at a time', async () => {
  const whole = await list({ month: '2025-08' })
  const all = dossiers.filter(({ tables }) => tables.XML1![0]!.values.NGAY_RA?.startsWith('202508'))
  expect(whole.dossiers.length).toBe(Math.min(50, all.length))
  expect(whole.states.draft + whole.states.elsewhere).toBe(all.length)
  const { dossiers: drafts } = await list({ state: 'draft' })
  expect(drafts.map(({ visit }) => visit)).toEqual([dossiers[5]!.visit])
  const wards = await list({ department: 'K03' })
  expect(wards.dossiers.every(({ department, kind }) => department === 'K03' && kind === '03')).toBe(true)
  const { visit, tables } = dossiers[7]!
  const { MA_BN = '', HO_TEN = '', T_TONGCHI_BV, T_BHTT } = tables.XML1![0]!.values
  for (const q of [visit, MA_BN, HO_TEN]) {
    const found = await list({ q })
    const line = found.dossiers.find((each) => each.visit === visit)
    expect(line).toMatchObject({
      state: 'elsewhere',
      total: T_TONGCHI_BV,
      fund: T_BHTT,
      patient: { name: HO_TEN, code: MA_BN },
    })
  }
  const months = await Promise.all(['2025-08', '2025-09', '2025-10'].map((month) => list({ month })))
  expect(months.flatMap((page) => page.dossiers).length).toBeGreaterThanOrEqual(COUNT)
})

test('one dossier has every table as it was received, its findings and its history', async () => {
  const [line] = (await list({ state: 'draft' })).dossiers
  const detail = await get<DossierDetail>(`dossiers/${line?.id}`)
  const rows = Object.fromEntries(
    Object.entries(dossiers[5]!.tables).map(([table, found]) => [table, found.map(({ values }) => values)]),
  )
  expect(detail.tables).toEqual(rows)
  expect(detail.findings.map(({ table, field }) => `${table} ${field}`)).toContain('XML1 T_TONGCHI_BV')
  expect(detail.history).toMatchObject([{ state: 'draft' }])
  expect((await server.request('GET', '/insurance/dossiers/nobody')).status).toBe(404)
})

test('what came from files was sent by another program until a person says otherwise, and may be taken back', async () => {
  const [draft] = (await list({ state: 'draft' })).dossiers
  const [one, two] = (await list({ state: 'elsewhere', month: '2025-08' })).dossiers
  const move = async (to: string, ...ids: unknown[]) =>
    (await server.request('POST', '/insurance/dossiers/move', { ids, to }, JSON_TYPE)).body
  expect(await move('ready', one?.id, two?.id, draft?.id, 'nobody')).toEqual({ moved: 3, left: 1 })
  expect((await list({ state: 'ready' })).dossiers).toHaveLength(2)
  // A draft stays one, and is ours to send when its errors are gone.
  expect((await list({ state: 'draft' })).states.draft).toBe(1)
  const again = bytesOf(insuranceDossier(5))
  await Array.fromAsync(
    importFiles([{ path: 'again.xml', size: again.length, bytes: again }], { store: server.store, off: new Set() }),
  )
  expect((await get<DossierDetail>(`dossiers/${draft?.id}`)).state).toBe('ready')
  expect(await move('elsewhere', one?.id, two?.id)).toEqual({ moved: 2, left: 0 })
  expect((await get<DossierDetail>(`dossiers/${one?.id}`)).history.map(({ state }) => state)).toEqual([
    'elsewhere',
    'ready',
    'elsewhere',
  ])
  expect((await server.request('POST', '/insurance/dossiers/move', { ids: [1], to: 'ready' }, JSON_TYPE)).status).toBe(
    400,
  )
  const back = bytesOf({ ...wrong(insuranceDossier(5)), made: '20261231' })
  await Array.fromAsync(
    importFiles([{ path: 'back.xml', size: back.length, bytes: back }], { store: server.store, off: new Set() }),
  )
})

test('a month is closed to the đồng', async () => {
  const closing = await get<MonthClosing>('months/2025-08')
  const ofMonth = dossiers.filter(({ tables }) => tables.XML1![0]!.values.NGAY_RA?.startsWith('202508'))
  const hundredths = ofMonth.reduce(
    (sum, { tables }) => sum + BigInt(tables.XML1![0]!.values.T_BHTT!.replace('.', '')),
    0n,
  )
  expect(closing.dossiers).toBe(ofMonth.length)
  expect(closing.sums.fund.replace('.', '')).toBe(String(hundredths))
  expect(closing.byKind.reduce((sum, kind) => sum + kind.dossiers, 0)).toBe(ofMonth.length)
  expect((await server.request('GET', '/insurance/months/2025-13')).status).toBe(400)
})

test('a rule can be tried, switched off and on again', async () => {
  const [line] = (await list({ state: 'draft' })).dossiers
  const { findings } = await get<DossierDetail>(`dossiers/${line?.id}`)
  const broken = [...new Set(findings.filter(({ severity }) => severity !== 'warning').map(({ rule }) => rule))]
  const trial = await get<DryRun>(`rules/${broken[0]}/dry-run`)
  expect(trial).toMatchObject({ dossiers: 1, examples: [{ id: line?.id }] })
  const put = async (enabled: boolean): Promise<void> => {
    for (const rule of broken) {
      const { body } = await server.request('PUT', `/insurance/rules/${rule}`, { enabled }, JSON_TYPE)
      expect((body as unknown as RuleLine).enabled).toBe(enabled)
    }
  }
  await put(false)
  expect((await list({ state: 'draft' })).dossiers).toEqual([])
  expect(await get<DryRun>(`rules/${broken[0]}/dry-run`)).toMatchObject({ dossiers: 1 })
  await put(true)
  expect((await list({ state: 'draft' })).dossiers).toHaveLength(1)
  expect((await get<{ rules: RuleLine[] }>('rules')).rules).toHaveLength(rules.length)
  expect((await server.request('PUT', '/insurance/rules/NO-SUCH', { enabled: true }, JSON_TYPE)).status).toBe(404)
})

test('catalogues were built with prices and days', async () => {
  const { entries: drugs } = await get<{ entries: CatalogueEntry[] }>('catalogues/drugs')
  const amlo = drugs.find(({ code }) => code === '40.901')
  expect(amlo).toMatchObject({ name: 'Amlolanh 5', unit: 'Viên', prices: [{ price: '600' }] })
  expect(amlo?.first).toMatch(/^2025-\d\d-\d\d$/)
  const kinds = ['services', 'staff', 'departments', 'beds', 'machines']
  for (const kind of kinds) {
    const { entries } = await get<{ entries: CatalogueEntry[] }>(`catalogues/${kind}`)
    expect(entries.map((entry) => entry.kind)).toContain(kind)
  }
  expect((await server.request('GET', '/insurance/catalogues/nothing')).status).toBe(404)
})

test('a dropped file is imported; a bad one is refused with its findings, also as CSV', async () => {
  const good = await ended((await drop(bytesOf(insuranceDossier(900)), 'hồ sơ.xml')).id)
  expect(good).toMatchObject({ file: 'hồ sơ.xml', state: 'done', dossiers: 1 })
  const bad = await ended((await drop(Buffer.from('<GIAMDINHHS>'), 'hỏng.xml')).id)
  expect(bad).toMatchObject({ state: 'refused', dossiers: 0, counts: { reject: 1 } })
  const { text, headers } = await server.request('GET', `/insurance/imports/${bad.id}/report.csv`)
  expect(headers['content-type']).toContain('text/csv')
  expect(text).toContain(bad.findings[0]?.rule)
})

test('a dropped file without our header, or of no kind at all, is not taken', async () => {
  const { status, body } = await server.request('POST', '/insurance/imports', Buffer.from('x'), {
    'content-type': 'text/plain',
  })
  expect([status, body.rule]).toEqual([400, 'BHXH-HTTP-2'])
})

test('pages follow each other by a cursor that says nothing of the search', async () => {
  const first = await list({ q: '', state: 'elsewhere' })
  const later = Array.from({ length: 60 }, (_, n) => {
    const bytes = bytesOf(insuranceDossier(2000 + n))
    return { path: 'later.xml', size: bytes.length, bytes }
  })
  await Array.fromAsync(importFiles(later, { store: server.store, off: new Set() }))
  const seen = new Set<string>()
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: DossierPage = await list({ state: 'elsewhere', cursor })
    for (const { id } of page.dossiers) seen.add(id)
    cursor = page.next
  }
  expect(seen.size).toBe(first.states.elsewhere + later.length)
  expect((await server.request('GET', '/insurance/dossiers?q=x')).status).toBe(404)
  const forged = await server.request('POST', '/insurance/dossiers/search', { cursor: 'invented' }, JSON_TYPE)
  expect(forged.status).toBe(400)
  const form = await server.request('POST', '/insurance/dossiers/search', Buffer.from('q=x'), {
    'content-type': 'application/x-www-form-urlencoded',
  })
  expect(form.status).toBeGreaterThanOrEqual(400)
})

test('files that are said to be ours are ready at once', async () => {
  const reply = await server.request('POST', '/insurance/imports', bytesOf(insuranceDossier(901)), {
    'content-type': 'application/xml',
    'x-file-name': 'ours.xml',
    'x-to-send': 'true',
  })
  await ended((reply.body as unknown as ImportRun).id)
  expect((await list({ q: insuranceDossier(901).visit })).dossiers).toMatchObject([{ state: 'ready' }])
})
