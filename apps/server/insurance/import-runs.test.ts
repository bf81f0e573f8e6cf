import { expect, test } from 'vitest'
import { writeDossierFile } from '#obligations/health-insurance'
import { fhirServer } from '#testing/fhir-server'
import { insuranceDossier } from '#testing/insurance-dossiers'
import type { ImportRun } from './api.ts'
import { ImportRuns } from './import-runs.ts'

const server = fhirServer()

const bytesOf = (...places: readonly number[]): Buffer =>
  Buffer.from(writeDossierFile(places.map(insuranceDossier), '20251001'))

const find = async (runs: ImportRuns, id: string): Promise<ImportRun | undefined> =>
  (await runs.list()).find((run) => run.id === id)

const ended = async (runs: ImportRuns, id: string): Promise<ImportRun> => {
  await expect.poll(async () => (await find(runs, id))?.state, { timeout: 20_000 }).toMatch(/done|refused/)
  return (await find(runs, id))!
}

test('what became of a file, and its report, are there after the next start; its bytes are not', async () => {
  const runs = new ImportRuns(server.store)
  const good = await runs.add('tốt.xml', bytesOf(0), false)
  const bad = await runs.add('hỏng.xml', Buffer.from('<GIAMDINHHS>'), false)
  await ended(runs, bad!.id)
  const later = new ImportRuns(server.store)
  expect((await later.list()).map(({ file, state }) => [file, state])).toEqual([
    ['hỏng.xml', 'refused'],
    ['tốt.xml', 'done'],
  ])
  expect(await later.report(bad!.id)).toContain((await find(later, bad!.id))!.findings[0]!.rule)
  expect(await server.store.importRuns.bytes(good!.id)).toBe(null)
  expect(await later.resume(good!.id)).toMatchObject({ state: 'done' })
})

test('files under way when the program ends are interrupted, and can be resumed after the next start', async () => {
  const runs = new ImportRuns(server.store)
  const places = Array.from({ length: 60 }, (_, n) => 100 + n)
  const first = await runs.add('dài.xml', bytesOf(...places), false)
  const second = await runs.add('chờ.xml', bytesOf(300), true)
  await runs.close()
  const later = new ImportRuns(server.store)
  const states = (await later.list()).slice(0, 2).map(({ file, state }) => [file, state])
  expect(states).toEqual([
    ['chờ.xml', 'interrupted'],
    ['dài.xml', 'interrupted'],
  ])
  for (const { id } of [first!, second!]) await later.resume(id)
  expect(await ended(later, second!.id)).toMatchObject({ state: 'done', dossiers: 1, toSend: true })
  expect(await ended(later, first!.id)).toMatchObject({ state: 'done', dossiers: 60 })
})
