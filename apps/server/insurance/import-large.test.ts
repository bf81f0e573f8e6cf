import { appendFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Binary } from '#fhir/r4'
import { toDossier, writeDossierFile } from '#obligations/health-insurance'
import { fhirServer } from '#testing/fhir-server'
import { insuranceDossier } from '#testing/insurance-dossiers'
import { receivedDossier } from './dossier-detail.ts'
import { dossierResources } from './dossier-resources.ts'
import { allTasks } from './find-tasks.ts'
import { type ImportedFile, importFiles } from './import-files.ts'
import { binaryId } from './kept-dossier.ts'
import { hashOf } from './prepare-file.ts'
import type { DossierDetail } from './api.ts'

const server = fhirServer()
let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'lanh-large-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

const COUNT = 40
const dossiers = Array.from({ length: COUNT }, (_, n) => ({ ...insuranceDossier(n), made: '20251001' }))

/** Every file above ten thousand bytes is read in pieces. */
async function imported(path: string): Promise<ImportedFile> {
  const { size } = await stat(path)
  const options = { store: server.store, off: new Set<string>(), whole: 10_000 }
  const [result] = await Array.fromAsync(importFiles([{ path, size }], options))
  return result!
}

const versions = async (): Promise<number> => (await server.store.changes(null, 1_000_000)).length

test('a large file that ends in the middle leaves nothing behind', async () => {
  const before = await versions()
  const path = join(folder, 'half.xml')
  const text = writeDossierFile(dossiers, '20251001')
  await writeFile(path, text.slice(0, -2000))
  expect(await imported(path)).toMatchObject({ outcome: 'refused', dossiers: 0, resources: 0 })
  const nowhere = dossiers.map((dossier) => ({ ...dossier, facility: '', tables: withoutFacility(dossier) }))
  await writeFile(path, writeDossierFile(nowhere, '20251001'))
  const { outcome, reported } = await imported(path)
  expect(outcome).toBe('refused')
  expect(reported[0]?.findings.map(({ rule }) => rule)).toEqual(['BHXH-9'])
  expect(await versions()).toBe(before)
})

test('a large file is stored dossier by dossier, comes back field by field, and its bytes are kept', async () => {
  const path = join(folder, 'large.xml')
  const text = writeDossierFile(dossiers, '20251001')
  await writeFile(path, text)
  expect(await imported(path)).toMatchObject({ outcome: 'imported', dossiers: COUNT })
  const tasks = await Array.fromAsync(allTasks(server.store, 'insurance-dossier', []))
  expect(tasks).toHaveLength(COUNT)
  for (const task of tasks.slice(0, 5)) {
    const dossier = dossiers.find(({ visit }) => visit === task.identifier?.[0]?.value)!
    const [received, stored] = [await receivedDossier(server.store, task), await dossierResources(server.store, task)]
    expect(received?.dossier.tables).toEqual(dossier.tables)
    expect(filled(toDossier(stored).tables)).toEqual(filled(dossier.tables))
  }
  const { body } = await server.request('GET', `/insurance/dossiers/${tasks[0]?.id}`)
  expect((body as unknown as DossierDetail).tables.XML1).toHaveLength(1)
  expect(await bytesOfFile(hashOf(Buffer.from(text)))).toEqual(Buffer.from(text))
  expect(await server.store.openSources(10)).toEqual([])
  const before = await versions()
  expect(await imported(path)).toMatchObject({ outcome: 'already' })
  await appendFile(path, '\n')
  expect(await imported(path)).toMatchObject({ outcome: 'imported', dossiers: COUNT })
  const resources = (await versions()) - before
  // the document and the reading of each dossier, the file and what its pieces are
  expect(resources).toBe(2 * COUNT + 2)
})

const withoutFacility = ({ tables }: (typeof dossiers)[number]) => ({
  ...tables,
  XML1: tables.XML1!.map((row) => ({ ...row, values: { ...row.values, MA_CSKCB: '' } })),
})

/** An empty element says as much as none. */
const filled = (tables: (typeof dossiers)[number]['tables']) =>
  Object.entries(tables).map(([table, rows]) => [
    table,
    rows.map(({ values }) => Object.entries(values).filter(([, text]) => text !== '')),
  ])

async function bytesOfFile(hash: string): Promise<Buffer> {
  const unpack = async (id: string): Promise<Buffer> => {
    const { data = '' } = JSON.parse((await server.store.read('Binary', id))?.body ?? '{}') as Binary
    return gunzipSync(Buffer.from(data, 'base64'))
  }
  const { pieces } = JSON.parse((await unpack(binaryId(hash))).toString()) as { pieces: string[] }
  return Buffer.concat(await Promise.all(pieces.map(unpack)))
}
