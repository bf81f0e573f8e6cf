import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore, type RecordStore } from '#foundation/record-store'
import { databaseForTest } from '#testing/postgres'
import { findFiles } from './find-files.ts'
import { type FileResult, importFile } from './import-file.ts'

const SYNTHEA = fileURLToPath(new URL('../../../../shared/data/synthea', import.meta.url))

let store: RecordStore
let folder: string

beforeAll(async () => {
  store = await openStore((await databaseForTest()).connection)
  folder = await mkdtemp(join(tmpdir(), 'lanh-import-'))
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

/** Imports a file of that name and content. */
async function imported(name: string, content: string | Buffer | object): Promise<FileResult> {
  const path = join(folder, name)
  await writeFile(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content))
  const [file] = await findFiles(path)
  return importFile(store, file!)
}

/** What a person reads about a refused file. */
const told = ({ outcome, stored, refusals }: FileResult): string =>
  `${outcome} ${stored}: ${refusals.map(({ rule, at = '' }) => `${rule} ${at}`.trim()).join(', ')}`

const patient = (id: string, family = 'Nguyễn'): object => ({ resourceType: 'Patient', id, name: [{ family }] })
const about = (reference: string): object => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'Mạch' },
  subject: { reference },
})
const bundle = (type: string, entry: readonly object[]): object => ({ resourceType: 'Bundle', type, entry })
const posted = (resource: object, fullUrl: string): object => ({
  fullUrl,
  resource,
  request: { method: 'POST', url: (resource as { resourceType: string }).resourceType },
})
const URN = 'urn:uuid:0b1f5c1e-9d0c-4d7b-8a53-111111111111'

test('a transaction: new ids, and references follow them, also to entries that come later', async () => {
  const observed = posted(about(URN), 'urn:uuid:0b1f5c1e-9d0c-4d7b-8a53-222222222222')
  const result = await imported('visit.json', bundle('transaction', [observed, posted(patient('p-in-file'), URN)]))
  expect(result).toMatchObject({ outcome: 'imported', read: 2, stored: 2 })
  expect(await store.read('Patient', 'p-in-file')).toBeNull()
  const [created, other] = (await store.changes(null, 10)).map(({ version }) => version)
  const observation = created?.type === 'Observation' ? created : other
  const { subject } = JSON.parse(observation?.body ?? '{}')
  const [type, id] = subject.reference.split('/')
  expect((await store.read(type, id))?.body).toContain('Nguyễn')
})

test('a collection keeps its ids, a PUT has the one of its address', async () => {
  await imported('people.json', bundle('collection', [{ resource: patient('kept-1') }]))
  const put = { resource: patient('kept-2'), request: { method: 'PUT', url: 'Patient/kept-2' } }
  await imported('put.json', bundle('transaction', [put]))
  expect((await store.read('Patient', 'kept-1'))?.version).toBe(1)
  expect((await store.read('Patient', 'kept-2'))?.version).toBe(1)
})

test('NDJSON, with and without a last line end, empty lines and Windows line ends', async () => {
  const lines = [patient('line-1'), patient('line-2')].map((one) => JSON.stringify(one))
  expect(await imported('a.ndjson', `${lines[0]}\r\n\n${lines[1]}`)).toMatchObject({ read: 2, stored: 2 })
  expect(await imported('b.ndjson.gz', gzipSync(`${JSON.stringify(patient('line-3'))}\n`))).toMatchObject({ stored: 1 })
  expect(await store.read('Patient', 'line-2')).not.toBeNull()
})

test('one resource alone', async () => {
  expect(await imported('one.json', patient('alone'))).toMatchObject({ outcome: 'imported', stored: 1 })
})

test('the bytes are those of the file', async () => {
  const text =
    '{ "resourceType":"Observation","id":"exact", "status":"final","code":{"text":"x"},"valueQuantity":{"value":1.50} }'
  await imported('exact.json', `{"resourceType":"Bundle","type":"collection","entry":[{"resource":${text}}]}`)
  expect((await store.read('Observation', 'exact'))?.body).toContain('"valueQuantity":{"value":1.50} }')
})

test('the same content twice adds nothing, packed or not, whatever its name', async () => {
  const text = JSON.stringify(bundle('transaction', [posted(patient('x', 'Một lần'), URN)]))
  expect((await imported('once.json', text)).outcome).toBe('imported')
  expect(await imported('again.json.gz', gzipSync(text))).toMatchObject({ outcome: 'already', stored: 0, read: 1 })
  const both = await Promise.all(['c.json', 'd.json'].map((name) => imported(name, text.replace('Một', 'Hai'))))
  expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['already', 'imported'])
})

const invalid = { ...patient('never-stored'), gender: 'đàn ông' }

test('one wrong resource, and nothing of the file is stored', async () => {
  const good = Array.from({ length: 1200 }, (_, index) => ({ resource: patient(`never-${index}`) }))
  const result = await imported('mostly-good.json', bundle('collection', [...good, { resource: invalid }]))
  expect(result).toMatchObject({ outcome: 'refused', stored: 0, read: 1201 })
  expect(result.refusals[0]).toMatchObject({ at: 'Bundle.entry[1200].resource: Patient.gender' })
  expect(await store.read('Patient', 'never-0')).toBeNull()
  expect(await store.read('Patient', 'never-1199')).toBeNull()
})

test('a refused file can be imported once it is right', async () => {
  expect((await imported('mended.json', bundle('collection', [{ resource: invalid }]))).outcome).toBe('refused')
  expect((await imported('mended.json', bundle('collection', [{ resource: patient('mended') }]))).outcome).toBe(
    'imported',
  )
})

test('a wrong line is named by its number', async () => {
  const result = await imported('lines.ndjson', `${JSON.stringify(patient('good'))}\n\n{"resourceType":"Patient",}\n`)
  expect(told(result)).toMatch(/^refused 0: FHIR-JSON-\d+ line 3/)
})

const packed = gzipSync(JSON.stringify(bundle('collection', [{ resource: patient('cut') }])))
test.each<[string, string, string | Buffer | object]>([
  ['refused 0: IMPORT-8', 'cut.json.gz', packed.subarray(0, packed.length - 12)],
  ['refused 0: IMPORT-10, FHIR-JSON-3', 'text.json.gz', 'not gzip, and no JSON'],
  ['refused 0: IMPORT-10, FHIR-JSON-3 line 1', 'text.ndjson.gz', 'not gzip, and no JSON'],
  ['refused 0: IMPORT-1', 'list.json', []],
  ['refused 0: IMPORT-1', 'plain.json', { some: 'settings' }],
  ['refused 0: IMPORT-2 Bundle.type', 'found.json', bundle('searchset', [{ resource: patient('found') }])],
  ['refused 0: IMPORT-4 Bundle.entry[0]', 'empty.json', bundle('collection', [{ fullUrl: URN }])],
  [
    'refused 0: IMPORT-5 Bundle.entry[1]',
    'twice.json',
    bundle('transaction', [posted(patient('a'), URN), posted(patient('b'), URN)]),
  ],
  [
    `refused 0: IMPORT-6 Bundle.entry[0].resource: ${URN}`,
    'dangling.json',
    bundle('transaction', [posted(about(URN), 'urn:uuid:0b1f5c1e-9d0c-4d7b-8a53-333333333333')]),
  ],
  [
    'refused 0: IMPORT-3 Bundle.entry[0].request',
    'delete.json',
    bundle('transaction', [{ resource: patient('a'), request: { method: 'DELETE', url: 'Patient/a' } }]),
  ],
  ['refused 0: IMPORT-9 Bundle.entry[0].resource.id', 'id.json', bundle('collection', [{ resource: patient('a b') }])],
])('%s', async (expected, name, content) => {
  expect(told(await imported(name, content))).toBe(expected)
})

test.each([
  ['cut off', '{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Pat'],
  ['something after the end', '{"resourceType":"Bundle","type":"collection","entry":[]} {}'],
  [
    'a comma too many',
    '{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient"}},]}',
  ],
  ['two entry members', '{"resourceType":"Bundle","type":"collection","entry":[],"entry":[]}'],
  [
    'not UTF-8',
    Buffer.concat([Buffer.from('{"resourceType":"Patient","id":"'), Buffer.from([0xff]), Buffer.from('"}')]),
  ],
  ['empty', ''],
])('%s', async (_, content) => {
  expect(told(await imported('broken.json', content))).toMatch(/^refused 0: FHIR-JSON-\d+/)
})

test('a folder: FHIR files by name, other JSON is left out without being a failure', async () => {
  await mkdir(join(folder, 'in/deeper'), { recursive: true })
  await writeFile(join(folder, 'in/b.json'), JSON.stringify(patient('in-b')))
  await writeFile(join(folder, 'in/notes.txt'), 'x')
  await writeFile(join(folder, 'in/package.json'), '{"name":"x"}')
  await writeFile(join(folder, 'in/deeper/a.ndjson'), JSON.stringify(patient('in-a')))
  const files = await findFiles(join(folder, 'in'))
  const results = await Promise.all(files.map((file) => importFile(store, file)))
  expect(results.map(({ outcome }) => outcome)).toEqual(['imported', 'imported', 'not-fhir'])
})

test.skipIf(!existsSync(SYNTHEA))(
  'real bundles: as many resources as the manifest says (../shared/data/synthea)',
  async () => {
    const files = (await findFiles(SYNTHEA)).filter(({ path }) => /p01\d/.test(path))
    const manifest: { file: string; entries: number }[] = JSON.parse(
      await readFile(join(SYNTHEA, 'manifest.json'), 'utf8'),
    )
    for (const file of files) {
      const { entries } = manifest.find((one) => file.path.endsWith(one.file)) ?? { entries: -1 }
      expect(await importFile(store, file)).toMatchObject({ outcome: 'imported', read: entries, stored: entries })
    }
  },
)

test.each(['large.ndjson', 'large.ndjson.gz'])('%s is read in pieces, wholly, and told in bytes', async (name) => {
  const path = join(folder, name)
  const line = (index: number): string =>
    JSON.stringify({ ...patient(`large-${index}`), text: { status: 'generated', div: filler(index) } })
  const text = Array.from({ length: 900 }, (_, index) => line(index)).join('\n')
  await writeFile(path, name.endsWith('.gz') ? gzipSync(text, { level: 1 }) : `${text}\n\n`)
  const [file] = await findFiles(path)
  let read = 0
  const result = await importFile(store, file!, { onRead: (bytes) => (read += bytes) })
  expect(result).toMatchObject({ outcome: 'imported', stored: 900 })
  expect(read).toBe((await stat(path)).size)
})

/** Twenty kilobytes of narrative that do not repeat. */
const filler = (seed: number): string => {
  const words = Array.from({ length: 340 }, (_, index) => createHash('sha256').update(`${seed} ${index}`).digest('hex'))
  return `<div xmlns="http://www.w3.org/1999/xhtml">${words.join(' ')}</div>`
}
