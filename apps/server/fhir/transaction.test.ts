import { describe, expect, test } from 'vitest'
import { fhirServer, type Reply } from '#testing/fhir-server'

const { request } = fhirServer()

interface Sent {
  readonly fullUrl?: string
  readonly resource?: object
  readonly request: Readonly<Record<string, string>>
}
const transaction = (...entry: Sent[]): Promise<Reply> =>
  request('POST', '', { resourceType: 'Bundle', type: 'transaction', entry })
const patient = (more: object = {}) => ({ resourceType: 'Patient', name: [{ text: 'Lê Thị Hoa' }], ...more })
const identified = (value: string) => patient({ identifier: [{ system: 'urn:mrn', value }] })
const countOf = async (mrn: string): Promise<number> =>
  (await request('GET', `Patient?identifier=urn:mrn|${encodeURIComponent(mrn)}&_summary=count`)).body.total
const refusal = ({ status, body }: Reply) => [
  status,
  body.issue[0]?.details.coding[0]?.code,
  body.issue[0]?.expression?.[0],
]
const statuses = ({ body }: Reply) => body.entry.map(({ response }) => response.status)

describe('all or nothing', () => {
  const beside = async (mrn: string, entry: Sent) => {
    const reply = await transaction({ resource: identified(mrn), request: { method: 'POST', url: 'Patient' } }, entry)
    expect(await countOf(mrn)).toBe(0)
    return refusal(reply)
  }

  test.each([
    ['DELETE', 'Patient/v/_history/1'],
    ['PUT', 'Patient/v/_history/1'],
    ['PATCH', 'Patient/v/_history/1'],
    ['POST', 'Patient/v'],
    ['POST', 'Patient/$foo'],
    ['PUT', 'Patient/$meta'],
    ['DELETE', 'metadata'],
    ['PUT', 'Patient/v/$everything'],
    ['DELETE', 'Patient/v/Observation'],
    ['POST', 'Observation/v/$everything'],
    ['GET', 'Patient/$foo'],
    ['GET', 'Observation/v/Patient'],
    ['DELETE', '/'],
    ['POST', '/'],
  ])('%s %s changes nothing', async (method, url) => {
    await request('PUT', 'Patient/v', patient({ id: 'v' }))
    const entry = { resource: patient({ id: 'v', active: false }), request: { method, url } }
    expect(await beside(`address ${method} ${url}`, entry)).toEqual([405, 'FHIR-HTTP-4', 'Bundle.entry[1].request.url'])
    expect((await request('GET', 'Patient/v')).body).toMatchObject({ id: 'v', meta: { versionId: '1' } })
    expect((await request('GET', 'Patient/v')).body.active).toBeUndefined()
  })

  test.each([
    'Patient?birthdate=yesterday',
    'Patient?_cursor=wrong',
    'Patient?_page=wrong',
    'Patient?name=%ff',
    'Patient/v?_summary=all',
  ])('GET %s changes nothing', async (url) => {
    const [status, , at] = await beside(`search ${url}`, { request: { method: 'GET', url } })
    expect([status, at]).toEqual([400, 'Bundle.entry[1].request.url'])
  })

  test('whatever a transaction may read is there', async () => {
    await request('PUT', 'Patient/w', patient({ id: 'w' }))
    const get = ['?_type=Patient', '_history', 'metadata', '$meta', 'Patient', 'Patient?_id=w', 'Patient/_history']
    const more = ['Patient/$meta', 'Patient/w', 'Patient/w/_history', 'Patient/w/_history/1', 'Patient/w/$meta']
    const ofPatient = ['Patient/w/$everything', 'Patient/w/$timeline', 'Patient/w/Observation', 'Patient/w/*']
    const post = ['_search?_type=Patient', 'Patient/_search?_id=w', 'Patient/w/$meta', 'Patient/w/$everything']
    const entries = [
      ...[...get, ...more, ...ofPatient].map((url) => ({ request: { method: 'GET', url } })),
      ...post.map((url) => ({ request: { method: 'POST', url } })),
      { resource: patient(), request: { method: 'POST', url: 'Patient/$validate' } },
    ]
    const answers = statuses(await transaction(...entries))
    expect(answers).toEqual(entries.map(() => '200 OK'))
  })

  test('two entries with one fullUrl', async () => {
    const fullUrl = 'urn:uuid:0189f7f0-0000-4000-8000-0000000000c1'
    const entry = { fullUrl, resource: identified('bdl7'), request: { method: 'POST', url: 'Patient' } }
    expect(refusal(await transaction(entry, entry))).toEqual([400, 'FHIR-HTTP-27', 'Bundle.entry[1].fullUrl'])
    expect(await countOf('bdl7')).toBe(0)
  })
})

describe('one resource for one condition', () => {
  const when = (mrn: string, bar = '|') => `identifier=urn:mrn${bar}${mrn}`
  const create = (mrn: string, bar?: string, fullUrl?: string): Sent => ({
    ...(fullUrl === undefined ? {} : { fullUrl }),
    resource: identified(mrn),
    request: { method: 'POST', url: 'Patient', ifNoneExist: when(mrn, bar) },
  })
  const update = (mrn: string, bar?: string): Sent => ({
    resource: identified(mrn),
    request: { method: 'PUT', url: `Patient?${when(mrn, bar)}` },
  })
  const remove = (mrn: string): Sent => ({ request: { method: 'DELETE', url: `Patient?${when(mrn)}` } })

  test.each([
    ['create and update', create, update],
    ['two updates', update, update],
    ['two spellings', update, (mrn: string) => update(mrn, '%7C')],
    ['the type said', (mrn: string) => create(mrn), (mrn: string) => update(mrn, '%7c')],
    ['delete and update', remove, update],
    ['delete and create', remove, create],
  ])('%s are refused, whether or not there is a match', async (name, first, second) => {
    const entries = [first(name), second(name)] as const
    expect(refusal(await transaction(...entries))).toEqual([400, 'FHIR-HTTP-17', 'Bundle.entry[1]'])
    expect(await countOf(name)).toBe(0)
    await transaction(create(name))
    expect(refusal(await transaction(...entries))).toEqual([400, 'FHIR-HTTP-17', 'Bundle.entry[1]'])
    expect(await countOf(name)).toBe(1)
  })

  test('two creates are one, in every spelling, and references follow', async () => {
    const observation = {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'Mạch' },
      subject: { reference: `Patient?${when('twins', '%7c')}` },
    }
    const reply = await transaction(create('twins'), create('twins', '%7C'), {
      resource: observation,
      request: { method: 'POST', url: 'Observation' },
    })
    expect(statuses(reply)).toEqual(['201 Created', '200 OK', '201 Created'])
    expect(await countOf('twins')).toBe(1)
    const [first, second, third] = reply.body.entry.map(({ response }) => response.location)
    expect(second).toBe(first)
    const { body } = await request('GET', third!)
    expect(body.subject).toEqual({ reference: first!.split('/_history')[0] })
  })

  test('what is deleted is not found by a conditional create', async () => {
    await request('PUT', 'Patient/del', { ...identified('del'), id: 'del' })
    const reply = await transaction(create('del'), { request: { method: 'DELETE', url: 'Patient/del' } })
    expect(refusal(reply)).toEqual([400, 'FHIR-HTTP-17', 'Bundle.entry[0]'])
  })
})

describe('conditions', () => {
  test('a question mark inside a value does not cut it', async () => {
    const system = 'http://h/x?name=zzzz'
    const resource = patient({ name: [{ family: 'zzzz' }] })
    const asked = (condition: string): Sent => ({
      resource: patient({ identifier: [{ system, value: '1' }] }),
      request: { method: 'POST', url: 'Patient', ifNoneExist: condition },
    })
    await request('POST', 'Patient', resource)
    for (const condition of [`identifier=${system}|1`, `?identifier=${system}|1`, `Patient?identifier=${system}|1`])
      expect(statuses(await transaction(asked(condition)))[0]).toMatch(/^20/)
    expect((await request('GET', `Patient?identifier=${encodeURIComponent(`${system}|1`)}`)).body.entry).toHaveLength(1)
    const single = { 'if-none-exist': `identifier=${system}|2` }
    const two = patient({ identifier: [{ system, value: '2' }] })
    expect((await request('POST', 'Patient', two, single)).status).toBe(201)
    expect((await request('POST', 'Patient', two, single)).status).toBe(200)
  })

  const referring = (reference: string): Sent => ({
    resource: { resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject: { reference } },
    request: { method: 'POST', url: 'Observation' },
  })
  const get: Sent = { request: { method: 'GET', url: 'metadata' } }

  test('a conditional reference is refused with its entry and type, not with what it looks for', async () => {
    const none = await transaction(get, referring('Patient?identifier=urn:cccd|079123456789'))
    expect(refusal(none)).toEqual([412, 'FHIR-HTTP-18', 'Bundle.entry[1]'])
    expect(none.body.issue[0]!.diagnostics).toContain('Patient')
    const unread = await transaction(get, referring('Patient?birthdate=079123456789x'))
    for (const { text } of [none, unread]) expect(text).not.toContain('079123456789')
  })

  test('every 412 says where', async () => {
    for (const id of ['t1', 't2']) await request('PUT', `Patient/${id}`, { ...identified('twice'), id })
    const twice = 'identifier=urn:mrn|twice'
    const put = (url: string, more: object = {}): Sent => ({
      resource: patient({ id: 't1', active: true }),
      request: { method: 'PUT', url, ...more },
    })
    const places = async (...entries: Sent[]) => refusal(await transaction(get, ...entries))
    expect(await places(referring(`Patient?${twice}`))).toEqual([412, 'FHIR-HTTP-11', 'Bundle.entry[1]'])
    expect(await places(put(`Patient?${twice}`))).toEqual([412, 'FHIR-HTTP-11', 'Bundle.entry[1]'])
    expect(await places(put('Patient/t1', { ifMatch: 'W/"9"' }))).toEqual([412, 'FHIR-HTTP-10', 'Bundle.entry[1]'])
    expect(await places(put('Patient/t1', { ifNoneMatch: '*' }))).toEqual([412, 'FHIR-HTTP-12', 'Bundle.entry[1]'])
    const remove = (url: string, ifMatch: string): Sent => ({ request: { method: 'DELETE', url, ifMatch } })
    const absent = { resource: patient({ id: 't9' }), request: { method: 'PUT', url: 'Patient/t9', ifMatch: '*' } }
    expect(await places(absent)).toEqual([412, 'FHIR-HTTP-10', 'Bundle.entry[1]'])
    expect(await places(remove('Patient/t9', '*'))).toEqual([412, 'FHIR-HTTP-10', 'Bundle.entry[1]'])
    expect(await places(remove('Patient/t1', 'W/"9"'))).toEqual([412, 'FHIR-HTTP-10', 'Bundle.entry[1]'])
    expect(await places(remove('Patient?_id=t1', 'W/"9"'))).toEqual([412, 'FHIR-HTTP-10', 'Bundle.entry[1]'])
    const right = { resource: patient({ id: 't2' }), request: { method: 'PUT', url: 'Patient/t2', ifMatch: 'W/"1"' } }
    const wrong = put('Patient/t1', { ifMatch: 'W/"9"' })
    expect(await places(right, wrong)).toEqual([412, 'FHIR-HTTP-10', 'Bundle.entry[2]'])
  })
})

test.each(['transaction', 'batch'])('a %s says where the resources are that were found or changed', async (type) => {
  const id = `at-${type}`
  const body = { ...identified(id), id }
  await request('PUT', `Patient/${id}`, body)
  const entry = (more: object, url: string, ifNoneExist?: string) => ({
    resource: { ...body, ...more },
    request: { method: ifNoneExist ? 'POST' : 'PUT', url, ...(ifNoneExist && { ifNoneExist }) },
  })
  const send = async (one: object) =>
    (await request('POST', '', { resourceType: 'Bundle', type, entry: [one] })).body.entry[0]!.response
  const condition = `identifier=urn:mrn|${id}`
  const at = (version: number) => ({ location: `Patient/${id}/_history/${version}`, etag: `W/"${version}"` })
  expect(await send(entry({}, 'Patient', condition))).toMatchObject({ status: '200 OK', ...at(1) })
  expect(await send(entry({}, `Patient/${id}`))).toMatchObject({ status: '200 OK', ...at(1) })
  expect(await send(entry({ active: true }, `Patient/${id}`))).toMatchObject({ status: '200 OK', ...at(2) })
  expect(await send(entry({ active: false }, `Patient?${condition}`))).toMatchObject({ status: '200 OK', ...at(3) })
  expect(await send({ request: { method: 'GET', url: `Patient/${id}` } })).not.toHaveProperty('location')
})
