import { fenceText, SYSTEM_FENCE } from '#foundation/access-control'
import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accept } from '#fhir/outcome'
import { type TestDatabase, databaseForTest } from '#testing/postgres'
import { type RecordStore, openStore } from './index.ts'
import { aPatient, anObservation, put, remove } from './writes-for-test.ts'

const nurse = { reference: 'Practitioner/dd-1' }
let database: TestDatabase
let store: RecordStore

beforeAll(async () => {
  database = await databaseForTest()
  store = await openStore(database.connection)
})
afterAll(() => store.close())

async function asAdmin<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client(database.admin)
  await client.connect()
  return client
    .query<T>(sql, values)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}

describe('writing and reading', () => {
  test('what was stored is served byte for byte, with author, time and hash', async () => {
    const outcome = await store.writeOne(put(aPatient('w1')), nurse)
    if (!outcome.ok) throw new Error('refused')
    const read = await store.read('Patient', 'w1')
    expect(read).toEqual(outcome.value.stored)
    expect(read?.author).toBe('Practitioner/dd-1')
    const [row] = await asAdmin<{ hash: Buffer }>(`select hash from resource_version where id = 'w1'`)
    expect(row?.hash.toString('hex')).toBe(
      createHash('sha256')
        .update(read?.body ?? '')
        .digest('hex'),
    )
  })

  test('each change is a version; equal content is none; a delete is one', async () => {
    await store.writeOne(put(aPatient('w2')), nurse)
    const same = await store.writeOne(put(aPatient('w2')), nurse)
    expect(same.ok && same.value.effect).toBe('unchanged')
    const changed = await store.writeOne(put(aPatient('w2', 'Trần')), nurse)
    expect(changed.ok && changed.value.stored.version).toBe(2)
    const gone = await store.writeOne(remove('Patient', 'w2'), nurse)
    expect(gone.ok && gone.value.effect).toBe('deleted')
    expect((await store.read('Patient', 'w2'))?.body).toBeNull()
    expect((await store.readVersion('Patient', 'w2', 1))?.body).toContain('Nguyễn')
    const again = await store.writeOne(put(aPatient('w2', 'Lê')), nurse)
    expect(again.ok && [again.value.effect, again.value.stored.version]).toEqual(['created', 4])
    const history = await store.history({ type: 'Patient', id: 'w2' }, { count: 10 })
    expect(history.versions.map(({ method }) => method)).toEqual(['create', 'delete', 'update', 'create'])
  })

  test('deleting what never existed writes nothing', async () => {
    const outcome = await store.writeOne(remove('Patient', 'never'), nurse)
    expect(outcome.ok && outcome.value.effect).toBe('absent')
    expect(await store.read('Patient', 'never')).toBeNull()
  })

  test('STORE-1 refuses a change based on an older version and says which one is current', async () => {
    await store.writeOne(put(aPatient('w3')), nurse)
    await store.writeOne(put(aPatient('w3', 'Trần'), 1), nurse)
    const late = await store.writeOne(put(aPatient('w3', 'Lê'), 1), nurse)
    expect(!late.ok && late.refusals[0]).toMatchObject({ rule: 'STORE-1', code: 'conflict' })
    expect(!late.ok && late.refusals[0]?.message.vi).toContain('phiên bản hiện tại là 2')
  })

  test('STORE-2 refuses to create what exists', async () => {
    await store.writeOne(put(aPatient('w4'), 'none'), nurse)
    const second = await store.writeOne(put(aPatient('w4', 'Lê'), 'none'), nurse)
    expect(!second.ok && second.refusals[0]?.rule).toBe('STORE-2')
  })

  test('a transaction with one refusal leaves nothing behind', async () => {
    await store.writeOne(put(aPatient('w5')), nurse)
    const outcome = await store.write([put(aPatient('w6'), 'none'), put(aPatient('w5', 'Lê'), 7)], nurse)
    expect(outcome.ok).toBe(false)
    expect(await store.read('Patient', 'w6')).toBeNull()
  })

  test('two thousand resources in one write are one transaction', async () => {
    const many = Array.from({ length: 2000 }, (_, i) => put(aPatient(`bulk-${i}`), 'none'))
    const outcome = await store.write(many, nurse)
    expect(outcome.ok && outcome.value.length).toBe(2000)
    const [row] = await asAdmin<{ n: string }>(
      `select count(distinct tx)::text as n from resource_version where id like 'bulk-%'`,
    )
    expect(row?.n).toBe('1')
  })
})

describe('many at once', () => {
  test('STORE-1 of fifty simultaneous edits of one version one is kept and the others are refused', async () => {
    await store.writeOne(put(aPatient('c1')), nurse)
    const edits = Array.from({ length: 50 }, (_, i) => store.writeOne(put(aPatient('c1', `Họ ${i}`), 1), nurse))
    const outcomes = await Promise.all(edits)
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect((await store.history({ type: 'Patient', id: 'c1' }, { count: 99 })).versions).toHaveLength(2)
  })

  test('two stores over one database never give one version twice', async () => {
    const other = await openStore(database.connection)
    const edits = Array.from({ length: 40 }, (_, i) =>
      (i % 2 === 0 ? store : other).writeOne(put(aPatient('c2', `Họ ${i}`)), nurse),
    )
    const outcomes = await Promise.all(edits)
    await other.close()
    const versions = outcomes.map((outcome) => (outcome.ok ? outcome.value.stored.version : 0))
    expect(new Set(versions).size).toBe(40)
    expect(Math.max(...versions)).toBe(40)
  })

  test('a write that fails does not fail its neighbours of the same group', async () => {
    const bad = {
      ...put(aPatient('c3')),
      index: () => {
        throw new Error('no entries')
      },
    }
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 10 }, (_, i) => store.writeOne(put(aPatient(`c4-${i}`)), nurse)),
      store.writeOne(bad, nurse),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual([...Array<string>(10).fill('fulfilled'), 'rejected'])
    expect(await store.read('Patient', 'c4-9')).not.toBeNull()
  })

  test('a write that waits for a long import holds up nobody else', async () => {
    let finish = () => {}
    const finished = new Promise<void>((resolve) => (finish = resolve))
    let isStored = () => {}
    const stored = new Promise<void>((resolve) => (isStored = resolve))
    async function* batches() {
      yield accept([put(aPatient('held'))])
      // The first batch is with PostgreSQL once the second has been taken.
      yield accept([put(aPatient('next'))])
      isStored()
      await finished
    }
    const importing = store.importSource(
      { hash: createHash('sha256').update('long').digest('hex'), name: 'long' },
      batches,
      nurse,
    )
    await stored
    const order: string[] = []
    const held = store.writeOne(put(aPatient('held', 'Trần')), nurse).then(() => order.push('held'))
    await Promise.all(Array.from({ length: 200 }, (_, i) => store.writeOne(put(aPatient(`free-${i}`)), nurse)))
    order.push('free')
    finish()
    await Promise.all([importing, held])
    expect(order).toEqual(['free', 'held'])
    expect((await store.read('Patient', 'held'))?.body).toContain('Trần')
  })

  test('callers with a lock in common never overlap: one patient for one identifier', async () => {
    const create = (i: number) =>
      store.writeLocked(
        ['Patient?identifier=079085001234'],
        async (within) =>
          (await within.read('Patient', 'only')) === null
            ? { ok: true, value: [put(aPatient('only', `Họ ${i}`), 'none')] }
            : { ok: true, value: [] },
        nurse,
      )
    const outcomes = await Promise.all(Array.from({ length: 12 }, (_, i) => create(i)))
    expect(outcomes.filter((outcome) => outcome.ok && outcome.value.length === 1)).toHaveLength(1)
  })
})

describe('the log', () => {
  test('cannot be changed or shortened, not even by its owner', async () => {
    await store.writeOne(put(aPatient('l1')), nurse)
    for (const sql of [
      `update resource_version set author = 'x'`,
      'delete from resource_version',
      'truncate resource_version',
    ]) {
      await expect(asAdmin(sql)).rejects.toThrow(/append-only/)
    }
    const app = new pg.Client(database.connection)
    await app.connect()
    await expect(app.query(`update resource_version set author = 'x'`)).rejects.toThrow(/permission denied|append-only/)
    await app.end()
  })

  test('the change feed never skips a row although transactions commit out of order', async () => {
    const start = (await store.changes(null, 100_000)).at(-1)?.cursor ?? null
    const slow = new pg.Client(database.connection)
    await slow.connect()
    await slow.query('begin')
    await slow.query(`set local lanh.reader = '${fenceText(1, SYSTEM_FENCE)}'`)
    await slow.query(`insert into resource_version (facility, self, version, seq, at, type, id, author, method, hash, body, area)
      values (1, 42, 1, nextval('resource_version_seq'), now(), 'Patient', 'slow', 'x', 'create', '', '{"resourceType":"Patient","id":"slow"}', 2)`)
    await store.writeOne(put(aPatient('f1')), nurse)
    const during = await store.changes(start, 100)
    await slow.query('commit')
    await slow.end()
    const after = await store.changes(during.at(-1)?.cursor ?? start, 100)
    const ids = [...during, ...after].map(({ version }) => version.id)
    expect(ids.toSorted()).toEqual(['f1', 'slow'])
  })

  test('history of a type and of everything pages to the end without a gap', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await store.history({ type: 'Patient' }, { count: 700, cursor })
      seen.push(...page.versions.map(({ id, version }) => `${id}/${version}`))
      cursor = page.next
    } while (cursor)
    const [row] = await asAdmin<{ n: string }>(
      `select count(*)::text as n from resource_version where type = 'Patient'`,
    )
    expect(new Set(seen).size).toBe(Number(row?.n))
  })
})

describe('the index', () => {
  test('is rebuilt from the log to the same rows', async () => {
    await store.writeOne(put(anObservation('i1', 'w1', '2026-03-01T08:00:00+07:00')), nurse)
    const snapshot = () =>
      Promise.all(
        ['resource', 'string_value', 'range_value'].map((table) =>
          asAdmin(`select * from ${table} t order by t::text`).then((rows) => JSON.stringify(rows)),
        ),
      )
    const before = await snapshot()
    await asAdmin('delete from resource where random() < 0.5')
    await asAdmin('update range_value set low = low + 1')
    expect(await snapshot()).not.toEqual(before)
    await store.reindex()
    expect(await snapshot()).toEqual(before)
  })
})
