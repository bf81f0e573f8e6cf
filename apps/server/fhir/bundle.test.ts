import { describe, expect, test } from 'vitest'
import { fhirServer, type Reply, type ReplyBody } from '#testing/fhir-server'

const server = fhirServer()
const { request } = server

type Entry = { fullUrl?: string; resource?: object; request: Record<string, string> }
const transaction = (...entry: Entry[]): Promise<Reply> =>
  request('POST', '', { resourceType: 'Bundle', type: 'transaction', entry })
const batch = (...entry: Entry[]): Promise<Reply> =>
  request('POST', '', { resourceType: 'Bundle', type: 'batch', entry })

const patient = (more: object = {}) => ({ resourceType: 'Patient', name: [{ text: 'Lê Thị Hoa' }], ...more })
const observation = (subject: string, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'Mạch' },
  subject: { reference: subject },
  ...more,
})
const post = (resource: { resourceType: string }, fullUrl?: string, more: object = {}): Entry => ({
  ...(fullUrl && { fullUrl }),
  resource,
  request: { method: 'POST', url: resource.resourceType, ...more },
})
const put = (resource: { resourceType: string; id?: string }, url?: string, more: object = {}): Entry => ({
  resource,
  request: { method: 'PUT', url: url ?? `${resource.resourceType}/${resource.id}`, ...more },
})
const statuses = (body: ReplyBody): readonly string[] => body.entry.map((entry) => entry.response.status)
const ruleOf = (body: ReplyBody): string => body.issue[0]!.details.coding[0]!.code
const countOf = async (query: string): Promise<number> =>
  (await request('GET', `${query}&_total=accurate&_count=1`)).body.total
const identifier = (value: string) => [{ system: 'urn:mrn', value }]
const located = (entry: { response: { location: string } }): string => entry.response.location.split('/_history')[0]!

describe('transaction', () => {
  test('fullUrls become ids in references, uris and narrative; nothing else changes', async () => {
    const text = {
      status: 'generated',
      div: '<div xmlns="http://www.w3.org/1999/xhtml"><a href="urn:uuid:p">P</a></div>',
    }
    const urn = 'urn:uuid:0189f7f0-0000-4000-8000-000000000001'
    const div = text.div.replace('urn:uuid:p', urn)
    const { status, body } = await transaction(
      post(
        observation(urn, { text: { ...text, div }, note: [{ text: urn }] }),
        'urn:uuid:0189f7f0-0000-4000-8000-00000000000a',
      ),
      post(patient(), urn),
    )
    expect([status, body.type, statuses(body)]).toEqual([200, 'transaction-response', ['201 Created', '201 Created']])
    const [o, p] = body.entry.map(located)
    const stored = (await request('GET', o!)).body as ReplyBody & { text: { div: string }; note: { text: string }[] }
    expect(stored.subject).toEqual({ reference: p })
    expect(stored.text.div).toContain(`href="${p}"`)
    expect(stored.note[0]!.text).toBe(urn)
    expect(body.entry[0]!.response).toMatchObject({ etag: 'W/"1"', lastModified: stored.meta.lastUpdated })
    expect((await request('GET', `Observation?patient=${p}`)).body.entry).toHaveLength(1)
  })

  test('references to absolute fullUrls of entries are rewritten, also relative ones beside them', async () => {
    const { body } = await transaction(
      post(patient(), 'http://old.example/fhir/Patient/7'),
      post(observation('http://old.example/fhir/Patient/7'), 'http://old.example/fhir/Observation/1'),
      post(observation('Patient/7'), 'http://old.example/fhir/Observation/2'),
      post(observation('Patient/elsewhere'), 'http://old.example/fhir/Observation/3'),
    )
    const [p, ...observations] = body.entry.map(located)
    const subjects = await Promise.all(observations.map(async (o) => (await request('GET', o)).body.subject))
    expect(subjects).toEqual([{ reference: p }, { reference: p }, { reference: 'Patient/elsewhere' }])
  })

  test('all or nothing: one refused entry, and nothing is stored', async () => {
    const mrn = 'all-or-nothing'
    const { status, body } = await transaction(
      post(patient({ identifier: identifier(mrn) })),
      post({ resourceType: 'Observation', status: 'wrong' } as never),
      put(patient({ id: 'x' }), 'Patient/y'),
    )
    expect(status).toBeGreaterThanOrEqual(400)
    const places = body.issue.flatMap((issue) => issue.expression ?? [])
    expect(places.some((place) => place.startsWith('Bundle.entry[1].resource'))).toBe(true)
    expect(places).toContain('Bundle.entry[2]')
    expect(await countOf(`Patient?identifier=urn:mrn|${mrn}`)).toBe(0)
  })

  test('changes are made in the order of the standard, answers come in the order of the request', async () => {
    await request('PUT', 'Patient/gone', patient({ id: 'gone' }))
    const { body } = await transaction(
      { request: { method: 'GET', url: 'Patient/kept' } },
      put(patient({ id: 'kept' })),
      post(patient()),
      { request: { method: 'DELETE', url: 'Patient/gone' } },
      { request: { method: 'GET', url: 'Patient?_id=kept' } },
    )
    expect(statuses(body)).toEqual(['200 OK', '201 Created', '201 Created', '204 No Content', '200 OK'])
    expect(body.entry[0]!.resource.id).toBe('kept')
    expect(body.entry[4]!.resource.entry).toHaveLength(1)
    expect((await request('GET', 'Patient/gone')).status).toBe(410)
  })

  test('ifMatch of a version that is not current fails all', async () => {
    await request('PUT', 'Patient/m', patient({ id: 'm' }))
    const attempt = (tag: string) =>
      transaction(
        put(patient({ id: 'm', active: true }), 'Patient/m', { ifMatch: tag }),
        post(patient({ identifier: identifier('im') })),
      )
    expect((await attempt('W/"7"')).status).toBe(412)
    expect(await countOf('Patient?identifier=im')).toBe(0)
    expect((await attempt('W/"1"')).status).toBe(200)
  })

  test('ifNoneExist creates once, also for twins in one Bundle, and references follow', async () => {
    const entry = (urn: string) =>
      post(patient({ identifier: identifier('one') }), urn, { ifNoneExist: 'identifier=urn:mrn|one' })
    const first = await transaction(entry('urn:uuid:a1'), entry('urn:uuid:a2'), post(observation('urn:uuid:a2')))
    expect(statuses(first.body)).toEqual(['201 Created', '200 OK', '201 Created'])
    const again = await transaction(entry('urn:uuid:a3'), post(observation('urn:uuid:a3')))
    expect(statuses(again.body)).toEqual(['200 OK', '201 Created'])
    expect(await countOf('Patient?identifier=urn:mrn|one')).toBe(1)
    const found = (await request('GET', 'Patient?identifier=urn:mrn|one')).body.entry[0]!.resource
    expect(await countOf(`Observation?patient=${found.id}`)).toBe(2)
  })

  test('conditional update and delete', async () => {
    const upsert = (active: boolean) =>
      put(patient({ identifier: identifier('cu'), active }), 'Patient?identifier=urn:mrn|cu')
    expect(statuses((await transaction(upsert(true))).body)).toEqual(['201 Created'])
    expect(statuses((await transaction(upsert(false))).body)).toEqual(['200 OK'])
    const remove = { request: { method: 'DELETE', url: 'Patient?identifier=urn:mrn|cu' } }
    expect(statuses((await transaction(remove)).body)).toEqual(['204 No Content'])
    expect(statuses((await transaction(remove)).body)).toEqual(['204 No Content'])
    expect(await countOf('Patient?identifier=urn:mrn|cu')).toBe(0)
  })

  test('a conditional reference must match exactly one', async () => {
    await transaction(post(patient({ identifier: identifier('cr') })))
    const referring = (value: string) => transaction(post(observation(`Patient?identifier=urn:mrn|${value}`)))
    const { body } = await referring('cr')
    const stored = await request('GET', located(body.entry[0]!))
    expect((stored.body.subject as { reference: string }).reference).toMatch(/^Patient\/[^?]+$/)
    const none = await referring('nobody')
    expect([none.status, ruleOf(none.body)]).toEqual([412, 'FHIR-HTTP-18'])
    await transaction(post(patient({ identifier: identifier('cr') })))
    expect((await referring('cr')).status).toBe(412)
  })

  test('a patch travels as a Binary', async () => {
    await request('PUT', 'Patient/b', patient({ id: 'b' }))
    const data = Buffer.from(JSON.stringify([{ op: 'add', path: '/active', value: true }])).toString('base64')
    const resource = { resourceType: 'Binary', contentType: 'application/json-patch+json', data }
    const { status, body } = await transaction({ resource, request: { method: 'PATCH', url: 'Patient/b' } })
    expect([status, statuses(body)]).toEqual([200, ['200 OK']])
    expect((await request('GET', 'Patient/b')).body.active).toBe(true)
  })

  test('what cannot be carried out is refused with its place', async () => {
    const refusedWith = async (...entries: Entry[]) => {
      const { status, body } = await transaction(...entries)
      return [status, ruleOf(body), body.issue[0]!.expression?.[0]]
    }
    expect(await refusedWith(post(patient()), { request: { method: 'JUMP', url: 'Patient' } })).toEqual([
      400,
      'FHIR-HTTP-16',
      'Bundle.entry[1].request.method',
    ])
    expect(await refusedWith({ resource: patient() } as never)).toEqual([
      400,
      'FHIR-HTTP-16',
      'Bundle.entry[0].request',
    ])
    expect(await refusedWith({ request: { method: 'POST', url: 'Patient' } })).toEqual([
      400,
      'FHIR-HTTP-15',
      'Bundle.entry[0]',
    ])
    expect(await refusedWith(post(observation('urn:uuid:missing')))).toEqual([400, 'FHIR-HTTP-16', 'Bundle.entry[0]'])
    const twice = put(patient({ id: 'twice' }))
    expect(await refusedWith(twice, twice)).toEqual([400, 'FHIR-HTTP-17', 'Bundle.entry[1]'])
    expect(await refusedWith(put(patient(), 'Patient?'))).toEqual([412, 'FHIR-HTTP-23', 'Bundle.entry[0]'])
    expect((await transaction(put(patient(), 'Patient?unknown=1'))).status).toBe(400)
  })

  test('an empty transaction is fine, other Bundles are not processed', async () => {
    expect((await transaction()).body).toEqual({ resourceType: 'Bundle', type: 'transaction-response' })
    expect((await request('POST', '', { resourceType: 'Bundle', type: 'collection' })).status).toBe(400)
    expect((await request('POST', '', patient())).status).toBe(400)
    expect((await request('POST', '', { resourceType: 'Bundle', type: 'transaction', entry: 7 })).status).toBe(400)
  })

  test('Prefer: return=representation brings the resources back', async () => {
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry: [post(patient())] }
    expect((await request('POST', '', bundle)).body.entry[0]).not.toHaveProperty('resource')
    const { body } = await request('POST', '', bundle, { prefer: 'return=representation' })
    expect(body.entry[0]!.resource.resourceType).toBe('Patient')
  })

  test('simultaneous transactions with one condition create one resource', async () => {
    const entry = () =>
      post(patient({ identifier: identifier('race') }), undefined, { ifNoneExist: 'identifier=urn:mrn|race' })
    const replies = await Promise.all(Array.from({ length: 10 }, () => transaction(entry())))
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
    expect(await countOf('Patient?identifier=urn:mrn|race')).toBe(1)
  })
})

describe('batch', () => {
  test('each entry by itself, answers in order', async () => {
    await request('PUT', 'Patient/r1', patient({ id: 'r1' }))
    const { status, body } = await batch(
      { request: { method: 'GET', url: 'Patient/r1' } },
      { request: { method: 'GET', url: 'Patient/none' } },
      post({ resourceType: 'Observation', status: 'wrong' } as never),
      post(patient()),
      { request: { method: 'GET', url: 'Patient?_id=r1' } },
      { request: { method: 'GET', url: 'Unicorn/1' } },
      { request: { method: 'GET', url: 'Patient/r1', ifNoneMatch: 'W/"1"' } },
    )
    expect([status, body.type]).toEqual([200, 'batch-response'])
    const [found, none, wrong, created, search, unicorn, fresh] = body.entry
    expect(found).toMatchObject({ resource: { id: 'r1' }, response: { status: '200 OK', etag: 'W/"1"' } })
    expect(none!.response).toMatchObject({ status: '404 Not Found', outcome: { resourceType: 'OperationOutcome' } })
    expect(wrong!.response.status).toMatch(/^4\d\d /)
    expect(created!.response).toMatchObject({ status: '201 Created', etag: 'W/"1"' })
    expect(search!.resource.type).toBe('searchset')
    expect(unicorn!.response.status).toBe('404 Not Found')
    expect(fresh!.response.status).toBe('304 Not Modified')
  })

  test('the stored text comes back unaltered', async () => {
    const text = '{ "resourceType":"Patient", "id":"raw", "extension":[{"url":"urn:x","valueDecimal":1.500}] }'
    await request('PUT', 'Patient/raw', text)
    const reply = await batch({ request: { method: 'GET', url: 'Patient/raw' } })
    expect(reply.text).toContain((await request('GET', 'Patient/raw')).text)
  })
})

describe('conditional interactions', () => {
  const mrn = (value: string) => patient({ identifier: identifier(value) })
  const when = (value: string) => ({ 'if-none-exist': `identifier=urn:mrn|${value}` })

  test('create: none creates, one answers the match, several are refused', async () => {
    const created = await request('POST', 'Patient', mrn('c1'), when('c1'))
    const again = await request('POST', 'Patient', mrn('c1'), when('c1'))
    expect([created.status, again.status, again.text]).toEqual([201, 200, created.text])
    await request('POST', 'Patient', mrn('c1'))
    expect((await request('POST', 'Patient', mrn('c1'), when('c1'))).status).toBe(412)
    expect((await request('POST', 'Patient', mrn('c1'), { 'if-none-exist': 'unknown=1' })).status).toBe(400)
    expect((await request('POST', 'Patient', mrn('c1'), { 'if-none-exist': '' })).status).toBe(412)
  })

  test('update: none creates (under the id that is sent), one updates, several are refused', async () => {
    const path = 'Patient?identifier=urn:mrn|u1'
    const created = await request('PUT', path, { ...mrn('u1'), id: 'u1' })
    expect([created.status, created.body.id]).toEqual([201, 'u1'])
    const updated = await request('PUT', path, { ...mrn('u1'), active: true })
    expect([updated.status, updated.body.id, updated.headers.etag]).toEqual([200, 'u1', 'W/"2"'])
    expect((await request('PUT', path, { ...mrn('u1'), id: 'other' })).status).toBe(400)
    expect((await request('PUT', path, mrn('u1'), { 'if-match': 'W/"1"' })).status).toBe(412)
    await request('POST', 'Patient', mrn('u1'))
    expect((await request('PUT', path, mrn('u1'))).status).toBe(412)
    expect((await request('PUT', 'Patient', mrn('u1'))).status).toBe(412)
  })

  test('delete and patch: one match only', async () => {
    const path = 'Patient?identifier=urn:mrn|d1'
    const operations = [{ op: 'add', path: '/active', value: true }]
    const patch = () => request('PATCH', path, operations, { 'content-type': 'application/json-patch+json' })
    expect((await patch()).status).toBe(404)
    await request('POST', 'Patient', mrn('d1'))
    expect((await patch()).body.active).toBe(true)
    await request('POST', 'Patient', mrn('d1'))
    expect([(await patch()).status, (await request('DELETE', path)).status]).toEqual([412, 412])
    const [one] = (await request('GET', path)).body.entry
    await request('DELETE', `Patient/${one!.resource.id}`)
    expect((await request('DELETE', path)).status).toBe(204)
    expect(await countOf(path)).toBe(0)
    expect((await request('DELETE', path)).status).toBe(204)
  })

  test('simultaneous conditional creates make one', async () => {
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => request('POST', 'Patient', mrn('cc'), when('cc'))),
    )
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(await countOf('Patient?identifier=urn:mrn|cc')).toBe(1)
  })
})
