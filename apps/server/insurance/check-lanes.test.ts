import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeDossierFile } from '#obligations/health-insurance'
import { insuranceDossier } from '#testing/insurance-dossiers'
import { checkFiles } from './check-lanes.ts'
import { WHOLE } from './read-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanh-lanes-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Enough for every core to get some. */
const FILES = 1200
const FEW = 200

test('files are told in the order in which they came, whichever core checked them', async () => {
  const dossiers = Array.from({ length: 30 }, (_, n) => insuranceDossier(n))
  const paths = dossiers.map(({ visit }) => join(folder, `${visit}.xml`))
  await Promise.all(dossiers.map((dossier, i) => writeFile(paths[i]!, writeDossierFile([dossier], dossier.made))))
  const broken = join(folder, 'broken.xml')
  await writeFile(broken, '<GIAMDINHHS>')
  const files = Array.from({ length: FILES }, (_, n) => {
    if (n % 100 === 7) return { path: broken, size: 12, dossier: null }
    if (n % 400 === 9) return { path: join(folder, 'nowhere.xml'), size: 1, dossier: null }
    // a file that is said to be large is read in pieces, between the others
    return { path: paths[n % 30]!, size: n % 300 === 11 ? WHOLE + 1 : 20_000, dossier: dossiers[n % 30]!.visit }
  })
  const told = (await Array.fromAsync(checkFiles(streamOf(files), FEW))).flat()
  expect(told.map(({ file, dossier }) => [file, dossier])).toEqual(files.map(({ path, dossier }) => [path, dossier]))
  const rules = new Set(told.flatMap(({ findings }) => findings.map(({ rule }) => rule)))
  expect([...rules].toSorted()).toEqual(['BHXH-1', 'BHYT-READ-2'])
})

async function* streamOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

test('whoever stops listening leaves no core at work', async () => {
  const dossier = insuranceDossier(1)
  const path = join(folder, 'one.xml')
  await writeFile(path, writeDossierFile([dossier], dossier.made))
  const files = Array.from({ length: FILES }, () => ({ path, size: 20_000 }))
  for await (const told of checkFiles(streamOf(files), FEW)) {
    expect(told.length).toBeGreaterThan(0)
    break
  }
})
