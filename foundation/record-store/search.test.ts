/** The SQL must answer what the model over the same index entries answers (`meets` of fhir/search). */
import { fenceText, SYSTEM_FENCE } from '#foundation/access-control'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { searchParametersOf } from '#fhir/definitions'
import { type TypedValue, compilePath } from '#fhir/fhirpath'
import { type Indexed, type SearchRequest, indexEntries, meets, parseSearch } from '#fhir/search'
import { demoHospital } from '#testing/demo-hospital'
import { type TestDatabase, databaseForTest } from '#testing/postgres'
import { newStatement, walksCandidates } from './criteria-sql.ts'
import { type RecordStore, type StoredVersion, openStore } from './index.ts'
import { connect } from './postgres.ts'
import { findVersions } from './search.ts'
import { type Content, put } from './writes-for-test.ts'

const BASE = 'https://benhvien.example/fhir/R4'
let database: TestDatabase
let store: RecordStore
let resources: readonly Content[]
let world: readonly (Indexed & { readonly id: string })[]

/** The hospital itself and its first patients, the very long records left out. */
function someResources(): readonly Content[] {
  return [...demoHospital({ patients: 14 })]
    .filter(({ entry }) => (entry?.length ?? 0) < 950)
    .flatMap(({ entry }) => entry ?? [])
    .map(({ resource }) => resource as unknown as Content)
}

beforeAll(async () => {
  database = await databaseForTest()
  store = await openStore(database.connection)
  resources = someResources()
  const outcome = await store.write(
    resources.map((resource) => put(resource, 'none')),
    { reference: 'Device/test' },
  )
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals[0]))
  world = outcome.value.map(({ stored }, i) => ({
    id: stored.id,
    type: stored.type,
    updated: Date.parse(stored.at),
    entries: indexEntries(resources[i]),
  }))
}, 120_000)
afterAll(() => store.close())

async function asked(type: string | null, query: string): Promise<SearchRequest> {
  const parsed = await parseSearch(type, [...new URLSearchParams(query)], {
    base: BASE,
    handling: 'strict',
    maxCount: 5000,
    now: Date.parse('2026-11-20T00:00:00Z'),
  })
  if (!parsed.ok) throw new Error(`${type}?${query}: ${JSON.stringify(parsed.refusals)}`)
  return { ...parsed.value, count: 5000 }
}

const keys = (versions: readonly { type: string; id: string }[]) => versions.map(({ type, id }) => `${type}/${id}`)

const expected = ({ types, criteria }: SearchRequest) =>
  keys(world.filter((each) => (types.length === 0 || types.includes(each.type)) && meets(each, criteria, world)))

async function compare(type: string | null, query: string): Promise<number> {
  const request = await asked(type, query)
  const found = keys((await store.find(request)).versions)
  const wanted = expected(request)
  expect(found.toSorted(), `${type}?${query}`).toEqual(wanted.toSorted())
  expect(await store.count(request), `count of ${type}?${query}`).toBe(wanted.length)
  return wanted.length
}

type Json = Readonly<Record<string, unknown>>
const escaped = (value: unknown): string => String(value).replace(/[\\,|$]/g, '\\$&')
const member = (value: unknown, name: string): unknown => (value as Json)[name]
const first = (value: unknown, name: string): unknown => (member(value, name) as unknown[] | undefined)?.[0]

const coded = (value: unknown): readonly string[] => [
  `${escaped(member(value, 'system') ?? '')}|${escaped(member(value, 'code'))}`,
  escaped(member(value, 'code')),
]
const dated = (value: unknown): readonly string[] =>
  ['', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'].flatMap((prefix) => [
    `${prefix}${value}`,
    `${prefix}${String(value).slice(0, 7)}`,
  ])

/** Search values that a value of this type suggests. */
const VALUES: Readonly<Record<string, (value: unknown) => readonly string[]>> = {
  code: (value) => [escaped(value)],
  boolean: (value) => [String(value)],
  string: (value) => [escaped(String(value).slice(0, 6)), 'zzz'],
  id: (value) => [escaped(value)],
  uri: (value) => [escaped(value)],
  canonical: (value) => [escaped(value)],
  Coding: coded,
  CodeableConcept: (value) => (first(value, 'coding') ? coded(first(value, 'coding')) : []),
  Identifier: (value) => [
    `${escaped(member(value, 'system') ?? '')}|${escaped(member(value, 'value'))}`,
    `${escaped(member(value, 'system'))}|`,
  ],
  ContactPoint: (value) => [escaped(member(value, 'value'))],
  HumanName: (value) => [
    escaped(member(value, 'family')),
    escaped(member(value, 'text')),
    escaped(first(value, 'given')),
  ],
  Address: (value) => [escaped(member(value, 'city') ?? member(value, 'text'))],
  Reference: (value) => (member(value, 'reference') ? [String(member(value, 'reference'))] : []),
  date: dated,
  dateTime: dated,
  instant: dated,
  Period: (value) => dated(member(value, 'start')),
  Quantity: (value) => {
    const number = String(member(value, 'value'))
    const unit = `${escaped(member(value, 'system') ?? '')}|${escaped(member(value, 'code') ?? '')}`
    return [number, `${number}|${unit}`, `gt${number}|${unit}`, `le${number}`, `ap${number}|${unit}`]
  },
}

const suggested = (value: TypedValue): readonly string[] =>
  VALUES[value.type]?.(value.value).filter((text) => text !== '' && !text.includes('undefined')) ?? []

const usable = (value: string) => value.length > 0 && !/^\\?\|$/.test(value)

describe('every search parameter of every type in the demo hospital', () => {
  test('finds by SQL exactly what the model finds', async () => {
    let queries = 0
    let hits = 0
    for (const type of new Set(resources.map(({ resourceType }) => resourceType))) {
      const ofType = resources.filter(({ resourceType }) => resourceType === type)
      for (const { code, expression, type: kind } of searchParametersOf(type)) {
        if (
          expression === '' ||
          kind === 'composite' ||
          kind === 'special' ||
          code === '_id' ||
          code === '_lastUpdated'
        )
          continue
        const path = compilePath(expression, type)
        if (typeof path !== 'function') throw new Error(`${type}.${code} is not compiled`)
        const values = new Set(
          ofType
            .slice(0, 40)
            .flatMap((each) => path(each))
            .slice(0, 2)
            .flatMap(suggested)
            .filter(usable),
        )
        const asked = [...values].map((value) => `${code}=${encodeURIComponent(value)}`)
        if (kind === 'token' && asked[0]) asked.push(asked[0].replace('=', ':not='))
        for (const query of [...asked, `${code}:missing=true`, `${code}:missing=false`]) {
          hits += await compare(type, query)
          queries += 1
        }
      }
    }
    expect(queries).toBeGreaterThan(500)
    expect(hits).toBeGreaterThan(queries)
  }, 240_000)
})

describe('combinations', () => {
  const QUERIES: readonly (readonly [string | null, string])[] = [
    ['Patient', 'name=nguyen'],
    ['Patient', 'name=nguyen&gender=female'],
    ['Patient', 'name=nguyen,tran,le'],
    ['Patient', 'name:contains=an'],
    ['Patient', 'name:exact=An'],
    ['Patient', 'name=100%25_'],
    ['Patient', 'birthdate=ge1960&birthdate=lt1990'],
    ['Observation', 'code:text=glucose'],
    ['Observation', 'status=final&category=laboratory&date=ge2026'],
    ['Observation', 'subject:Patient.name=nguyen'],
    ['Observation', 'patient.gender=female&category=vital-signs'],
    ['Observation', 'encounter.class=IMP'],
    ['Observation', 'encounter.subject:Patient.gender=male'],
    ['Condition', 'patient.birthdate=lt1970'],
    ['Encounter', 'patient._has:Condition:patient:code:missing=false'],
    ['Patient', '_has:Observation:patient:status=final'],
    ['Patient', '_has:Encounter:patient:class=IMP&gender=male'],
    ['Patient', '_has:Observation:patient:_has:DiagnosticReport:result:status=final'],
    ['Patient', '_has:Observation:patient:code=8867-4'],
    ['Patient', '_has:Observation:patient:code=http://loinc.org|8867-4,http://loinc.org|8480-6&gender=male'],
    ['Patient', '_has:Observation:subject:code=urn:elsewhere|8867-4'],
    ['Patient', '_has:AllergyIntolerance:patient:category=urn:elsewhere|food'],
    ['Patient', '_has:Observation:patient:code:not=8867-4'],
    ['Encounter', '_has:Observation:encounter:code=8867-4&_has:Observation:encounter:category=vital-signs'],
    [null, '_type=Patient,Organization&_lastUpdated=gt2020'],
    ['Observation', 'component-code-value-quantity=http://loinc.org|8480-6$gt120'],
    ['Observation', 'code-value-quantity=http://loinc.org|8867-4$gt60'],
  ]
  test.each(QUERIES)(
    '%s?%s',
    async (type, query) => {
      await compare(type, query)
    },
    60_000,
  )

  test('are answered alike once PostgreSQL knows which terms are common', async () => {
    const admin = new pg.Client(database.admin)
    await admin.connect()
    await admin.query('analyze')
    await admin.end()
    const knowing = await openStore(database.connection)
    await knowing.find(await asked('Patient', '_has:Observation:patient:status=final'))
    await new Promise((resolve) => setTimeout(resolve, 300)) // the statistics are read in the background
    for (const [type, query] of QUERIES) {
      const request = await asked(type, query)
      const found = keys((await knowing.find(request)).versions)
      expect(found.toSorted(), `${type}?${query}`).toEqual(expected(request).toSorted())
    }
    await knowing.close()
  }, 120_000)
})

describe('reverse chains', () => {
  const HAVING = [
    ['Patient', '_has:Observation:patient:code=8867-4'],
    ['Patient', '_has:Observation:patient:code=http://loinc.org|8867-4,http://loinc.org|8480-6&_sort=-birthdate'],
    ['Patient', '_has:Observation:subject:code=urn:elsewhere|8867-4'],
    ['Patient', '_has:AllergyIntolerance:patient:category=urn:elsewhere|food'],
    ['Patient', '_has:Observation:patient:category=laboratory&_sort=_lastUpdated'],
    ['Patient', '_has:Encounter:patient:status=finished,in-progress'],
    ['Encounter', '_has:Observation:encounter:code=8867-4&_has:Observation:encounter:category=vital-signs'],
    ['Encounter', 'patient._has:Observation:patient:code=8867-4'],
  ] as const
  const ROWS = 1000
  const statistics = (candidates: number) => ({ rowsWith: () => ROWS, rowsOf: () => candidates })

  test('are answered alike whether candidates are asked or referring rows are fetched', async () => {
    const { planned, close } = connect(database.connection, fenceText(1, SYSTEM_FENCE))
    for (const [type, query] of HAVING) {
      const request = await asked(type, query)
      for (const candidates of [1, 1_000_000]) {
        const { versions } = await findVersions(planned, 1, request, statistics(candidates))
        expect(keys(versions).toSorted(), `${type}?${query}`).toEqual(expected(request).toSorted())
      }
    }
    await close()
  }, 60_000)

  test('candidates are asked where that is the shorter way, and never without statistics', async () => {
    const { criteria } = await asked('Patient', '_has:Observation:patient:code=8867-4')
    const [has] = criteria
    if (has?.kind !== 'has') throw new Error('no reverse chain')
    const walks = (candidates: number, wanted: number) =>
      walksCandidates(newStatement(1, statistics(candidates), wanted), has)
    expect([walks(2_000, 11), walks(1_000_000, 11)]).toEqual([true, false])
    expect([walks(500, Infinity), walks(2_000, Infinity)]).toEqual([true, false])
    expect(walksCandidates(newStatement(1), has)).toBe(false)
  })
})

describe('order and pages', () => {
  async function pages(type: string, query: string, count: number) {
    const request = { ...(await asked(type, query)), count }
    const seen: StoredVersion[] = []
    let cursor: string | null = null
    do {
      const page: { versions: readonly StoredVersion[]; next: string | null } = await store.find({ ...request, cursor })
      expect(page.versions.length).toBeLessThanOrEqual(count)
      seen.push(...page.versions)
      cursor = page.next
    } while (cursor)
    return seen
  }

  test.each([
    ['Patient', 'name=nguyen'],
    ['Patient', '_sort=family,-birthdate'],
    ['Patient', '_sort=-name'],
    ['Encounter', '_sort=-date'],
    ['Encounter', '_sort=status,-date,_id'],
    ['Observation', 'category=laboratory&_sort=date'],
    ['Observation', '_sort=-value-quantity'],
    ['Observation', '_sort=code,-_lastUpdated'],
    ['MedicationRequest', '_sort=-authoredon,status'],
    ['Condition', ''],
  ])('%s?%s pages to the end without gap or repetition', async (type, query) => {
    const request = await asked(type, query)
    const whole = keys((await store.find(request)).versions)
    const paged = keys(await pages(type, query, Math.max(2, Math.ceil(whole.length / 9))))
    expect(paged).toEqual(whole)
    expect(paged.toSorted()).toEqual(expected(request).toSorted())
  })

  test('dates run down, and those without one come last', async () => {
    const versions = await pages('Observation', '_sort=-date', 500)
    const dates = versions.map(
      ({ type, id }) => world.find((each) => each.type === type && each.id === id)?.entries.date?.low ?? -Infinity,
    )
    expect(dates).toEqual(dates.toSorted((a, b) => b - a))
  })

  test('a page is not disturbed by what is written before it is turned', async () => {
    const request = { ...(await asked('Organization', '')), count: 1 }
    const page = await store.find(request)
    await store.writeOne(put({ resourceType: 'Organization', id: 'inserted', name: 'Bệnh viện mới' }), {
      reference: 'x',
    })
    const rest = await store.find({ ...request, count: 5000, cursor: page.next })
    expect(keys(rest.versions)).not.toContain(keys(page.versions)[0])
    await store.writeOne(
      { method: 'delete', type: 'Organization', id: 'inserted', expected: 'any' },
      { reference: 'x' },
    )
  })

  test('STORE-3 an invented cursor is refused before it is used', async () => {
    const request = await asked('Patient', '_sort=-birthdate')
    for (const cursor of ['', 'x', 'W10', Buffer.from('["1","2","3"]').toString('base64url'), "' or 1=1"]) {
      expect(store.cursorRefusal(request, cursor)?.rule).toBe('STORE-3')
    }
  })
})

describe('includes', () => {
  const entriesOf = async (type: string, query: string, count = 5) => {
    const page = await store.search({ ...(await asked(type, query)), count }, BASE)
    return JSON.parse(`[${page.entries.join('')}]`) as {
      fullUrl: string
      resource: Content
      search: { mode: string }
    }[]
  }
  const modes = (entries: Awaited<ReturnType<typeof entriesOf>>, mode: string) =>
    entries
      .filter(({ search }) => search.mode === mode)
      .map(({ resource }) => `${resource.resourceType}/${resource.id}`)

  test('_include brings what the matches of the page refer to, once', async () => {
    const entries = await entriesOf(
      'Observation',
      'category=vital-signs&_include=Observation:encounter&_include=Observation:subject',
    )
    const wanted = new Set(
      entries
        .filter(({ search }) => search.mode === 'match')
        .flatMap(({ resource }) => [
          member(resource['encounter'], 'reference'),
          member(resource['subject'], 'reference'),
        ]),
    )
    expect(modes(entries, 'include').toSorted()).toEqual([...wanted].toSorted())
    expect(entries[0]?.fullUrl).toBe(`${BASE}/${modes(entries, 'match')[0]}`)
  })

  test('_revinclude brings what refers to the matches', async () => {
    const entries = await entriesOf('Encounter', '_revinclude=Observation:encounter', 3)
    const matches = modes(entries, 'match')
    const wanted = resources.filter(
      ({ resourceType, encounter }) =>
        resourceType === 'Observation' && encounter && matches.includes(String(member(encounter, 'reference'))),
    )
    expect(modes(entries, 'include').toSorted()).toEqual(wanted.map(({ id }) => `Observation/${id}`).toSorted())
  })

  test(':iterate follows on from what was included', async () => {
    const entries = await entriesOf(
      'Observation',
      'category=vital-signs&_include=Observation:encounter&_include:iterate=Encounter:service-provider',
      2,
    )
    expect(modes(entries, 'include').some((each) => each.startsWith('Encounter/'))).toBe(true)
    expect(modes(entries, 'include').some((each) => each.startsWith('Organization/'))).toBe(true)
  })
})

describe('everything and the timeline', () => {
  const patientOf = () => {
    const counts = new Map<string, number>()
    for (const { subject } of resources) {
      const reference = subject ? String(member(subject, 'reference')) : ''
      if (reference) counts.set(reference, (counts.get(reference) ?? 0) + 1)
    }
    return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0].split('/')[1] as string
  }

  test('$everything brings the compartment and what it refers to, never another patient, in pages as in one', async () => {
    const id = patientOf()
    const whole = await store.everything({ type: 'Patient', id }, { base: BASE, count: null })
    const refs = (text: string) =>
      (JSON.parse(`[${text}]`) as { resource: Content }[]).map(
        ({ resource }) => `${resource.resourceType}/${resource.id}`,
      )
    const all = refs(whole.entries.join(''))
    const own = world.filter(
      ({ entries }) =>
        entries.patient === world.find((each) => each.type === 'Patient' && each.id === id)?.entries.self,
    )
    expect(all).toEqual(expect.arrayContaining(keys(own)))
    expect(all.filter((each) => each.startsWith('Patient/'))).toEqual([`Patient/${id}`])
    expect(new Set(all).size).toBe(all.length)
    const paged: string[] = []
    let cursor: string | null = null
    do {
      const page = await store.everything({ type: 'Patient', id }, { base: BASE, count: 40, cursor })
      paged.push(...refs(page.entries.join('')))
      cursor = page.next
    } while (cursor)
    expect(paged).toEqual(all)
  })

  test('the timeline runs from the latest clinical date to the first', async () => {
    const page = await store.timeline(patientOf(), { base: BASE, types: ['Encounter', 'Observation'], count: 200 })
    const entries = JSON.parse(`[${page.entries.join('')}]`) as { resource: Content }[]
    const dates = entries.map(({ resource }) => indexEntries(resource).date?.low ?? NaN)
    expect(dates.length).toBeGreaterThan(5)
    expect(dates).toEqual(dates.toSorted((a, b) => b - a))
    expect(new Set(entries.map(({ resource }) => resource.resourceType))).toEqual(new Set(['Encounter', 'Observation']))
  })
})
