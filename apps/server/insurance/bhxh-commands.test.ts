import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { destroyDatabase } from '#foundation/database'
import { type Dossier, readDossierFile, writeDossierFile } from '#obligations/health-insurance'
import { lanh, runLanh } from '#testing/command-line'
import { insuranceDossier } from '#testing/insurance-dossiers'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanh-bhxh-'))
  await chmod(folder, 0o755)
})
afterAll(async () => {
  await destroyDatabase(join(folder, 'data'))
  await rm(folder, { recursive: true, force: true })
})

async function folderOf(name: string, dossiers: readonly Dossier[]): Promise<string> {
  const path = join(folder, name)
  await mkdir(join(path, 'deeper'), { recursive: true })
  await Promise.all(
    dossiers.map((dossier, place) =>
      writeFile(join(path, place % 2 ? 'deeper' : '.', `${place}.xml`), writeDossierFile([dossier], dossier.made)),
    ),
  )
  return path
}

const broken = (dossier: Dossier): Dossier => ({
  ...dossier,
  tables: {
    ...dossier.tables,
    XML1: [{ unknown: null, values: { ...dossier.tables.XML1![0]!.values, T_TONGCHI_BV: '1.00' } }],
  },
})

test.each<[says: RegExp, words: string[]]>([
  [/bhxh is not a command/, ['bhxh']],
  [/bhxh chekc is not a command/, ['bhxh', 'chekc']],
  [/bhxh check needs a file or a folder/, ['bhxh', 'check']],
  [/\/nowhere cannot be read: there is no such file or folder/, ['bhxh', 'check', '/nowhere']],
  [/--port is not an option here/, ['bhxh', 'check', '--port', '9', '.']],
  [/needs --from YYYY-MM-DD, --to YYYY-MM-DD and --out FOLDER/, ['bhxh', 'export']],
  [/--from must be a day/, ['bhxh', 'export', '--from', '2025-02-30', '--to', '2025-03-01', '--out', 'x']],
])('misuse is exit code 2: %s', async (says, words) => {
  const { code, out, err } = await lanh(words)
  expect(err).toMatch(says)
  expect(out).toBe('')
  expect(code).toBe(2)
})

test('check: clean dossiers are exit code 0, an error is 1, and every dossier is a line of JSON', async () => {
  const clean = await folderOf('clean', [0, 1, 2, 3, 4, 5].map(insuranceDossier))
  const good = await lanh(['bhxh', 'check', clean])
  expect(good.out).toMatch(/Files: 6, refused: 0\. Dossiers: 6, with errors: 0/)
  expect(good.code).toBe(0)

  const mixed = await folderOf('mixed', [insuranceDossier(0), broken(insuranceDossier(1))])
  await writeFile(join(mixed, 'no.xml'), '<GIAMDINHHS>')
  const { code, out } = await lanh(['bhxh', 'check', '--json', '--csv', join(folder, 'report.csv'), mixed])
  expect(code).toBe(1)
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { file: string; dossier: string | null; findings: object[] })
  expect(lines).toHaveLength(3)
  const bad = lines.find(({ dossier }) => dossier === insuranceDossier(1).visit)
  expect(bad?.findings).toContainEqual(
    expect.objectContaining({ severity: 'error', table: 'XML1', field: 'T_TONGCHI_BV' }),
  )
  expect(Object.keys(bad!.findings[0]!)).toEqual(['rule', 'severity', 'table', 'row', 'field', 'message', 'source'])
  const refused = lines.find(({ dossier }) => dossier === null)
  expect(refused?.file).toBe(join(mixed, 'no.xml'))
  expect(refused?.findings).toContainEqual(expect.objectContaining({ severity: 'reject' }))
  expect(await readFile(join(folder, 'report.csv'), 'utf8')).toContain('T_TONGCHI_BV')
})

test('import, kill, import again, export: what came in goes out, field by field', { timeout: 240_000 }, async () => {
  const dossiers = Array.from({ length: 400 }, (_, n) => insuranceDossier(n))
  const files = await folderOf('many', dossiers)
  const data = ['--data', join(folder, 'data')]
  const first = await lanh(['bhxh', 'import', ...data, join(files, '0.xml')])
  expect(first.err + first.out).toMatch(/Files: 1, imported: 1/)
  const killed = runLanh(['bhxh', 'import', ...data, files])
  setTimeout(() => killed.child.kill('SIGKILL'), 2500)
  await killed.ended
  const again = await lanh(['bhxh', 'import', ...data, files])
  // a slow machine prints how far it is
  expect(again.err).not.toMatch(/✗|lanh:/)
  const [, imported, before] = /imported: (\d+), imported before: (\d+), refused: 0/.exec(again.out) ?? []
  expect(Number(imported) + Number(before)).toBe(400)

  const out = join(folder, 'out')
  const period = ['--from', '2025-01-01', '--to', '2025-12-31', '--out', out, '--unsigned']
  const exported = await lanh(['bhxh', 'export', ...data, ...period])
  expect(exported.out).toMatch(/Dossiers: 400 written/)
  const names = await readdir(out)
  expect(names).toHaveLength(400)
  const tables = new Map<string, Dossier['tables']>()
  for (const name of names) {
    const file = readDossierFile(await readFile(join(out, name)))
    if (file.ok) for (const { dossier } of file.dossiers) tables.set(dossier.visit, dossier.tables)
  }
  for (const dossier of dossiers) expect(tables.get(dossier.visit)).toEqual(dossier.tables)
  const rebuilt = await lanh(['bhxh', 'catalogue', ...data])
  expect(rebuilt.out).toMatch(/Dossiers: 400 read again in .*; the catalogues are complete/)
  expect(rebuilt.code).toBe(0)
})
