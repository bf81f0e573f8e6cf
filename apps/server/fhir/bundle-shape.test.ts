import { describe, expect, test } from 'vitest'
import { fhirServer, type Reply } from '#testing/fhir-server'

const { request } = fhirServer()

const send = (type: string, entry: unknown, more: object = {}): Promise<Reply> =>
  request('POST', '', { resourceType: 'Bundle', type, entry, ...more })
const refusal = ({ status, body }: Reply) => [
  status,
  body.issue[0]?.details.coding[0]?.code,
  body.issue.flatMap(({ expression }) => expression ?? []),
]
const read = { method: 'GET', url: 'Patient/x' }
const patient = { resourceType: 'Patient' }

describe('a Bundle has at most so many entries', () => {
  const many = (type: string, count: number) =>
    request('POST', '', `{"resourceType":"Bundle","type":"${type}","entry":[${'{},'.repeat(count - 1)}{}]}`)

  test('20,000 in a batch, 50,000 in a transaction', async () => {
    expect(refusal(await many('batch', 20_001))).toEqual([413, 'FHIR-HTTP-26', ['Bundle.entry']])
    expect(refusal(await many('transaction', 50_001))).toEqual([413, 'FHIR-HTTP-26', ['Bundle.entry']])
  })

  test('so there are no Bundles inside a batch', async () => {
    const resource = { resourceType: 'Bundle', type: 'batch', entry: [{ request: read }] }
    const { body } = await send('batch', [{ resource, request: { method: 'POST', url: '/' } }])
    expect(body.entry[0]!.response.status).toBe('405 Method Not Allowed')
  })

  test('a transaction in which all is wrong is answered with the first 500 places', async () => {
    const { status, body } = await many('transaction', 50_000)
    expect([status, body.issue.length]).toEqual([400, 500])
    expect(body.issue[499]!.expression).toEqual(['Bundle.entry[499].request'])
  })

  test('one with a hundred thousand unknown members too', async () => {
    const members = Array.from({ length: 100_000 }, (_, i) => `"m${i}":1`).join(',')
    const { body } = await request('POST', '', `{"resourceType":"Bundle","type":"batch",${members}}`)
    expect(body.issue).toHaveLength(500)
  })
})

describe('members that would be dropped are refused', () => {
  const inRequest = (more: object) => send('transaction', [{ request: read }, { request: { ...read, ...more } }])

  test.each([
    ['ifMatch', 9],
    ['ifMatch', ''],
    ['ifMatch', null],
    ['ifmatch', 'W/"1"'],
    ['ifNoneExist', 5],
    ['ifNoneMatch', ['*']],
    ['modifierExtension', [{ url: 'urn:x', valueBoolean: true }]],
    ['_ifMatch', { extension: [] }],
  ])('request.%s = %j', async (name, value) => {
    const at = `Bundle.entry[1].request.${name}`
    expect(refusal(await inRequest({ [name]: value }))).toEqual([400, 'FHIR-HTTP-16', [at]])
  })

  test('in an entry and in the Bundle', async () => {
    const inEntry = (more: object) => send('transaction', [{ request: read, ...more }])
    expect(refusal(await inEntry({ fullUrl: 7 }))).toEqual([400, 'FHIR-HTTP-16', ['Bundle.entry[0].fullUrl']])
    expect(refusal(await inEntry({ Resource: patient }))).toEqual([400, 'FHIR-HTTP-16', ['Bundle.entry[0].Resource']])
    expect(refusal(await inEntry({ resource: [patient] }))).toEqual([400, 'FHIR-HTTP-16', ['Bundle.entry[0].resource']])
    expect(refusal(await inEntry({ 'Lê Thị Hoa': 1 }))).toEqual([400, 'FHIR-HTTP-16', ['Bundle.entry[0]']])
    for (const type of ['batch', 'transaction']) {
      expect(refusal(await send(type, { request: read }))).toEqual([400, 'FHIR-HTTP-16', ['Bundle.entry']])
      expect(refusal(await send(type, [], { entries: [] }))).toEqual([400, 'FHIR-HTTP-16', ['Bundle.entries']])
    }
  })

  test('in a batch only the entry is refused', async () => {
    const { status, body } = await send('batch', [
      { request: { ...read, ifmatch: '1' } },
      { request: { method: 'GET', url: 'Patient' } },
    ])
    expect([status, body.entry.map(({ response }) => response.status)]).toEqual([200, ['400 Bad Request', '200 OK']])
  })

  test('what the standard has besides is allowed', async () => {
    const entry = {
      id: 'e1',
      extension: [{ url: 'urn:x', valueBoolean: true }],
      link: [{ relation: 'self', url: 'urn:x' }],
      fullUrl: 'urn:uuid:0189f7f0-0000-4000-8000-0000000000b1',
      _fullUrl: { id: 'f' },
      resource: patient,
      search: { mode: 'match' },
      request: { id: 'r', extension: [{ url: 'urn:x', valueCode: 'x' }], method: 'POST', url: 'Patient' },
      response: { status: '200' },
    }
    const more = {
      id: 'b1',
      meta: { tag: [{ code: 'x' }] },
      language: 'vi',
      identifier: { system: 'urn:x', value: '1' },
      timestamp: '2026-01-01T00:00:00Z',
      total: 1,
      link: [{ relation: 'self', url: 'urn:x' }],
      signature: { when: '2026-01-01T00:00:00Z' },
    }
    expect((await send('transaction', [entry], more)).status).toBe(200)
  })
})
