import { beforeAll, describe, expect, test } from 'vitest'
import { BASE, fhirServer, type Reply, type ReplyBody } from '#testing/fhir-server'

const server = fhirServer()
const { request } = server
const put = (resource: { resourceType: string; id: string }) =>
  request('PUT', `${resource.resourceType}/${resource.id}`, resource)

const observation = (id: string, patient: string, day: number) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }] },
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: `2025-03-${String(day).padStart(2, '0')}`,
  valueQuantity: { value: 4 + day / 10, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
})

beforeAll(async () => {
  await put({ resourceType: 'Patient', id: 'an', name: [{ text: 'Nguyễn Văn An' }], gender: 'male' } as never)
  await put({ resourceType: 'Patient', id: 'binh', name: [{ text: 'Trần Thị Bình' }], gender: 'female' } as never)
  for (let day = 1; day <= 7; day++) await put(observation(`o${day}`, 'an', day))
  await put(observation('other', 'binh', 1))
})

const idsOf = (body: ReplyBody, mode = 'match'): readonly string[] =>
  (body.entry ?? []).filter((entry) => entry.search.mode === mode).map((entry) => entry.resource.id)
const relation = (body: ReplyBody, name: string): string | undefined =>
  body.link.find((link) => link.relation === name)?.url
const follow = (url: string): Promise<Reply> => request('GET', url.slice(BASE.length - '/fhir/R4'.length))

const STRICT = { prefer: 'handling=strict' }

describe('search', () => {
  test('answers a searchset whose entries are the stored texts', async () => {
    const { status, body, text } = await request('GET', 'Observation?patient=an&code=2823-3&_sort=date&_count=100')
    expect([status, body.type]).toEqual([200, 'searchset'])
    expect(idsOf(body)).toEqual(['o1', 'o2', 'o3', 'o4', 'o5', 'o6', 'o7'])
    expect(body.entry[0]!.fullUrl).toBe(`${BASE}/Observation/o1`)
    expect(text).toContain((await request('GET', 'Observation/o1')).text)
  })

  test('names fold: a search without diacritics finds them', async () => {
    expect(idsOf((await request('GET', 'Patient?name=nguyen%20van')).body)).toEqual(['an'])
    expect(idsOf((await request('GET', 'Patient?name=tr%E1%BA%A7n')).body)).toEqual(['binh'])
  })

  test('paging by links visits everything once, also while data changes', async () => {
    let page = await request('GET', 'Observation?patient=an&_sort=-date&_count=3')
    const seen = [...idsOf(page.body)]
    await put(observation('new', 'an', 28))
    while (relation(page.body, 'next') !== undefined) {
      page = await follow(relation(page.body, 'next')!)
      seen.push(...idsOf(page.body))
    }
    expect(seen).toEqual(['o7', 'o6', 'o5', 'o4', 'o3', 'o2', 'o1'])
    await request('DELETE', 'Observation/new')
  })

  test('the self link repeats what was understood', async () => {
    const { body } = await request('GET', 'Observation?patient=an&unknown=1&_count=2')
    expect(relation(body, 'self')).toBe(`${BASE}/Observation?patient=an&_count=2`)
    const outcome = body.entry.find((entry) => entry.search.mode === 'outcome')!.resource
    expect(outcome.issue[0]!.severity).toBe('warning')
  })

  test('strict handling refuses what is not understood', async () => {
    const strict = await request('GET', 'Observation?unknown=1', undefined, { prefer: 'handling=strict' })
    expect([strict.status, strict.body.resourceType]).toEqual([400, 'OperationOutcome'])
  })

  test('POST _search reads the form and the address', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const posted = await request(
      'POST',
      'Observation/_search?_count=50',
      'patient=an&date=ge2025-03-06&_sort=date',
      form,
    )
    expect([posted.status, idsOf(posted.body)]).toEqual([200, ['o6', 'o7']])
    expect((await request('POST', 'Observation/_search', '{}')).status).toBe(415)
    expect((await request('POST', 'Observation/_search', undefined)).status).toBe(200)
    const asked = (fields: string) => request('POST', 'Observation/_search', `_id=o1&${fields}`, form)
    expect((await asked('_format=xml')).status).toBe(406)
    const pretty = await asked('_format=json&_pretty=true')
    expect([pretty.status, pretty.text.startsWith('{\n')]).toEqual([200, true])
  })

  describe('posted', () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const posted = (type: string, fields: string) => request('POST', `${type && `${type}/`}_search`, fields, form)
    const pagesFrom = async (first: Reply) => {
      const pages = [first]
      for (let next; (next = relation(pages.at(-1)!.body, 'next')) !== undefined;) pages.push(await follow(next))
      return pages
    }
    /** Links and headers, as they are and decoded. */
    const toldBy = ({ body, headers }: Reply): string => {
      const told = JSON.stringify([body.link, headers])
      return `${told} ${decodeURIComponent(told)}`.toLowerCase()
    }

    test('no link or header has a value of the form, on any page; the pages are those of GET', async () => {
      const fields =
        'subject:Patient.name=nguyen+van&code=http://loinc.org|2823-3&date=ge2025-03-02&_sort=-date&_count=2'
      const pages = await pagesFrom(await posted('Observation', fields))
      expect(pages.map(({ body }) => idsOf(body))).toEqual([
        ['o7', 'o6'],
        ['o5', 'o4'],
        ['o3', 'o2'],
      ])
      const read = await pagesFrom(await request('GET', `Observation?${fields}`))
      expect(read.map(({ body }) => idsOf(body))).toEqual(pages.map(({ body }) => idsOf(body)))
      expect(toldBy(read[0]!)).toContain('2823-3')
      for (const page of pages)
        for (const value of ['nguyen', '2823-3', 'loinc', 'ge2025', '2025-03-02', '-date'])
          expect(toldBy(page)).not.toContain(value)
    })

    test('the self link names what was understood and finds the same page', async () => {
      const first = await posted('Patient', 'name=nguyen&gender=male&unknown=secret&_count=5')
      const self = relation(first.body, 'self')!
      expect(new URL(self).searchParams.get('_used')).toBe('name,gender,_count')
      expect(toldBy(first)).not.toContain('secret')
      expect(idsOf((await follow(self)).body)).toEqual(['an'])
      expect(relation((await posted('Patient', '')).body, 'self')).toBe(`${BASE}/Patient`)
      const second = (await pagesFrom(await posted('Observation', 'patient=an&_sort=date&_count=3')))[1]!.body
      expect(idsOf((await follow(relation(second, 'self')!)).body)).toEqual(['o4', 'o5', 'o6'])
      const everything = await pagesFrom(await posted('', '_type=Patient,Observation&_lastUpdated=gt2000&_count=4'))
      expect(everything.length).toBeGreaterThan(2)
    })

    test('STORE-3, FHIR-HTTP-30 a page link is used as it was made', async () => {
      const next = new URL(relation((await posted('Observation', 'patient=an&_count=3')).body, 'next')!)
      const sealed = next.searchParams.get('_page')!
      const rules = async (asked: string) => {
        const { status, body } = await request('GET', asked)
        return [status, JSON.stringify(body.issue).match(/STORE-3|FHIR-HTTP-30/)?.[0]]
      }
      const middle = sealed.length / 2
      const other = sealed[middle] === 'A' ? 'B' : 'A'
      const changed = sealed.slice(0, middle) + other + sealed.slice(middle + 1)
      for (const wrong of [changed, sealed.slice(0, -4), 'x', ''])
        expect(await rules(`Observation?_page=${wrong}`)).toEqual([400, 'STORE-3'])
      expect(await rules(`Patient?_page=${sealed}`)).toEqual([400, 'STORE-3'])
      expect(await rules(`Observation?_page=${await cursorOf('Observation?_count=1')}`)).toEqual([400, 'STORE-3'])
      expect(await rules(`Observation?_cursor=${sealed}`)).toEqual([400, 'STORE-3'])
      expect(await rules(`Observation?_page=${sealed}&patient=binh`)).toEqual([400, 'FHIR-HTTP-30'])
      expect((await request('GET', `Observation?_page=${sealed}&_pretty=true`)).text).toMatch(/^\{\n/)
    })
    const cursorOf = async (asked: string) =>
      new URL(relation((await request('GET', asked)).body, 'next')!).searchParams.get('_cursor')!

    test('FHIR-HTTP-31 no link is longer than proxies take', async () => {
      const unlike = Array.from({ length: 600 }, () => crypto.randomUUID())
      const fields = `_id=o1,o2,${unlike.join(',')}`
      const { status, body } = await posted('Observation', `${fields}&_count=1`)
      expect([status, JSON.stringify(body.issue)]).toEqual([413, expect.stringContaining('FHIR-HTTP-31')])
      const whole = await posted('Observation', `${fields}&_count=2`)
      expect([idsOf(whole.body).toSorted(), relation(whole.body, 'self')]).toEqual([
        ['o1', 'o2'],
        `${BASE}/Observation/_search?_used=_id,_count`,
      ])
      const alike = Array.from({ length: 600 }, (_, i) => `visit-${i}`)
      const some = await posted('Observation', `_id=o1,o2,${alike.join(',')}&_count=1`)
      const next = relation(some.body, 'next')!
      expect(next.length).toBeLessThan(4_000)
      expect([...idsOf(some.body), ...idsOf((await follow(next)).body)].toSorted()).toEqual(['o1', 'o2'])
    })
  })

  test('includes come after the matches', async () => {
    const { body } = await request('GET', 'Observation?_id=o1&_include=Observation:patient')
    expect([idsOf(body), idsOf(body, 'include')]).toEqual([['o1'], ['an']])
    const back = (await request('GET', 'Patient?_id=binh&_revinclude=Observation:patient')).body
    expect([idsOf(back), idsOf(back, 'include')]).toEqual([['binh'], ['other']])
  })

  test('_summary and _elements reduce the entries, _summary=count leaves only the number', async () => {
    const elements = (await request('GET', 'Observation?_id=o1&_elements=status')).body
    expect(Object.keys(elements.entry[0]!.resource)).toEqual(['resourceType', 'id', 'meta', 'status', 'code'])
    const summary = (await request('GET', 'Patient?_id=an&_summary=text')).body
    expect(summary.entry[0]!.resource).not.toHaveProperty('name')
    const count = (await request('GET', 'Observation?patient=an&_summary=count')).body
    expect([count.total, count.entry]).toEqual([7, undefined])
  })

  test('_total=accurate counts all pages', async () => {
    expect((await request('GET', 'Observation?patient=an&_count=2&_total=accurate')).body.total).toBe(7)
  })

  test('a value set that is stored can be searched by', async () => {
    const url = 'http://example.org/ValueSet/potassium'
    const compose = { include: [{ system: 'http://loinc.org', concept: [{ code: '2823-3' }] }] }
    await request('POST', 'ValueSet', { resourceType: 'ValueSet', status: 'active', url, compose })
    expect(idsOf((await request('GET', `Observation?patient=binh&code:in=${url}`)).body)).toEqual(['other'])
    expect((await request('GET', `Observation?code:in=http://example.org/unknown`)).status).not.toBe(500)
  })

  test('value sets exclude, intersect and are made of each other; circles are refused', async () => {
    const url = (id: string): string => `http://example.org/ValueSet/${id}`
    const loinc = (...codes: string[]) => ({ system: 'http://loinc.org', concept: codes.map((code) => ({ code })) })
    const composed: Record<string, object> = {
      both: { include: [loinc('2823-3', '1-8')] },
      none: { include: [loinc('2823-3', '1-8')], exclude: [loinc('2823-3')] },
      common: { include: [{ ...loinc('2823-3', '1-8'), valueSet: [url('none')] }] },
      outer: { include: [{ valueSet: [url('both')] }] },
      less: { include: [{ valueSet: [url('both')] }], exclude: [{ valueSet: [url('both')] }] },
      circle: { include: [loinc('2823-3'), { valueSet: [url('circle')] }] },
    }
    for (const [id, compose] of Object.entries(composed))
      await put({ resourceType: 'ValueSet', id, status: 'active', url: url(id), compose } as never)
    const found = async (id: string) => {
      const { status, body } = await request('GET', `Observation?patient=binh&code:in=${url(id)}`, undefined, STRICT)
      return status === 200 ? idsOf(body) : status
    }
    expect([await found('both'), await found('outer')]).toEqual([['other'], ['other']])
    expect([await found('none'), await found('common'), await found('less')]).toEqual([[], [], []])
    expect(await found('circle')).toBe(400)
  })

  test('system search names its types', async () => {
    const { body } = await request('GET', '?_type=Patient,Observation&_lastUpdated=gt2000-01-01&_count=100')
    expect(new Set(body.entry.map((entry) => entry.resource.resourceType))).toEqual(new Set(['Patient', 'Observation']))
  })

  test('a patient compartment is searched by its address', async () => {
    expect(idsOf((await request('GET', 'Patient/binh/Observation')).body)).toEqual(['other'])
    expect(idsOf((await request('GET', 'Patient/an/Observation?date=2025-03-02')).body)).toEqual(['o2'])
    expect((await request('GET', 'Practitioner/x/Observation')).status).toBe(404)
  })

  test('a cursor that nobody gave is refused', async () => {
    expect((await request('GET', 'Observation?_cursor=made-up')).status).toBe(400)
  })
})

describe('operations', () => {
  test('$everything brings the patient and all that is about them, in pages', async () => {
    const all = await request('GET', 'Patient/an/$everything')
    expect(all.body.entry.map((entry) => entry.resource.id).toSorted()).toEqual(
      ['an', 'o1', 'o2', 'o3', 'o4', 'o5', 'o6', 'o7'].toSorted(),
    )
    const none = (await request('GET', 'Patient/an/$everything?_count=0')).body
    expect([none.type, none.entry, none.link.map((link) => link.relation)]).toEqual(['searchset', undefined, ['self']])
    const seen: string[] = []
    let page = await request('GET', 'Patient/an/$everything?_count=3')
    for (;;) {
      seen.push(...page.body.entry.map((entry) => entry.resource.id))
      const next = relation(page.body, 'next')
      if (next === undefined) break
      page = await follow(next)
    }
    expect(seen.toSorted()).toEqual(all.body.entry.map((entry) => entry.resource.id).toSorted())
    expect((await request('GET', 'Patient/an/$everything?_type=Observation&start=2025-03-06')).body.entry).toHaveLength(
      2,
    )
    expect((await request('GET', 'Patient/nobody/$everything')).status).toBe(404)
    const posted = (parameter: unknown) =>
      request('POST', 'Patient/an/$everything', { resourceType: 'Parameters', parameter })
    const asked = [
      { name: '_type', valueCode: 'Observation' },
      { name: 'start', valueDate: '2025-03-06' },
    ]
    expect((await posted(asked)).body.entry).toHaveLength(2)
    expect((await posted(7)).status).toBe(400)
    expect((await request('POST', 'Patient/an/$everything', undefined)).body.entry).toHaveLength(8)
    expect((await request('GET', 'Observation/o1/$everything')).status).toBe(404)
    expect((await request('GET', 'Patient/an/$everything?start=soon')).status).toBe(400)
  })

  test('$timeline is newest first', async () => {
    const { body } = await request('GET', 'Patient/an/$timeline?_type=Observation&_count=3')
    expect(body.entry.map((entry) => entry.resource.id)).toEqual(['o7', 'o6', 'o5'])
    const next = await follow(relation(body, 'next')!)
    expect(next.body.entry.map((entry) => entry.resource.id)).toEqual(['o4', 'o3', 'o2'])
  })

  test('$meta of one, of a type and of everything', async () => {
    const tag = [{ system: 'urn:x', code: 'teaching' }]
    await put({ resourceType: 'Basic', id: 'tagged', code: { text: 'x' }, meta: { tag } } as never)
    const expected = [{ name: 'return', valueMeta: { tag } }]
    expect((await request('GET', 'Basic/tagged/$meta')).body.parameter).toMatchObject(expected)
    expect((await request('GET', 'Basic/$meta')).body.parameter).toEqual(expected)
    expect((await request('GET', '$meta')).body.parameter).toEqual(expected)
  })

  test('$validate says what is wrong and stores nothing', async () => {
    const good = await request('POST', 'Patient/$validate', { resourceType: 'Patient', active: true })
    expect([good.status, good.body.issue.some(({ severity }) => severity === 'error')]).toEqual([200, false])
    const resource = { resourceType: 'Patient', active: 'yes' }
    const parameters = { resourceType: 'Parameters', parameter: [{ name: 'resource', resource }] }
    for (const body of [resource, parameters]) {
      const bad = await request('POST', 'Patient/$validate', body)
      expect(bad.body.issue[0]).toMatchObject({ severity: 'error', expression: ['Patient.active'] })
    }
  })
})

const EVERY_RESOURCE_HAS: Readonly<Record<string, string>> = { _id: '_id=1', _lastUpdated: '_lastUpdated=2025' }

describe('the CapabilityStatement', () => {
  test('lists every type, its interactions and search parameters', async () => {
    const { body } = await request('GET', 'metadata')
    const rest = (body.rest as { resource: Record<string, unknown>[]; interaction: unknown[] }[])[0]!
    expect(rest.resource).toHaveLength(146)
    expect(rest.interaction).toEqual(
      ['transaction', 'batch', 'search-system', 'history-system'].map((code) => ({ code })),
    )
    const patient = rest.resource.find(({ type }) => type === 'Patient')!
    expect(patient).toMatchObject({
      versioning: 'versioned-update',
      updateCreate: true,
      conditionalCreate: true,
      conditionalRead: 'full-support',
      conditionalUpdate: true,
      conditionalDelete: 'single',
    })
    expect((patient.operation as { name: string }[]).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['everything', 'meta', 'validate', 'timeline']),
    )
  })

  test('is itself a valid resource', async () => {
    const statement = await request('GET', 'metadata')
    const { body } = await request('POST', 'CapabilityStatement/$validate', statement.text)
    expect(body.issue.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('every search parameter it names is understood', async () => {
    const { body } = await request('GET', 'metadata')
    const rest = (body.rest as { resource: { type: string; searchParam: { name: string; type: string }[] }[] }[])[0]!
    const refused: string[] = []
    const named = (type: string) => rest.resource.find((one) => one.type === type)!.searchParam.map(({ name }) => name)
    expect(named('Location')).not.toContain('near')
    for (const { type, searchParam } of rest.resource)
      for (const { name } of searchParam) {
        const asked = EVERY_RESOURCE_HAS[name] ?? `${name}:missing=true`
        const { status } = await request('GET', `${type}?${asked}&_count=1`, undefined, STRICT)
        if (status !== 200) refused.push(`${type}.${name}`)
      }
    expect(refused).toEqual([])
  })
})
