import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseForTest } from '#testing/postgres'
import { anAct } from '../facts-for-test.ts'
import {
  auditEntry,
  exportLog,
  fileKeys,
  headsFile,
  openAuditLog,
  proveAct,
  secondPlace,
  startSequencer,
} from '../index.ts'

const VERIFIER = fileURLToPath(new URL('./verify.mjs', import.meta.url))

let folder: string
let whole: readonly string[]
let part: readonly string[]
let heads: string
let proofs: readonly string[]
let key: string

/** 300 acts of four days, a head after each hundred, one detail erased by law. */
beforeAll(async () => {
  const database = await databaseForTest()
  folder = await mkdtemp(join(tmpdir(), 'lanh-verifier-'))
  const log = openAuditLog(database.connection)
  const keys = await fileKeys(folder)
  const copy = secondPlace(join(folder, 'copy'), log.facility, keys)
  const sequencer = startSequencer({ log, keys, copy, onAlarm: () => {}, everyMs: 20 })
  for (let n = 0; n < 300; n += 1) {
    const at = new Date(Date.UTC(2026, 6, 1 + Math.floor(n / 75), 3)).toISOString()
    await log.append(auditEntry(anAct({ at, request: `r-${n}`, query: 'name=Nguyễn' })))
    if (n % 100 === 99) await sequencer.settle()
  }
  const [row] = await log.ledgers.within((ledger) => ledger.rows('select min(seq) from audit_event', []))
  await log.erase([row?.[0] as string], anAct({ entities: [] }))
  await sequencer.stop()
  const asked = { facility: log.facility, keys: keys.publicKeys, at: new Date().toISOString() }
  const linesOf = (more: object) =>
    log.ledgers.within((ledger) => Array.fromAsync(exportLog(ledger, { ...asked, ...more })))
  whole = await linesOf({})
  part = await linesOf({ from: Date.UTC(2026, 6, 2), to: Date.UTC(2026, 6, 3) })
  proofs = await log.ledgers.within(async (ledger) => {
    const rows = await ledger.rows('select seq from audit_leaf where index in (0, 41, 300) order by index', [])
    const made = []
    for (const [seq] of rows) made.push(JSON.stringify(await proveAct(ledger, log.facility, seq as string)))
    return made
  })
  await log.close()
  heads = join(folder, 'copy', headsFile(log.facility))
  const names = await readdir(join(folder, 'copy'))
  key = join(folder, 'copy', names.find((name) => name.startsWith('key-')) as string)
})
afterAll(() => rm(folder, { recursive: true }))

async function verify(lines: readonly string[], more = ['--heads', heads, '--key', key]) {
  const file = join(folder, 'export.jsonl')
  await writeFile(file, lines.map((line) => `${line}\n`).join(''))
  const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFIER, file, ...more], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** A changed line, by its number. */
const changed = (at: number, change: (line: string) => string): readonly string[] =>
  whole.map((line, i) => (i === at ? change(line) : line))

describe('the stand-alone verifier', () => {
  test('AUDIT-25 an export of the whole log is whole', async () => {
    const { status, stdout } = await verify(whole)
    expect(stdout).toMatch(/301 acts from number 0, (\d+) heads, \1 of them judged/)
    expect([status, stdout.includes('is whole')]).toEqual([0, true])
  })

  test('AUDIT-25 an export of one day is verified by the heads that cover it', async () => {
    const { status, stdout } = await verify(part)
    expect(stdout).toMatch(/acts from number 75, \d heads, [123] of them judged/)
    expect(status).toBe(0)
    const tampered = await verify(part.map((line, i) => (i === 9 ? line.replace('bs-1', 'bs-2') : line)))
    expect(tampered.status).toBe(1)
  })

  test('AUDIT-25 whatever is changed in an export is noticed', async () => {
    const act = 150
    const without = whole.filter((_, i) => i !== act)
    const swapped = whole.map((line, i) => (i === act ? whole[act + 1] : i === act + 1 ? whole[act] : line) as string)
    const tamperings: readonly (readonly string[])[] = [
      changed(act, (line) => line.replace('bs-1', 'bs-2')),
      changed(act, (line) => line.replace('Nguyễn', 'Trần')),
      changed(act, (line) => line.replace(/"salt":"../, '"salt":"zz')),
      changed(act, (line) => line.replace(/"tx":"/, '"tx":"1')),
      changed(act, (line) => line.replace(/,"detail":.*$/, '}')),
      changed(302, (line) => line.replace('\\"root\\":\\"', '\\"root\\":\\"0')),
      changed(303, (line) => line.replace(/\\"signature\\":\\"./, '\\"signature\\":\\"_')),
      without,
      swapped,
      whole.filter((_, i) => i !== 303),
      whole.slice(0, 200),
      [...whole.slice(0, 202).map((line) => line.replace('"end":301', '"end":201')), ...whole.slice(302, 304)],
    ]
    for (const lines of tamperings) {
      expect(lines).not.toEqual(whole)
      const { status, stderr } = await verify(lines)
      expect(stderr).not.toBe('')
      expect(status).toBe(1)
    }
  })

  test('AUDIT-25 it says what it was not given, and refuses the key of somebody else', async () => {
    expect((await verify(whole, [])).stdout).toMatch(/who signed is not proved[^]*rolled back is not noticed/)
    const other = await fileKeys(join(folder, 'other'))
    const foreign = join(folder, 'foreign.json')
    await writeFile(foreign, JSON.stringify([...other.publicKeys.values()][0]))
    expect((await verify(whole, ['--key', foreign])).status).toBe(1)
    expect((await verify(['{}'])).status).toBe(2)
  })

  test('AUDIT-25 one act is proved by itself, and no other in its place', async () => {
    expect(proofs).toHaveLength(3)
    for (const proof of proofs) expect(await verify([proof], ['--key', key])).toMatchObject({ status: 0, stderr: '' })
    const [, second = '', third = ''] = proofs
    const wrong = [
      second.replace('bs-1', 'bs-2'),
      second.replace('"number":41', '"number":40'),
      second.replace(/"path":\["../, '"path":["00'),
      second.replace(/"path":\["[0-9a-f]+",/, '"path":['),
      third.replace(
        /"head":.*,"path"/,
        `"head":${JSON.stringify((JSON.parse(second) as { head: string }).head)},"path"`,
      ),
    ]
    for (const proof of wrong) {
      expect([second, third]).not.toContain(proof)
      expect((await verify([proof], ['--key', key])).status).toBe(1)
    }
    expect((await verify([second], [])).status).toBe(2)
  })

  test('it needs nothing but Node.js', async () => {
    const imported = [...(await readFile(VERIFIER, 'utf8')).matchAll(/ from '([^']+)'/g)].map(([, name]) => name)
    expect(imported.every((name) => name?.startsWith('node:'))).toBe(true)
  })
})
