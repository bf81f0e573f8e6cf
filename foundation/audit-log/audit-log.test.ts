import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseForTest, type TestDatabase } from '#testing/postgres'
import { anAct } from './facts-for-test.ts'
import {
  auditEntry,
  auditInsert,
  type AuditLog,
  auditRows,
  fileKeys,
  headsIn,
  openAuditLog,
  secondPlace,
  type Sequencer,
  startSequencer,
  verifyLog,
} from './index.ts'
import { innerHash } from './merkle/index.ts'
import { nodesOf } from './nodes.ts'
import { numberActs } from './number-acts.ts'

let database: TestDatabase
let folder: string
const opened: AuditLog[] = []

beforeAll(async () => {
  database = await databaseForTest()
  folder = await mkdtemp(join(tmpdir(), 'lanh-audit-'))
})
afterAll(async () => {
  await Promise.all(opened.map((log) => log.close()))
  await rm(folder, { recursive: true })
})

/** Every test has a facility of its own. */
let facilities = 0
function open(): AuditLog {
  facilities += 1
  const log = openAuditLog(database.connection, { facility: facilities })
  opened.push(log)
  return log
}

async function sequence(log: AuditLog): Promise<{ sequencer: Sequencer; verify: () => ReturnType<typeof verifyLog> }> {
  const keys = await fileKeys(folder)
  const copy = secondPlace(join(folder, 'copy'), log.facility, keys)
  const sequencer = startSequencer({ log, keys, copy, onAlarm: () => {}, everyMs: 10 })
  const verify = () =>
    log.ledgers.within((ledger) =>
      verifyLog(ledger, {
        facility: log.facility,
        keys: keys.publicKeys,
        copy: headsIn(copy.file),
        now: Date.now(),
      }),
    )
  return { sequencer, verify }
}

const asSuperuser = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(database.admin)
  await client.connect()
  return work(client).finally(() => client.end())
}

const statements = (log: AuditLog) =>
  log.ledgers.within((ledger) =>
    ledger.rows('select statement, detail from audit_event where facility = $1 order by seq', [log.facility]),
  )

describe('acts', () => {
  test('AUDIT-1 an act is committed when append resolves, word by word', async () => {
    const log = open()
    const entry = auditEntry(anAct({ query: 'name=Nguyễn "Á"\n\t\\', reason: 'cấp cứu' }))
    await log.append(entry)
    expect(await statements(log)).toEqual([[entry.statement, entry.detail]])
    expect(JSON.parse(entry.detail)).toEqual({ network: '10.1.2.3', query: 'name=Nguyễn "Á"\n\t\\', reason: 'cấp cứu' })
  })

  test('AUDIT-2 names and free text stand in the detail alone', () => {
    const { statement } = auditEntry(anAct({ query: 'name=Nguyễn', reason: 'người nhà xin' }))
    expect(statement).not.toMatch(/Nguyễn|người nhà|10\.1\.2\.3/)
    expect(JSON.parse(statement)).toEqual({
      at: '2026-07-01T08:00:00.000Z',
      action: 'read',
      outcome: 'success',
      agent: 'Practitioner/bs-1',
      account: '7d9f0c55-0000-4000-8000-000000000001',
      roles: ['doctor'],
      session: 's-1',
      purpose: 'TREAT',
      entities: ['Observation/o-1/_history/1'],
      patients: ['Patient/p-1'],
      request: 'r-1',
    })
  })

  test('U+0000 and lone surrogates do not keep an act out of the log', async () => {
    const log = open()
    await log.append(auditEntry(anAct({ query: 'a\0b\uD800', request: 'r\0\uDC00' })))
    expect(await statements(log)).toHaveLength(1)
  })

  test('a thousand simultaneous acts share some statements and are all there', async () => {
    const log = open()
    await Promise.all(Array.from({ length: 1000 }, (_, i) => log.append(auditEntry(anAct({ request: `r-${i}` })))))
    const rows = await statements(log)
    expect(new Set(rows.map(([statement]) => statement)).size).toBe(1000)
  })

  test('AUDIT-3 as part of a write an act commits with it or not at all', async () => {
    const log = open()
    const rows = auditRows([auditEntry(anAct()), auditEntry(anAct({ action: 'update' }))])
    await asSuperuser(async (client) => {
      await client.query('create table if not exists written (n integer primary key)')
      const write = `with told as (${auditInsert(2)}) insert into written values ($3)`
      await client.query(write, [log.facility, rows, 1])
      await expect(client.query(write, [log.facility, rows, 1])).rejects.toThrow(/duplicate key/)
    })
    expect(await statements(log)).toHaveLength(2)
  })

  test('an append outlives its connection, and a lost database refuses the act', async () => {
    const log = open()
    await log.append(auditEntry(anAct()))
    await asSuperuser((client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      ),
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    await log.append(auditEntry(anAct()))
    expect(await statements(log)).toHaveLength(2)
    const nowhere = openAuditLog({ ...database.connection, host: '127.0.0.1', port: 1 }, { patienceMs: 600 })
    const waits = nowhere.append(auditEntry(anAct()))
    await expect(Promise.race([waits, new Promise((resolve) => setTimeout(resolve, 300, 'waits'))])).resolves.toBe(
      'waits',
    )
    await expect(waits).rejects.toThrow(/no connection/)
  })
})

describe('the database keeps it', () => {
  const asApp = async <T>(reader: string | null, work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ ...database.connection, ...(reader && { options: `-c lanh.reader=${reader}` }) })
    await client.connect()
    return work(client).finally(() => client.end())
  }
  const TABLES = ['audit_event', 'audit_leaf', 'audit_node', 'audit_head', 'audit_subject']

  test('AUDIT-4 nobody changes, removes or empties it: not the app, not the owner of the schema', async () => {
    const log = open()
    const { sequencer } = await sequence(log)
    await log.append(auditEntry(anAct()))
    await sequencer.stop()
    await asSuperuser((client) =>
      client.query('insert into audit_node (facility, level, index, hash) values (999, 1, 0, $1)', [Buffer.alloc(32)]),
    )
    const column: Readonly<Record<string, string>> = { audit_event: 'statement', audit_head: 'head' }
    for (const table of TABLES) {
      const changes = [
        `update ${table} set ${column[table] ?? 'facility'} = ${column[table] ?? 'facility'}`,
        `delete from ${table}`,
        `truncate ${table}`,
      ]
      for (const change of changes) {
        await asApp('1|2047|0|-1|{}|', (client) => expect(client.query(change)).rejects.toThrow(/permission denied/))
        await asSuperuser((client) => expect(client.query(change)).rejects.toThrow(/append-only/))
      }
    }
  })

  test('AUDIT-6 only readers of the area audit see it, and only of their facility', async () => {
    const log = open()
    await log.append(auditEntry(anAct()))
    const seen = (reader: string | null) =>
      asApp(reader, async (client) => (await client.query(`select facility from audit_event`)).rows.length)
    expect(await seen(null)).toBe(0)
    expect(await seen(`${log.facility}|1023|1023|-1|{}|`)).toBe(0)
    expect(await seen(`${log.facility + 1000}|1024|0|-1|{}|`)).toBe(0)
    expect(await seen(`${log.facility}|1024|0|-1|{}|`)).toBe(1)
    const foreign = (client: pg.Client) =>
      client.query(auditInsert(2), [log.facility, auditRows([auditEntry(anAct())])])
    await asApp(`${log.facility + 1000}|1024|0|-1|{}|`, (client) =>
      expect(foreign(client)).rejects.toThrow(/row-level security/),
    )
  })
})

describe('the tree', () => {
  test('AUDIT-7 every act gets one number, whatever commits first; a long transaction holds up nobody', async () => {
    const log = open()
    const { sequencer, verify } = await sequence(log)
    await asSuperuser(async (slow) => {
      await slow.query('begin')
      await slow.query(auditInsert(2), [log.facility, auditRows([auditEntry(anAct({ request: 'slow' }))])])
      await Promise.all(Array.from({ length: 20 }, () => log.append(auditEntry(anAct()))))
      await sequencer.settle()
      expect((await sequencer.status()).acts).toBe(20)
      await slow.query('commit')
    })
    await log.append(auditEntry(anAct()))
    await sequencer.settle()
    expect(await sequencer.status()).toMatchObject({ acts: 22, waiting: 0, alarms: [], isCopied: true })
    expect(await verify()).toMatchObject({ findings: [], acts: 22, heads: 2, unsigned: 0 })
    await sequencer.stop()
  })

  test('subtrees of 256 acts are kept, and give the root again to whoever starts anew', async () => {
    const log = open()
    const { sequencer, verify } = await sequence(log)
    await Promise.all(Array.from({ length: 700 }, () => log.append(auditEntry(anAct()))))
    await sequencer.settle()
    await log.ledgers.within(async (ledger) => {
      const read = nodesOf(ledger, log.facility)
      expect(innerHash(await read(8, 0), await read(8, 1))).toEqual(await read(9, 0))
      const again = await numberActs(ledger, log.facility, null)
      expect(again?.root().toString('hex')).toBe((await sequencer.status()).head?.root)
    })
    await Promise.all(Array.from({ length: 400 }, () => log.append(auditEntry(anAct()))))
    await sequencer.stop()
    expect(await verify()).toMatchObject({ findings: [], acts: 1100 })
  })

  test('AUDIT-7 a database that was restored from a dump counts transactions anew; its acts are numbered all the same', async () => {
    const log = open()
    const { sequencer, verify } = await sequence(log)
    await log.append(auditEntry(anAct()))
    await sequencer.settle()
    await asSuperuser((client) =>
      client.query(`update audit_position set seen = '9000000000:9000000000:' where facility = $1`, [log.facility]),
    )
    await log.append(auditEntry(anAct()))
    await sequencer.settle()
    await log.append(auditEntry(anAct()))
    await sequencer.stop()
    expect(await verify()).toMatchObject({ findings: [], acts: 3 })
  })

  test('two sequencers of one log do not get into each other’s way', async () => {
    const log = open()
    const one = await sequence(log)
    const two = await sequence(log)
    for (let i = 0; i < 30; i += 1) await log.append(auditEntry(anAct()))
    await Promise.all([one.sequencer.settle(), two.sequencer.settle()])
    await one.sequencer.stop()
    await two.sequencer.stop()
    expect(await one.verify()).toMatchObject({ findings: [], acts: 30 })
  })

  test('AUDIT-8 a database that was rolled back is noticed at the start', async () => {
    const log = open()
    const first = await sequence(log)
    await log.append(auditEntry(anAct()))
    await first.sequencer.stop()
    await asSuperuser(async (client) => {
      await client.query('set session_replication_role = replica')
      for (const table of ['audit_event', 'audit_leaf', 'audit_head', 'audit_subject', 'audit_position'])
        await client.query(`delete from ${table} where facility = $1`, [log.facility])
    })
    const second = await sequence(log)
    await second.sequencer.settle()
    expect((await second.sequencer.status()).alarms).toEqual(['rolled-back'])
    await second.sequencer.stop()
    expect((await second.verify()).findings[0]?.rule).toBe('AUDIT-19')
  })

  test('AUDIT-19 whoever puts the key away with what it signed is betrayed by the second place', async () => {
    const log = open()
    const { sequencer } = await sequence(log)
    await log.append(auditEntry(anAct()))
    await sequencer.stop()
    const copy = headsIn(secondPlace(join(folder, 'copy'), log.facility, await fileKeys(folder)).file)
    const keys = new Map<string, never>()
    const asked = { facility: log.facility, keys, copy, now: Date.now() }
    await asSuperuser((client) =>
      client.query(`set session_replication_role = replica; delete from audit_head where facility = ${log.facility}`),
    )
    const { findings } = await log.ledgers.within((ledger) => verifyLog(ledger, asked))
    expect(findings.map(({ rule }) => rule)).toEqual(['AUDIT-19'])
  })

  test('AUDIT-9 an erasure takes the detail, leaves the proof, and tells of itself', async () => {
    const log = open()
    const { sequencer, verify } = await sequence(log)
    await log.append(auditEntry(anAct({ query: 'name=Nguyễn' })))
    await sequencer.settle()
    const [row] = await log.ledgers.within((ledger) =>
      ledger.rows('select seq from audit_event where facility = $1', [log.facility]),
    )
    await log.erase([row?.[0] as string], anAct({ action: 'erase', entities: [], reason: 'yêu cầu của chủ thể' }))
    await sequencer.settle()
    expect((await statements(log)).map(([, detail]) => detail?.includes('Nguyễn') ?? null)).toEqual([null, false])
    expect(await verify()).toMatchObject({ findings: [], acts: 2 })
    await asSuperuser((client) =>
      client.query(
        `update audit_event set commitment = sha256(salt || convert_to(detail, 'UTF8')), detail = null, salt = null
         where facility = $1 and detail is not null`,
        [log.facility],
      ),
    )
    expect((await verify()).findings.map(({ rule }) => rule)).toEqual(['AUDIT-22'])
    await sequencer.stop()
  })
})
