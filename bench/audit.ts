/**
 * What the audit log costs a write: the same writes with and without it, in turns, in one run.
 *
 *   node run.mjs bench/audit.ts [WRITERS [SECONDS [ROUNDS]]]
 */
import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { indexEntries } from '#fhir/search'
import { SYSTEM_FENCE } from '#foundation/access-control'
import {
  auditEntry,
  type AuditFacts,
  type AuditLog,
  fileKeys,
  openAuditLog,
  secondPlace,
  startSequencer,
} from '#foundation/audit-log'
import { destroyDatabase, migrate, openDatabase } from '#foundation/database'
import { type Access, openStore, type RecordStore, type Write, type Written } from '#foundation/record-store'
import { cpuBetween, cpuOf, cpuOfTree } from './process-meter.ts'

const [writers = 16, seconds = 3, rounds = 6] = process.argv.slice(2).map(Number)
const silent = { info: () => undefined, warn: () => undefined }
const AUTHOR = { reference: 'Practitioner/bs-1' }

let made = 0

/** A laboratory result of about 1.5 KB, always a new one. */
function aWrite(): Write {
  made += 1
  const id = `o-${made}`
  const content = {
    resourceType: 'Observation',
    id,
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Hemoglobin [Mass/volume] in Blood' }] },
    subject: { reference: `Patient/p-${made % 1000}` },
    encounter: { reference: `Encounter/e-${made % 3000}` },
    effectiveDateTime: '2026-07-01T08:00:00+07:00',
    performer: [{ reference: 'Organization/xet-nghiem' }],
    valueQuantity: { value: 12 + (made % 50) / 10, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
    note: [{ text: 'Mẫu đạt yêu cầu, đã kiểm tra lại với lần xét nghiệm trước. '.repeat(8) }],
  }
  return {
    method: 'put',
    type: 'Observation',
    id,
    expected: 'none',
    stamp: (version, at) => JSON.stringify({ ...content, meta: { versionId: String(version), lastUpdated: at } }),
    index: () => indexEntries(content),
  }
}

const factsOf = (written: readonly Written[]): AuditFacts => ({
  at: new Date().toISOString(),
  action: 'create',
  outcome: 'success',
  agent: {
    account: '7d9f0c55-0000-4000-8000-000000000001',
    reference: AUTHOR.reference,
    roles: ['doctor'],
    client: null,
    session: '8f14e45f-ceea-467a-9d2b-000000000002',
    network: '10.1.2.3',
    purpose: 'TREAT',
  },
  entities: written.map(({ stored }) => ({ reference: `${stored.type}/${stored.id}`, version: stored.version })),
  patients: [`Patient/p-${made % 1000}`],
  request: 'req-1a2b3c',
})

const access = (audit: Access['audit']): Access => ({ fence: SYSTEM_FENCE, mayWrite: async () => [], audit })

interface Round {
  readonly rate: number
  readonly serverMs: number
  readonly databaseMs: number
}

async function measure(store: RecordStore, database: number): Promise<Round> {
  const own = cpuOf(process.pid)
  const theirs = cpuOfTree(database)
  const begin = performance.now()
  const end = begin + seconds * 1000
  let done = 0
  const write = async (): Promise<void> => {
    while (performance.now() < end) {
      const outcome = await store.writeOne(aWrite(), AUTHOR)
      if (!outcome.ok) throw new Error('a write was refused')
      done += 1
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
  const took = (performance.now() - begin) / 1000
  return {
    rate: done / took,
    serverMs: cpuBetween(own, cpuOf(process.pid)) / done,
    databaseMs: cpuBetween(theirs, cpuOfTree(database)) / done,
  }
}

/** The process that all connections' processes are children of. */
async function postmasterOf(config: pg.ClientConfig): Promise<number> {
  const client = new pg.Client(config)
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const stat = readFileSync(`/proc/${rows[0]?.pid}/stat`, 'latin1')
  await client.end()
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

const digits = (value: number, places = 0): string => value.toFixed(places).padStart(9)

function report(kinds: Readonly<Record<string, readonly Round[]>>): void {
  const rows = Object.entries(kinds).map(([name, all]) => ({
    name,
    rate: median(all.map(({ rate }) => rate)),
    serverMs: median(all.map(({ serverMs }) => serverMs)),
    databaseMs: median(all.map(({ databaseMs }) => databaseMs)),
  }))
  const [without] = rows
  console.log(`${writers} writers, ${rounds} rounds of ${seconds} s each, medians`)
  console.log('                          writes/s  ms server     ms db  of the rate without')
  for (const { name, rate, serverMs, databaseMs } of rows) {
    const share = `${((rate / (without?.rate ?? NaN)) * 100).toFixed(1)} %`
    console.log(`${name.padEnd(25)}${digits(rate)}  ${digits(serverMs, 3)} ${digits(databaseMs, 3)}  ${share}`)
  }
}

/** Reads that are audited before they are answered: what an append costs by itself. */
async function appends(log: AuditLog, database: number): Promise<void> {
  const own = cpuOf(process.pid)
  const theirs = cpuOfTree(database)
  const begin = performance.now()
  const end = begin + seconds * 1000
  let done = 0
  const read = async (): Promise<void> => {
    while (performance.now() < end) {
      await log.append(auditEntry({ ...factsOf([]), action: 'read' }))
      done += 1
    }
  }
  await Promise.all(Array.from({ length: writers }, read))
  const rate = done / ((performance.now() - begin) / 1000)
  const ms = [cpuBetween(own, cpuOf(process.pid)) / done, cpuBetween(theirs, cpuOfTree(database)) / done]
  console.log(`appends alone            ${digits(rate)}  ${digits(ms[0] ?? NaN, 3)} ${digits(ms[1] ?? NaN, 3)}`)
}

const folder = await mkdtemp(join(tmpdir(), 'lanh-bench-audit-'))
const database = await openDatabase({ folder, log: silent })
try {
  await migrate({ admin: database.admin, appRole: database.appRole, log: silent })
  const store = await openStore(database.connection)
  const log = openAuditLog(database.connection)
  const keys = await fileKeys(folder)
  const copy = secondPlace(join(folder, 'copy'), log.facility, keys)
  const sequencer = startSequencer({ log, keys, copy, onAlarm: (alarm, fault) => console.error(alarm, fault) })
  const postmaster = await postmasterOf(database.connection)
  const kinds = {
    'without audit': store.as(access(() => null)),
    'with audit': store.as(access((written) => auditEntry(factsOf(written)))),
  }
  const results: Record<string, Round[]> = {}
  for (const each of Object.values(kinds)) await measure(each, postmaster)
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, each] of Object.entries(kinds)) (results[name] ??= []).push(await measure(each, postmaster))
    await sleep(200)
  }
  report(results)
  await appends(log, postmaster)
  const began = performance.now()
  await sequencer.stop()
  const { acts } = await sequencer.status()
  console.log(`${acts} acts in the tree; the last of them ${(performance.now() - began).toFixed(0)} ms after the end`)
  await log.close()
  await store.close()
} finally {
  await database.close()
  await destroyDatabase(folder)
}
