import { expect, test } from 'vitest'
import { writeDossierFile } from '#obligations/health-insurance'
import { fhirServer } from '#testing/fhir-server'
import { insuranceDossier } from '#testing/insurance-dossiers'
import { cataloguePage } from './catalogue.ts'
import { rebuildCatalogues } from './complete-catalogues.ts'
import { importGroup } from './import-group.ts'
import { importFiles } from './import-files.ts'
import { prepareFile } from './prepare-file.ts'

const server = fhirServer()

const bytesOf = (n: number): Buffer => Buffer.from(writeDossierFile([insuranceDossier(n)], insuranceDossier(n).made))

/** What a program does that is killed before it comes to the catalogues. */
async function storedOnly(from: number, count: number): Promise<void> {
  const files = Array.from({ length: count }, (_, n) => prepareFile('x.xml', bytesOf(from + n)))
  const stored = await importGroup(
    files.flatMap((each) => (each.ok ? each.file : [])),
    { store: server.store, off: new Set(), known: new Set() },
  )
  expect(stored.map(({ outcome }) => outcome)).toEqual(stored.map(() => 'imported'))
}

const drugs = async (): Promise<number> => {
  const page = await cataloguePage(server.store, 'drugs', null)
  return page.ok ? page.value.entries.length : NaN
}

test('what a killed import left out of the catalogues is made up for by the next one', async () => {
  await storedOnly(0, 20)
  expect(await server.store.openSources(100)).toHaveLength(20)
  expect(await drugs()).toBe(0)
  const bytes = Buffer.from(writeDossierFile([{ ...insuranceDossier(50), tables: withoutDrugs(50) }], '20251001'))
  await Array.fromAsync(
    importFiles([{ path: 'next.xml', size: bytes.length, bytes }], { store: server.store, off: new Set() }),
  )
  expect(await drugs()).toBeGreaterThan(3)
  expect(await server.store.openSources(100)).toEqual([])
})

test('the catalogues are built again from the dossiers that are stored', async () => {
  await storedOnly(100, 130)
  const seen: number[] = []
  expect(await rebuildCatalogues(server.store, (dossiers) => seen.push(dossiers))).toBe(151)
  expect(seen.at(-1)).toBe(151)
  expect(await server.store.openSources(100)).toEqual([])
  const before = (await server.store.changes(null, 1_000_000)).length
  await rebuildCatalogues(server.store, () => undefined)
  expect((await server.store.changes(null, 1_000_000)).length).toBe(before)
})

const withoutDrugs = (n: number) => {
  const { XML2: _drugs, ...tables } = insuranceDossier(n).tables
  return tables
}
