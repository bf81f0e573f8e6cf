import { beforeAll, expect, test } from 'vitest'
import { type Dossier, rules, writeDossierFile } from '#obligations/health-insurance'
import { fhirServer } from '#testing/fhir-server'
import { insuranceDossier } from '#testing/insurance-dossiers'
import type { DossierDetail, DossierPage, DryRun, ImportRun, MonthClosing, RuleLine } from './api.ts'
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
  const whole = await get<DossierPage>('dossiers?month=2025-08')
  const all = dossiers.filter(({ tables }) => tables.XML1![0]!.values.NGAY_RA?.startsWith('202508'))
  expect(whole.dossiers.length).toBe(Math.min(50, all.length))
  expect(whole.states.draft + whole.states.ready).toBe(all.length)
  const { dossiers: drafts } = await get<DossierPage>('dossiers?state=draft')
  expect(drafts.map(({ visit }) => visit)).toEqual([dossiers[5]!.visit])
  const wards = await get<DossierPage>('dossiers?department=K03')
  expect(wards.dossiers.every(({ department, kind }) => department === 'K03' && kind === '03')).toBe(true)
  const { visit, tables } = dossiers[7]!
  const { MA_BN = '', HO_TEN = '', T_TONGCHI_BV, T_BHTT } = tables.XML1![0]!.values
  for (const q of [visit, MA_BN, HO_TEN]) {
    const found = await get<DossierPage>(`dossiers?q=${encodeURIComponent(q)}`)
    const line = found.dossiers.find((each) => each.visit === visit)
    expect(line).toMatchObject({
      state: 'ready',
      total: T_TONGCHI_BV,
      fund: T_BHTT,
      patient: { name: HO_TEN, code: MA_BN },
    })
  }
  const months = await Promise.all(
    ['2025-08', '2025-09', '2025-10'].map((month) => get<DossierPage>(`dossiers?month=${month}`)),
  )
  expect(months.flatMap((page) => page.dossiers).length).toBeGreaterThanOrEqual(COUNT)
})

test('one dossier has every table as it was received, its findings and its history', async () => {
  const [line] = (await get<DossierPage>('dossiers?state=draft')).dossiers
  const detail = await get<DossierDetail>(`dossiers/${line?.id}`)
  const rows = Object.fromEntries(
    Object.entries(dossiers[5]!.tables).map(([table, found]) => [table, found.map(({ values }) => values)]),
  )
  expect(detail.tables).toEqual(rows)
  expect(detail.findings.map(({ table, field }) => `${table} ${field}`)).toContain('XML1 T_TONGCHI_BV')
  expect(detail.history).toMatchObject([{ state: 'draft' }])
  expect((await server.request('GET', '/insurance/dossiers/nobody')).status).toBe(404)
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
  const [line] = (await get<DossierPage>('dossiers?state=draft')).dossiers
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
  expect((await get<DossierPage>('dossiers?state=draft')).dossiers).toEqual([])
  expect(await get<DryRun>(`rules/${broken[0]}/dry-run`)).toMatchObject({ dossiers: 1 })
  await put(true)
  expect((await get<DossierPage>('dossiers?state=draft')).dossiers).toHaveLength(1)
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
