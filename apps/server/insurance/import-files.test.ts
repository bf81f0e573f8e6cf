import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseSearch } from '#fhir/search'
import type { FhirResource, Patient, Task } from '#fhir/r4'
import { validate } from '#fhir/validation'
import { type Dossier, readDossierFile, toDossier, toResources, writeDossierFile } from '#obligations/health-insurance'
import { fhirServer } from '#testing/fhir-server'
import { insuranceDossier } from '#testing/insurance-dossiers'
import { identify } from './identify.ts'
import { importFiles, type ImportedFile } from './import-files.ts'
import { inState, receiptOf, stateOf } from './dossier-task.ts'
import { dossierResources } from './dossier-resources.ts'
import { allTasks } from './find-tasks.ts'
import { resourceWrite } from './resource-write.ts'

const server = fhirServer()
const SAMPLES = join(import.meta.dirname, '../../../../shared/data/bhxh-samples')

const OFF: ReadonlySet<string> = new Set()

const fileOf = (name: string, ...dossiers: readonly Dossier[]) => {
  const bytes = Buffer.from(writeDossierFile(dossiers, dossiers[0]!.made))
  return { path: name, size: bytes.length, bytes }
}

const imported = (...sources: readonly { path: string; size: number; bytes: Buffer }[]): Promise<ImportedFile[]> =>
  Array.fromAsync(importFiles(sources, { store: server.store, off: OFF }))

async function countOf(type: string, ...pairs: readonly (readonly [string, string])[]): Promise<number> {
  const request = await parseSearch(type, pairs, { base: '', handling: 'strict' })
  if (!request.ok) throw new Error(request.refusals[0]?.message.en)
  return server.store.count(request.value)
}

/** The dossier with other values in its first row of a table. */
function changed(dossier: Dossier, table: 'XML1' | 'XML2', values: Readonly<Record<string, string>>): Dossier {
  const rows = dossier.tables[table] ?? []
  const [first, ...others] = rows
  return {
    ...dossier,
    tables: { ...dossier.tables, [table]: [{ ...first!, values: { ...first!.values, ...values } }, ...others] },
  }
}

/** Another visit of the same person. */
function visitOf(dossier: Dossier, name: string, values: Readonly<Record<string, string>>): Dossier {
  const tables = Object.fromEntries(
    Object.entries(dossier.tables).map(([table, rows]) => [
      table,
      rows.map((row) => ({ ...row, values: { ...row.values, MA_LK: name } })),
    ]),
  )
  return changed({ ...dossier, visit: name, tables }, 'XML1', values)
}

const patientOf = (dossier: Dossier): string =>
  identify('Patient', dossier.facility, dossier.tables.XML1?.[0]?.values.MA_BN ?? '')

async function taskOf(dossier: Dossier): Promise<Task> {
  const tasks = await Array.fromAsync(allTasks(server.store, 'insurance-dossier', [['identifier', dossier.visit]]))
  expect(tasks).toHaveLength(1)
  return tasks[0]!
}

test('a dossier is stored as resources that are valid, and comes back field by field', async () => {
  const dossiers = [0, 1, 2, 3, 7].map(insuranceDossier)
  const results = await imported(...dossiers.map((each, place) => fileOf(`${place}.xml`, each)))
  expect(results.map(({ outcome, dossiers: count }) => [outcome, count])).toEqual(dossiers.map(() => ['imported', 1]))
  for (const dossier of dossiers) {
    const resources = await dossierResources(server.store, await taskOf(dossier))
    expect(resources.flatMap((resource) => errorsIn(resource))).toEqual([])
    expect(filled(toDossier(resources))).toEqual(filled(dossier))
  }
})

/** What is said in a dossier: an empty element says as much as none. */
const filled = ({ tables }: Dossier) =>
  Object.entries(tables).map(([table, rows]) => [
    table,
    rows.map(({ values, unknown }) => [
      Object.entries(values)
        .filter(([, text]) => text !== '')
        .toSorted(),
      unknown,
    ]),
  ])

/** What R4 says against it, in short. */
const errorsIn = (resource: FhirResource): readonly string[] =>
  validate(resource, { profiles: [], find: () => undefined })
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, at, message }) => `${resource.resourceType} ${rule} ${at}: ${message.en}`)

test('the same file again adds nothing; the same dossier in another file makes no new version of what is the same', async () => {
  const dossier = insuranceDossier(100)
  await imported(fileOf('first.xml', dossier))
  const versions = async (): Promise<number> => (await server.store.changes(null, 100_000)).length
  const before = await versions()
  expect(await imported(fileOf('copy.xml', dossier))).toMatchObject([{ outcome: 'already', resources: 0 }])
  expect(await versions()).toBe(before)
  const other = { ...fileOf('other.xml', dossier) }
  const bytes = Buffer.concat([other.bytes, Buffer.from('\n')])
  expect(await imported({ ...other, bytes })).toMatchObject([{ outcome: 'imported' }])
  // the file itself, and the document that names it
  expect((await versions()) - before).toBe(2)
})

test('a corrected dossier makes new versions, and lines it no longer has are deleted', async () => {
  const dossier = insuranceDossier(200)
  await imported(fileOf('a.xml', dossier))
  const lines = dossier.tables.XML2?.length ?? 0
  const claim = (await taskOf(dossier)).id ?? ''
  const corrected: Dossier = { ...dossier, tables: { ...dossier.tables, XML2: dossier.tables.XML2?.slice(1) ?? [] } }
  expect(await imported(fileOf('b.xml', corrected))).toMatchObject([{ outcome: 'imported' }])
  const resources = await dossierResources(server.store, await taskOf(dossier))
  expect(toDossier(resources).tables.XML2 ?? []).toHaveLength(lines - 1)
  expect((await server.store.read('Claim', claim))?.version).toBe(2)
})

test('what is with the portal stays there when the dossier comes again unchanged; a corrected one begins anew', async () => {
  const dossier = insuranceDossier(205)
  const send = (...sources: readonly ReturnType<typeof fileOf>[]) =>
    Array.fromAsync(importFiles(sources, { store: server.store, off: OFF, isToSend: true }))
  await send(fileOf('a.xml', dossier))
  const accepted = inState(await taskOf(dossier), 'accepted', 'Cổng đã tiếp nhận', 'GD-7')
  await server.store.write([resourceWrite(accepted)], { reference: 'Device/test' })
  await imported(fileOf('b.xml', { ...dossier, made: '20260101' }))
  expect(stateOf(await taskOf(dossier))).toBe('accepted')
  await imported(fileOf('c.xml', { ...changed(dossier, 'XML1', { GHI_CHU: 'sửa' }), made: '20260102' }))
  const task = await taskOf(dossier)
  expect([stateOf(task), receiptOf(task)]).toEqual(['ready', 'GD-7'])
  const { versions } = await server.store.history({ type: 'Task', id: task.id ?? '' }, { count: 10 })
  const states = versions.map(({ body }) => stateOf(JSON.parse(body ?? '{}') as Task))
  expect(states).toEqual(['ready', 'accepted', 'ready'])
})

test('two importers that meet one person under two codes at once open one chart', async () => {
  for (const n of [0, 1, 2, 3]) {
    const dossier = insuranceDossier(5000 + n)
    const [a, b] = [`LK-A${n}`, `LK-B${n}`].map((name) => visitOf(dossier, name, { MA_BN: `BN-${name}` })) as [
      Dossier,
      Dossier,
    ]
    await Promise.all([imported(fileOf('a.xml', a)), imported(fileOf('b.xml', b))])
    expect((await taskOf(a)).for?.reference).toBe((await taskOf(b)).for?.reference)
  }
})

test('a state made on an earlier day than what is stored changes nothing', async () => {
  const dossier = insuranceDossier(210)
  await imported(fileOf('late.xml', { ...changed(dossier, 'XML1', { GHI_CHU: 'bản sau' }), made: '20251130' }))
  const [result] = await imported(fileOf('early.xml', { ...dossier, made: '20251101' }))
  expect(result?.reported.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toContain('BHXH-7')
  const resources = await dossierResources(server.store, await taskOf(dossier))
  expect(toDossier(resources).tables.XML1?.[0]?.values.GHI_CHU).toBe('bản sau')
})

test('one bad file among many is named, nothing of it is stored and the others are', async () => {
  const many = Array.from({ length: 120 }, (_, place) => fileOf(`${place}.xml`, insuranceDossier(1000 + place)))
  const half = many[60]!.bytes.subarray(0, many[60]!.bytes.length / 2)
  const results = await imported(...many.with(60, { path: 'bad.xml', size: half.length, bytes: half }))
  expect(results.filter(({ outcome }) => outcome === 'refused').map(({ path }) => path)).toEqual(['bad.xml'])
  expect(results.filter(({ outcome }) => outcome === 'imported')).toHaveLength(119)
  expect(await countOf('Task', ['identifier', insuranceDossier(1060).visit])).toBe(0)
  expect(await countOf('Task', ['identifier', insuranceDossier(1061).visit])).toBe(1)
})

test('an import that is cancelled leaves files whole or not at all', async () => {
  const ending = new AbortController()
  const sources = Array.from({ length: 200 }, (_, place) => fileOf(`${place}.xml`, insuranceDossier(2000 + place)))
  const results: ImportedFile[] = []
  for await (const file of importFiles(sources, { store: server.store, off: OFF, signal: ending.signal })) {
    results.push(file)
    if (results.length === 10) ending.abort()
  }
  const outcomes = new Set(results.map(({ outcome }) => outcome))
  expect(outcomes.has('refused')).toBe(false)
  expect(results.length).toBeLessThan(200)
  const again = await imported(...sources)
  expect(again.every(({ outcome }) => outcome === 'imported' || outcome === 'already')).toBe(true)
  expect(again.filter(({ outcome }) => outcome === 'imported').length).toBeGreaterThan(0)
})

test('two importers of the same folder at once store everything once', async () => {
  const sources = Array.from({ length: 60 }, (_, place) => fileOf(`${place}.xml`, insuranceDossier(3000 + place)))
  const [a, b] = await Promise.all([imported(...sources), imported(...sources.toReversed())])
  const stored = [...a, ...b].filter(({ outcome }) => outcome === 'imported')
  expect(stored).toHaveLength(60)
  expect([...a, ...b].some(({ outcome }) => outcome === 'refused')).toBe(false)
  expect(await countOf('Patient', ['_id', patientOf(insuranceDossier(3000))])).toBe(1)
})

test('the same code is the same chart; the same identity under another code joins it, with both codes', async () => {
  const dossier = insuranceDossier(4000)
  await imported(fileOf('first.xml', dossier))
  const sameCode = visitOf(dossier, 'LK-SAME-CODE', {})
  const otherCode = visitOf(dossier, 'LK-OTHER-CODE', { MA_BN: 'BN-OTHER' })
  const doubtful = visitOf(dossier, 'LK-DOUBTFUL', {
    MA_BN: 'BN-DOUBT',
    HO_TEN: 'Lò Thị Xuyến',
    NGAY_SINH: '194901020000',
  })
  await imported(fileOf('a.xml', sameCode), fileOf('b.xml', otherCode), fileOf('c.xml', doubtful))
  const id = patientOf(dossier)
  expect((await taskOf(sameCode)).for?.reference).toBe(`Patient/${id}`)
  expect((await taskOf(otherCode)).for?.reference).toBe(`Patient/${id}`)
  const chart = JSON.parse((await server.store.read('Patient', id))?.body ?? '{}') as Patient
  expect(chart.identifier?.map(({ value }) => value)).toContain('BN-OTHER')
  const own = (await taskOf(doubtful)).for?.reference
  expect(own).toBe(`Patient/${patientOf(doubtful)}`)
  const { body } = await server.request('GET', '/insurance/doubtful-joins')
  const [join] = body.joins as { id: string; decided: boolean | null; patients: { id: string }[] }[]
  expect(join?.decided).toBe(null)
  expect(join?.patients.map((patient) => patient.id).toSorted()).toEqual([id, patientOf(doubtful)].toSorted())

  const said = await server.request('POST', `/insurance/doubtful-joins/${join?.id}`, { same: true }, JSON_TYPE)
  expect(said.body).toMatchObject({ decided: true })
  const linked = async (): Promise<number> => {
    const versions = await server.store.readMany(
      [id, patientOf(doubtful)].map((each) => ({ type: 'Patient', id: each })),
    )
    return versions.filter((version) => (JSON.parse(version?.body ?? '{}') as Patient).link?.length).length
  }
  expect(await linked()).toBe(2)
  await server.request('POST', `/insurance/doubtful-joins/${join?.id}`, { same: false }, JSON_TYPE)
  expect(await linked()).toBe(0)
})

const JSON_TYPE = { 'content-type': 'application/json' }

const samples = (folder: string) =>
  readdirSync(join(SAMPLES, folder))
    .filter((name) => name.endsWith('.xml'))
    .map((name) => {
      const bytes = readFileSync(join(SAMPLES, folder, name))
      return { path: name, size: bytes.length, bytes }
    })

test.skipIf(!existsSync(SAMPLES)).each(['valid', 'lenient'])(
  'every %s sample is stored whole, as resources that are valid (../shared/data/bhxh-samples)',
  { timeout: 120_000 },
  async (folder) => {
    const sources = samples(folder)
    const results = await imported(...sources)
    expect(results.filter(({ outcome }) => outcome !== 'imported')).toEqual([])
    for (const [place, source] of sources.entries()) {
      const file = readDossierFile(source.bytes)
      const read = file.ok ? file.dossiers : []
      expect([source.path, results[place]?.dossiers]).toEqual([source.path, read.length])
      for (const { dossier } of read) {
        const resources = await dossierResources(server.store, await taskOf(dossier))
        expect([source.path, ...resources.flatMap(errorsIn)]).toEqual([source.path])
        if (folder === 'valid') {
          expect([source.path, filled(toDossier(resources))]).toEqual([source.path, filled(dossier)])
        }
      }
    }
  },
)

test.skipIf(!existsSync(SAMPLES))(
  'a sample with an error is stored as a draft of valid resources, or refused whole (../shared/data/bhxh-samples)',
  { timeout: 120_000 },
  async () => {
    for (const source of samples('invalid')) {
      const file = readDossierFile(source.bytes)
      if (!file.ok) continue
      const wrong = file.dossiers.flatMap(({ dossier }) => toResources(dossier, identify).flatMap(errorsIn))
      expect([source.path, ...wrong]).toEqual([source.path])
    }
    const results = await imported(...samples('invalid'))
    expect(results.filter(({ outcome, reported }) => outcome === 'refused' && reported.length === 0)).toEqual([])
    expect(
      results.flatMap(({ reported }) => reported.flatMap(({ findings }) => findings.map(({ rule }) => rule))),
    ).not.toContain('BHXH-8')
  },
)
