/** The last fence: whatever a statement asks, PostgreSQL shows a reader only what they may see. */
import pg from 'pg'
import { beforeAll, afterAll, describe, expect, test } from 'vitest'
import {
  AREA_BITS,
  bitsOf,
  CLOSED_FENCE,
  type Fence,
  fenceText,
  referenceHash,
  SYSTEM_FENCE,
} from '#foundation/access-control'
import { resourceTypes } from '#fhir/definitions'
import { parseSearch, type SearchRequest, selfHash } from '#fhir/search'
import { databaseForTest } from '#testing/postgres'
import { openStore } from './index.ts'
import type { Access, RecordStore } from './types.ts'
import { aPatient, anObservation, type Content, put } from './writes-for-test.ts'

const database = await databaseForTest()
const store = await openStore(database.connection, { connectionsPerPool: 2 })
afterAll(() => store.close())

const nurse = { reference: 'Practitioner/nurse' }
const BASE = 'http://test/fhir/R4/'
const { person, clinical, directory, visit } = AREA_BITS

const access = (fence: Partial<Fence>): Access => ({
  fence: { ...CLOSED_FENCE, only: null, ...fence },
  mayWrite: async () => [],
  audit: () => null,
})
const behind = (fence: Partial<Fence>): RecordStore => store.as(access(fence))

/** Of the ward: everybody's name, and the content of those they look after. */
const ward = behind({
  open: person | directory,
  care: clinical | visit,
  holders: ['Practitioner/nurse', 'Organization/khoa-noi'],
})

const labelled = (
  content: Content,
  code: string,
  system = 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
): Content => ({
  ...content,
  meta: { security: [{ system, code }] },
})

/** Relations follow from the record; here they are said outright. */
async function relate(patient: string, holder: string, more = ''): Promise<void> {
  const admin = new pg.Client(database.admin)
  await admin.connect()
  await admin.query(`insert into care_relation values (1, ${selfHash('Patient', patient)}, ${referenceHash(holder)}, 1,
    ${more === 'labels' ? 0xffff : 0}, now() - interval '1 day', now() + interval '${more === 'over' ? -1 : 1} hour', 0)`)
  await admin.end()
}

const putLabelled = (content: Content) => {
  const write = put(content)
  return {
    ...write,
    stamp: (version: number, at: string) =>
      JSON.stringify({
        ...content,
        meta: { ...(content['meta'] as object), versionId: String(version), lastUpdated: at },
      }),
  }
}

async function searching(type: string, query: string): Promise<SearchRequest> {
  const asked = await parseSearch(type, [...new URLSearchParams(query)], {
    base: BASE,
    handling: 'strict',
    maxCount: 5000,
    now: Date.parse('2026-11-20T00:00:00Z'),
  })
  if (!asked.ok) throw new Error(JSON.stringify(asked.refusals))
  return asked.value
}

const found = async (view: RecordStore, type: string, query: string): Promise<string> =>
  (await view.search(await searching(type, query), BASE)).entries.join('')

beforeAll(async () => {
  await store.write(
    [
      put(aPatient('mine', 'Nguyễn', 'Thị Của')),
      put(aPatient('theirs', 'Nguyễn', 'Văn Người')),
      put(anObservation('o-mine', 'mine', '2026-11-01T08:00:00+07:00')),
      put(anObservation('o-theirs', 'theirs', '2026-11-01T08:00:00+07:00')),
      putLabelled(labelled(anObservation('o-hiv', 'mine', '2026-11-02T08:00:00+07:00'), 'HIV')),
      put({ resourceType: 'Organization', id: 'khoa-noi', name: 'Khoa Nội' }),
      put({ resourceType: 'Observation', id: 'o-nobody', status: 'final', code: { text: 'x' } }),
    ],
    nurse,
  )
  await relate('mine', 'Organization/khoa-noi')
})

describe('what a reader of the ward sees', () => {
  test('reads of one, of many, of a version', async () => {
    expect((await ward.read('Patient', 'theirs'))?.id).toBe('theirs')
    expect((await ward.read('Observation', 'o-mine'))?.id).toBe('o-mine')
    expect(await ward.read('Observation', 'o-theirs')).toBeNull()
    expect(await ward.read('Observation', 'o-hiv')).toBeNull()
    expect(await ward.readVersion('Observation', 'o-theirs', 1)).toBeNull()
    const many = ['o-mine', 'o-theirs', 'o-hiv', 'o-nobody'].map((id) => ({ type: 'Observation', id }))
    expect((await ward.readMany(many)).map((one) => one?.id ?? null)).toEqual(['o-mine', null, null, 'o-nobody'])
  })

  test.each([
    ['Observation', ''],
    ['Observation', 'patient=theirs'],
    ['Observation', 'patient=Patient/theirs&_sort=-date'],
    ['Observation', 'patient.name=nguyen'],
    ['Observation', 'value-quantity=gt1'],
    ['Observation', 'date=ge2026-01-01'],
    ['Observation', '_id=o-theirs,o-mine,o-hiv'],
    ['Observation', 'date:missing=false'],
  ])('search of %s?%s shows nothing of others', async (type, query) => {
    const all = await found(store, type, query)
    expect(all).toContain('o-theirs')
    const seen = await found(ward, type, query)
    expect(seen).not.toContain('theirs"')
    expect(seen).not.toContain('o-hiv')
  })

  test('_include, _revinclude, _has and chains do not reach around it', async () => {
    expect(await found(store, 'Patient', '_revinclude=Observation:patient')).toContain('o-theirs')
    expect(await found(ward, 'Patient', '_revinclude=Observation:patient')).not.toMatch(/o-theirs|o-hiv/)
    expect(await found(ward, 'Patient', '_revinclude=Observation:patient')).toContain('o-mine')
    expect(await found(store, 'Patient', '_has:Observation:patient:date=ge2026-01-01')).toContain('Patient/theirs')
    expect(await found(ward, 'Patient', '_has:Observation:patient:date=ge2026-01-01')).not.toContain('Patient/theirs')
    const names = behind({ care: clinical, open: clinical })
    expect(await found(names, 'Observation', 'patient.name=nguyen')).not.toContain('o-mine')
    expect(await found(names, 'Observation', '_include=Observation:patient')).not.toContain('Patient","id"')
  })

  test('counts, histories, everything, timelines, the change feed', async () => {
    const all = await searching('Observation', '')
    expect(await store.count(all)).toBe(4)
    expect(await ward.count(all)).toBe(2)
    const ids = (versions: readonly { id: string }[]) => versions.map(({ id }) => id)
    expect(ids((await ward.history({ type: 'Observation' }, { count: 50 })).versions)).not.toContain('o-theirs')
    expect(ids((await ward.history({ type: 'Observation', id: 'o-theirs' }, { count: 50 })).versions)).toEqual([])
    expect(ids((await ward.history({}, { count: 50 })).versions)).not.toContain('o-hiv')
    const everything = await ward.everything({ type: 'Patient', id: 'theirs' }, { base: BASE, count: 50 })
    expect(everything.entries.join('')).not.toContain('o-theirs')
    const timeline = await ward.timeline('theirs', { base: BASE, count: 50 })
    expect(timeline.entries.join('')).toBe('')
    expect((await ward.changes(null, 100)).map(({ version }) => version.id)).not.toContain('o-theirs')
  })

  test('a label is covered by clearance or by a relation that says so', async () => {
    const cleared = behind({ care: clinical, clearance: bitsOf(['HIV']), holders: ['Organization/khoa-noi'] })
    expect((await cleared.read('Observation', 'o-hiv'))?.id).toBe('o-hiv')
    await relate('mine', 'Practitioner/attending', 'labels')
    const attending = behind({ care: clinical, holders: ['Practitioner/attending'] })
    expect((await attending.read('Observation', 'o-hiv'))?.id).toBe('o-hiv')
  })

  test('a label of the patient covers everything of theirs, also what was written before', async () => {
    await store.write(
      [put(aPatient('famous')), put(anObservation('o-famous', 'famous', '2026-11-01T08:00:00+07:00'))],
      nurse,
    )
    await relate('famous', 'Organization/khoa-noi')
    expect(await ward.read('Observation', 'o-famous')).not.toBeNull()
    await store.writeOne(putLabelled(labelled(aPatient('famous'), 'CEL')), nurse)
    expect(await ward.read('Observation', 'o-famous')).toBeNull()
    expect(await ward.read('Patient', 'famous')).toBeNull()
    expect(await found(ward, 'Patient', 'name=nguyen')).not.toContain('famous')
    await store.writeOne({ ...put(aPatient('famous')), sameAs: () => false }, nurse)
    expect(await ward.read('Observation', 'o-famous')).not.toBeNull()
  })

  test('a relation that is over opens nothing', async () => {
    await store.write([put(aPatient('left')), put(anObservation('o-left', 'left', '2026-11-01T08:00:00+07:00'))], nurse)
    await relate('left', 'Organization/khoa-noi', 'over')
    expect(await ward.read('Observation', 'o-left')).toBeNull()
  })

  test('what was moved to another patient is not shown as it was before', async () => {
    await store.writeOne(put(anObservation('moved', 'mine', '2026-11-01T08:00:00+07:00')), nurse)
    await store.writeOne(put(anObservation('moved', 'theirs', '2026-11-01T08:00:00+07:00')), nurse)
    expect(await ward.read('Observation', 'moved')).toBeNull()
    expect(
      (
        await ward.readMany([
          { type: 'Observation', id: 'moved' },
          { type: 'Patient', id: 'mine' },
        ])
      )[0],
    ).toBeNull()
  })
})

describe('other readers', () => {
  test('whoever is limited to patients sees them and what belongs to nobody', async () => {
    const own = behind({ open: person | clinical | directory, only: ['Patient/mine'] })
    expect((await own.read('Observation', 'o-mine'))?.id).toBe('o-mine')
    expect(await own.read('Observation', 'o-theirs')).toBeNull()
    expect(await own.read('Observation', 'o-nobody')).toBeNull()
    expect((await own.read('Organization', 'khoa-noi'))?.id).toBe('khoa-noi')
    expect(await found(own, 'Patient', '')).not.toContain('theirs')
  })

  test('nobody sees nothing, and two readers at once each see their own', async () => {
    const nobody = store.as(access(CLOSED_FENCE))
    expect(await nobody.read('Organization', 'khoa-noi')).toBeNull()
    const other = behind({ care: clinical, holders: ['Practitioner/other'] })
    await relate('theirs', 'Practitioner/other')
    const asked = Array.from(
      { length: 200 },
      (_, i) => [i % 2 === 0 ? ward : other, i % 3 === 0 ? 'o-mine' : 'o-theirs'] as const,
    )
    const answers = await Promise.all(asked.map(([view, id]) => view.read('Observation', id)))
    answers.forEach((answer, i) => {
      const [view, id] = asked[i]!
      expect(answer === null).toBe((view === ward) !== (id === 'o-mine'))
    })
  })

  test('what is decided inside a locked write is decided behind the fence, and written all the same', async () => {
    const outcome = await ward.writeLocked(
      ['lock'],
      async (within) => {
        expect(await within.read('Observation', 'o-theirs')).toBeNull()
        return { ok: true, value: [put(anObservation('locked', 'theirs', '2026-11-03T08:00:00+07:00'))] }
      },
      nurse,
    )
    expect(outcome.ok).toBe(true)
    expect(await ward.read('Observation', 'locked')).toBeNull()
    expect(await store.read('Observation', 'locked')).not.toBeNull()
  })

  test('a write that may not be is refused before anything is stored; the question has both sides', async () => {
    const asked: unknown[] = []
    const view = store.as({
      ...access({ open: clinical }),
      mayWrite: async (changes) => {
        asked.push(...changes)
        return [{ rule: 'X-1', severity: 'error', code: 'forbidden', message: { vi: 'x', en: 'x' }, at: '' }]
      },
    })
    const outcome = await view.writeOne(put(anObservation('o-mine', 'theirs', '2026-11-01T08:00:00+07:00')), nurse)
    expect(outcome.ok).toBe(false)
    expect(asked).toEqual([
      {
        type: 'Observation',
        id: 'o-mine',
        before: { patient: selfHash('Patient', 'mine'), labels: 0, isDeleted: false },
        after: { patient: selfHash('Patient', 'theirs'), labels: 0, isDeleted: false },
      },
    ])
    expect((await store.read('Observation', 'o-mine'))?.version).toBe(1)
  })
})

describe('PostgreSQL itself', () => {
  test('every table of the record has row policies that also hold for its owner', async () => {
    const admin = new pg.Client(database.admin)
    await admin.connect()
    const { rows } = await admin.query<{ relname: string }>(`select relname from pg_class c
      where relkind = 'r' and relnamespace = 'public'::regnamespace and not (relrowsecurity and relforcerowsecurity)
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('patient', 'self', 'body', 'statement', 'bytes', 'content', 'sealed', 'wrapped'))`)
    await admin.end()
    expect(rows).toEqual([])
  })

  test('a statement that says for nobody sees nothing and adds nothing', async () => {
    const app = new pg.Client(database.connection)
    await app.connect()
    for (const table of [
      'resource_version',
      'resource',
      'string_value',
      'range_value',
      'sensitivity',
      'care_relation',
    ]) {
      expect((await app.query(`select count(*)::int as n from ${table}`)).rows).toEqual([{ n: 0 }])
    }
    await expect(app.query(`insert into sensitivity values (1, 1, 1)`)).rejects.toThrow(/row-level security/)
    await app.query('begin')
    await app.query(`set local lanh.reader = '${fenceText(2, SYSTEM_FENCE)}'`)
    expect((await app.query('select count(*)::int as n from resource')).rows).toEqual([{ n: 0 }])
    await expect(app.query(`insert into sensitivity values (1, 1, 1)`)).rejects.toThrow(/row-level security/)
    await app.end()
  })

  test('indexes of terms answer below the policies', async () => {
    const app = new pg.Client(database.connection)
    await app.connect()
    await app.query('begin')
    await app.query(`set local lanh.reader = '${fenceText(1, SYSTEM_FENCE)}'`)
    await app.query('set local enable_seqscan = off')
    const { rows } = await app.query<{ 'QUERY PLAN': string }>(
      `explain select self from resource where terms @> '{1}'::bigint[] and facility + 0 = 1`,
    )
    await app.end()
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/resource_terms/)
  })

  test('every type has an area', () => {
    expect(resourceTypes.length).toBeGreaterThan(140)
  })
})
