import { describe, expect, test } from 'vitest'
import { BASE, fhirServer, type ReplyBody } from '#testing/fhir-server'

const server = fhirServer()
const { request } = server
const patient = (more: object = {}) => ({ resourceType: 'Patient', name: [{ text: 'Nguyễn Văn An' }], ...more })
const ruleOf = (body: ReplyBody) => body.issue[0]!.details.coding[0]!.code
const made = async (more: object = {}) => (await request('POST', 'Patient', patient(more))).body

describe('create and read', () => {
  test('the text is stored as it came, with id, version and time', async () => {
    const text =
      '{ "resourceType" : "Observation", "status":"final", "code":{"text":"K+"}, "valueQuantity":{"value":4.10} }'
    const created = await request('POST', 'Observation', text)
    expect(created.status).toBe(201)
    const { id, meta } = created.body
    expect(created.headers).toMatchObject({
      etag: 'W/"1"',
      location: `${BASE}/Observation/${id}/_history/1`,
      'content-type': 'application/fhir+json; charset=utf-8',
    })
    expect(meta.versionId).toBe('1')
    expect(new Date(meta.lastUpdated).toUTCString()).toBe(created.headers['last-modified'])
    const read = await request('GET', `Observation/${id}`)
    expect(read.text).toBe(created.text)
    expect(read.text).toContain('"status":"final", "code":{"text":"K+"}, "valueQuantity":{"value":4.10} }')
  })

  test('an id in the body of a create is replaced', async () => {
    expect((await made({ id: 'mine' })).id).not.toBe('mine')
  })

  test('Prefer decides what comes back', async () => {
    const minimal = await request('POST', 'Patient', patient(), { prefer: 'return=minimal' })
    expect([minimal.status, minimal.text]).toEqual([201, ''])
    expect(minimal.headers.location).toContain('/Patient/')
    const outcome = await request('POST', 'Patient', patient(), { prefer: 'return=OperationOutcome' })
    expect(outcome.body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'information' }] })
  })

  test('conditional read answers 304 without a body', async () => {
    const { id, meta } = await made()
    const at = (headers: Record<string, string>) => request('GET', `Patient/${id}`, undefined, headers)
    const fresh = await at({ 'if-none-match': 'W/"1"' })
    expect([fresh.status, fresh.text, fresh.headers.etag]).toEqual([304, '', 'W/"1"'])
    expect((await at({ 'if-none-match': 'W/"2"' })).status).toBe(200)
    expect((await at({ 'if-modified-since': new Date(meta.lastUpdated).toUTCString() })).status).toBe(304)
    expect((await at({ 'if-modified-since': 'Thu, 01 Jan 2015 00:00:00 GMT' })).status).toBe(200)
    expect((await at({ 'if-modified-since': 'yesterday' })).status).toBe(200)
  })

  test('HEAD has the headers of GET and no body', async () => {
    const { id } = await made()
    const [head, get] = [await request('HEAD', `Patient/${id}`), await request('GET', `Patient/${id}`)]
    expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', get.headers['content-length']])
  })

  test('what is not there is 404, with an OperationOutcome in both languages', async () => {
    const missing = await request('GET', 'Patient/nobody')
    expect(missing.status).toBe(404)
    expect(missing.body.issue[0]).toMatchObject({
      code: 'not-found',
      details: { text: 'Không tìm thấy bản ghi', coding: [{ system: 'urn:lanh:code:rule', code: 'FHIR-HTTP-2' }] },
      diagnostics: 'There is no such resource',
    })
    expect((await request('GET', 'Patient/not%20an%20id')).status).toBe(404)
    expect((await request('GET', 'Unicorn/1')).status).toBe(404)
    expect((await request('GET', 'Resource/1')).status).toBe(404)
  })
})

describe('subsets', () => {
  test('_elements and _summary keep what they promise, and say so', async () => {
    const { id } = await made({ active: true, birthDate: '1980-02-03', contact: [{ name: { text: 'Lan' } }] })
    const elements = await request('GET', `Patient/${id}?_elements=birthDate`)
    expect(Object.keys(elements.body)).toEqual(['resourceType', 'id', 'meta', 'birthDate'])
    expect(elements.body.meta.tag).toMatchObject([{ code: 'SUBSETTED' }])
    const summary = await request('GET', `Patient/${id}?_summary=true`)
    expect(Object.keys(summary.body)).toEqual(['resourceType', 'id', 'meta', 'name', 'active', 'birthDate'])
    expect((await request('GET', `Patient/${id}?_summary=some`)).status).toBe(400)
  })

  test('_pretty indents and changes nothing else', async () => {
    const { id } = await made({ multipleBirthInteger: 2 })
    const [plain, pretty] = [await request('GET', `Patient/${id}`), await request('GET', `Patient/${id}?_pretty=true`)]
    expect(pretty.text).toContain('\n  "resourceType": "Patient",\n')
    expect(pretty.body).toEqual(plain.body)
  })
})

describe('update', () => {
  test('makes a new version; equal content makes none', async () => {
    const first = await made()
    const again = await request('PUT', `Patient/${first.id}`, { ...first, active: true })
    expect([again.status, again.headers.etag]).toEqual([200, 'W/"2"'])
    const same = await request('PUT', `Patient/${first.id}`, { ...first, active: true })
    expect([same.status, same.headers.etag, same.text]).toEqual([200, 'W/"2"', again.text])
    const [v1, v2, v3] = await Promise.all([1, 2, 3].map((n) => request('GET', `Patient/${first.id}/_history/${n}`)))
    expect([v1!.body, v2!.text, v3!.status]).toEqual([first, again.text, 404])
  })

  test('creates under the id that the client chose', async () => {
    const created = await request('PUT', 'Patient/chosen.1', patient({ id: 'chosen.1' }))
    expect([created.status, created.headers.location]).toEqual([201, `${BASE}/Patient/chosen.1/_history/1`])
  })

  test('refuses a body of another type or id', async () => {
    expect(ruleOf((await request('PUT', 'Patient/a', patient({ id: 'b' }))).body)).toBe('FHIR-HTTP-8')
    expect(ruleOf((await request('PUT', 'Patient/a', patient())).body)).toBe('FHIR-HTTP-8')
    expect(ruleOf((await request('PUT', 'Patient/a', { resourceType: 'Basic', id: 'a' })).body)).toBe('FHIR-HTTP-7')
    expect(ruleOf((await request('PUT', 'Patient/a%20b', patient({ id: 'a b' }))).body)).toBe('FHIR-HTTP-9')
  })

  test('If-Match names the version that was seen', async () => {
    const { id } = await made()
    const put = (tag: string, active: boolean) =>
      request('PUT', `Patient/${id}`, patient({ id, active }), { 'if-match': tag })
    expect((await put('W/"1"', true)).status).toBe(200)
    const late = await put('W/"1"', false)
    expect([late.status, ruleOf(late.body)]).toEqual([412, 'FHIR-HTTP-10'])
    expect((await put('"nonsense"', false)).status).toBe(412)
    expect((await put('*', false)).status).toBe(200)
    const absent = await request('PUT', 'Patient/absent', patient({ id: 'absent' }), { 'if-match': 'W/"1"' })
    expect(absent.status).toBe(412)
  })

  test('If-None-Match: * only creates', async () => {
    const put = () => request('PUT', 'Patient/once', patient({ id: 'once' }), { 'if-none-match': '*' })
    expect((await put()).status).toBe(201)
    expect((await put()).status).toBe(412)
  })

  test('If-Match takes lists and any version, and If-None-Match forbids to replace a match', async () => {
    const { id } = await made({ identifier: [{ system: 'urn:x', value: 'tags' }] })
    const body = (id: string, more = {}) => patient({ id, identifier: [{ system: 'urn:x', value: 'tags' }], ...more })
    const put = async (path: string, id: string, headers: Record<string, string>, active = true) =>
      (await request('PUT', path, body(id, { active }), headers)).status
    expect(await put(`Patient/${id}`, id, { 'if-match': 'W/"1", W/"5"' })).toBe(200)
    expect(await put(`Patient/${id}`, id, { 'if-match': 'W/"1", W/"5"' }, false)).toBe(412)
    expect(await put(`Patient/${id}`, id, { 'if-match': '*' }, false)).toBe(200)
    expect(await put('Patient/missing', 'missing', { 'if-match': '*' })).toBe(412)
    expect((await request('DELETE', 'Patient/missing', undefined, { 'if-match': '*' })).status).toBe(412)
    const byIdentifier = 'Patient?identifier=urn:x|tags'
    expect(await put(byIdentifier, id, { 'if-none-match': '*' }, true)).toBe(412)
    expect(await put(byIdentifier, id, { 'if-match': 'W/"9", W/"3"' }, true)).toBe(200)
    expect(await put('Patient?identifier=urn:x|nobody', 'nobody', { 'if-match': '*' })).toBe(412)
    expect((await request('GET', `Patient/${id}`, undefined, { 'if-none-match': 'W/"1", W/"4"' })).status).toBe(304)
  })

  test('a conditional write that matched says where, also without a body', async () => {
    const { id } = await made({ identifier: [{ system: 'urn:x', value: 'where' }] })
    const body = patient({ identifier: [{ system: 'urn:x', value: 'where' }] })
    const minimal = { prefer: 'return=minimal' }
    const query = 'identifier=urn:x|where'
    const replies = [
      await request('POST', 'Patient', body, { ...minimal, 'if-none-exist': query }),
      await request('PUT', `Patient?${query}`, body, minimal),
    ]
    for (const { status, text, headers } of replies) {
      expect([status, text, headers.etag]).toEqual([200, '', 'W/"1"'])
      expect(headers['content-location']).toMatch(new RegExp(`/Patient/${id}/_history/1$`))
    }
  })

  test('of many simultaneous writers of one version exactly one wins', async () => {
    const { id } = await made()
    const puts = Array.from({ length: 8 }, (_, i) =>
      request('PUT', `Patient/${id}`, patient({ id, multipleBirthInteger: i + 1 }), { 'if-match': 'W/"1"' }),
    )
    const statuses = (await Promise.all(puts)).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 7 }, () => 412)])
  })
})

describe('delete', () => {
  test('the resource is gone, its history stays, and it can come back', async () => {
    const { id } = await made()
    const deleted = await request('DELETE', `Patient/${id}`)
    expect([deleted.status, deleted.text, deleted.headers.etag]).toEqual([204, '', 'W/"2"'])
    const gone = await request('GET', `Patient/${id}`)
    expect([gone.status, gone.headers.etag, ruleOf(gone.body)]).toEqual([410, 'W/"2"', 'FHIR-HTTP-3'])
    expect((await request('GET', `Patient/${id}/_history/1`)).status).toBe(200)
    expect((await request('GET', `Patient/${id}/_history/2`)).status).toBe(410)
    expect((await request('DELETE', `Patient/${id}`)).status).toBe(204)
    const back = await request('PUT', `Patient/${id}`, patient({ id }))
    expect([back.status, back.headers.etag]).toEqual([201, 'W/"3"'])
  })

  test('If-Match protects from deleting what was changed', async () => {
    const { id } = await made()
    await request('PUT', `Patient/${id}`, patient({ id, active: true }))
    expect((await request('DELETE', `Patient/${id}`, undefined, { 'if-match': 'W/"1"' })).status).toBe(412)
    expect((await request('DELETE', `Patient/${id}`, undefined, { 'if-match': 'W/"2"' })).status).toBe(204)
  })

  test('deleting what never was is no error', async () => {
    expect((await request('DELETE', 'Patient/never')).status).toBe(204)
  })
})

describe('patch', () => {
  const patch = (id: string, operations: unknown, headers: Record<string, string> = {}) =>
    request('PATCH', `Patient/${id}`, operations, { 'content-type': 'application/json-patch+json', ...headers })

  test('changes what it names and nothing else', async () => {
    const text =
      '{"resourceType":"Patient","multipleBirthInteger":1,"extension":[{"url":"urn:x","valueDecimal":1.500}]}'
    const { id } = (await request('POST', 'Patient', text)).body
    const patched = await patch(id, [{ op: 'add', path: '/active', value: true }])
    expect([patched.status, patched.headers.etag]).toEqual([200, 'W/"2"'])
    expect(patched.body.active).toBe(true)
    expect(patched.text).toContain('"valueDecimal":1.500')
  })

  test('refuses what does not fit, and stores nothing', async () => {
    const { id } = await made()
    const status = async (operations: unknown, headers = {}) => (await patch(id, operations, headers)).status
    expect(await status([{ op: 'test', path: '/active', value: true }])).toBe(422)
    expect(await status([{ op: 'remove', path: '/nothing' }])).toBe(422)
    expect(await status([{ op: 'replace', path: '/id', value: 'other' }])).toBe(422)
    expect(await status([{ op: 'replace', path: '/resourceType', value: 'Basic' }])).toBe(422)
    expect(await status([{ op: 'add', path: '/birthDate', value: 'soon' }])).toBeGreaterThanOrEqual(400)
    expect(await status({ op: 'add' })).toBe(400)
    expect(await status([{ op: 'add', path: '/active', value: true }], { 'if-match': 'W/"9"' })).toBe(412)
    expect((await request('PATCH', `Patient/${id}`, [])).status).toBe(415)
    expect((await request('GET', `Patient/${id}`)).headers.etag).toBe('W/"1"')
    expect((await patch('nobody', [])).status).toBe(404)
  })

  test('simultaneous patches of different members are all kept', async () => {
    const { id } = await made()
    const names = ['a', 'b', 'c', 'd']
    const patches = names.map((name) => patch(id, [{ op: 'add', path: '/name/-', value: { text: name } }]))
    const statuses = (await Promise.all(patches)).map(({ status }) => status)
    const { body } = await request('GET', `Patient/${id}`)
    expect(body.name).toHaveLength(1 + statuses.filter((status) => status === 200).length)
    expect(statuses).toContain(200)
  })
})

describe('history', () => {
  test('instance history tells every version and how it came', async () => {
    const { id } = await made()
    await request('PUT', `Patient/${id}`, patient({ id, active: true }))
    await request('DELETE', `Patient/${id}`)
    const { body } = await request('GET', `Patient/${id}/_history`)
    expect(body).toMatchObject({ resourceType: 'Bundle', type: 'history' })
    expect(body.entry.map((entry) => [entry.request.method, entry.response.status, entry.response.etag])).toEqual([
      ['DELETE', '204 No Content', 'W/"3"'],
      ['PUT', '200 OK', 'W/"2"'],
      ['POST', '201 Created', 'W/"1"'],
    ])
    expect(body.entry.map((entry) => (entry.resource as ReplyBody | undefined)?.meta.versionId)).toEqual([
      undefined,
      '2',
      '1',
    ])
    expect((await request('GET', 'Patient/nobody/_history')).status).toBe(404)
  })

  test('type and system history are paged to the end without loss', async () => {
    await Promise.all(
      [1, 2, 3, 4, 5].map(() => request('POST', 'Basic', { resourceType: 'Basic', code: { text: 'x' } })),
    )
    const seen: string[] = []
    let next: string | undefined = `${BASE}/Basic/_history?_count=2`
    while (next !== undefined) {
      const { body } = await request('GET', next.slice(BASE.length - '/fhir/R4'.length))
      seen.push(...body.entry.map((entry) => entry.resource.id))
      next = body.link.find((link) => link.relation === 'next')?.url
    }
    expect([seen.length, new Set(seen).size]).toEqual([5, 5])
    expect((await request('GET', '_history?_count=3')).body.entry).toHaveLength(3)
  })

  test('_since and _at are read, and refused where they are no date', async () => {
    const { id, meta } = await made()
    await request('PUT', `Patient/${id}`, patient({ id, active: true }))
    const at = (query: string) => request('GET', `Patient/${id}/_history?${query}`)
    expect((await at(`_at=${meta.lastUpdated}`)).body.entry).toHaveLength(1)
    expect((await at('_since=2999-01-01')).body.entry ?? []).toHaveLength(0)
    expect((await at('_since=tomorrow')).status).toBe(400)
    expect((await at('_count=many')).status).toBe(400)
    expect((await at('_cursor=nonsense')).status).toBe(400)
    for (const date of ['2026-02-31', '2026-02-29', '2026-02-31T00:00:00Z'])
      expect([date, (await at(`_since=${date}`)).status]).toEqual([date, 400])
    expect((await at('_since=2020-01-01T07:00:00+07:00')).body.entry).toHaveLength(2)
    expect((await at('_since=2024-02-29')).status).toBe(200)
  })

  test('_count=0 asks for no versions, only whether there are any', async () => {
    const { id } = await made()
    const { status, body } = await request('GET', `Patient/${id}/_history?_count=0`)
    expect([status, body.type, body.entry]).toEqual([200, 'history', undefined])
    expect(body.link.map(({ relation }) => relation)).toEqual(['self'])
    expect((await request('GET', 'Patient/never/_history?_count=0')).status).toBe(404)
  })
})

describe('methods and media types', () => {
  test('405 names what is allowed', async () => {
    const post = await request('POST', 'Patient/1', patient())
    expect([post.status, post.headers.allow]).toEqual([405, 'GET, PUT, PATCH, DELETE'])
    expect((await request('DELETE', 'metadata')).status).toBe(405)
    for (const method of ['OPTIONS', 'TRACE', 'PROPFIND'] as const) {
      const answer = async (path: string) => {
        const { status, headers, body } = await request(method as 'GET', path)
        return [method, status, headers.allow, ruleOf(body)]
      }
      expect(await answer('Patient/1')).toEqual([method, 405, 'GET, PUT, PATCH, DELETE', 'FHIR-HTTP-4'])
      expect(await answer('')).toEqual([method, 405, 'GET, POST', 'FHIR-HTTP-4'])
      expect(await answer('Unicorn/1')).toEqual([method, 404, undefined, 'FHIR-HTTP-1'])
    }
  })

  test('an id that addresses give a meaning of its own is none', async () => {
    for (const id of ['.', '..']) {
      const entry = { resource: patient({ id }), request: { method: 'PUT', url: `Patient/${id}` } }
      const { body } = await request('POST', '', { resourceType: 'Bundle', type: 'batch', entry: [entry] })
      expect([id, body.entry[0]!.response.status]).toEqual([id, '400 Bad Request'])
    }
  })

  test('404 for addresses that mean nothing', async () => {
    for (const path of ['Patient/1/$unknown', '$unknown', 'Patient/1/_history/1/x', 'a/b/c/d/e', 'Patient/1/Unicorn'])
      expect((await request('GET', path)).status).toBe(404)
    expect((await request('GET', '/fhir/R5/Patient/1')).body).toMatchObject({ resourceType: 'OperationOutcome' })
  })

  test('406 for anything but JSON of FHIR 4.0', async () => {
    const status = async (path: string, accept?: string) =>
      (await request('GET', path, undefined, accept === undefined ? {} : { accept })).status
    for (const accept of [
      'application/fhir+xml',
      'application/xml',
      'application/fhir+json; fhirVersion=5.0',
      'image/png',
    ])
      expect(await status('metadata', accept)).toBe(406)
    for (const accept of ['*/*', 'application/json', 'application/fhir+json; fhirVersion=4.0', 'text/html,*/*;q=0.8'])
      expect(await status('metadata', accept)).toBe(200)
    expect(await status('metadata?_format=xml', 'application/fhir+json')).toBe(406)
    for (const format of ['json', 'application/fhir+json', 'application/fhir%2Bjson'])
      expect(await status(`metadata?_format=${format}`, 'application/xml')).toBe(200)
  })

  test('415 for what is not read here', async () => {
    const status = async (type: string, more = {}) =>
      (await request('POST', 'Patient', JSON.stringify(patient()), { 'content-type': type, ...more })).status
    for (const type of ['application/fhir+xml', 'text/plain', 'application/fhir+json; charset=latin1'])
      expect(await status(type)).toBe(415)
    expect(await status('application/json; charset=UTF-8')).toBe(201)
    expect(await status('application/fhir+json', { 'content-encoding': 'gzip' })).toBe(415)
  })
})
