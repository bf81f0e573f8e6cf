import { describe, expect, test } from 'vitest'
import { fhirServer } from '#testing/fhir-server'

const { request } = fhirServer()

const bundle = (type: 'batch' | 'transaction', entry: readonly object[]) =>
  request('POST', '', { resourceType: 'Bundle', type, entry })
const get = (url: string) => ({ request: { method: 'GET', url } })

describe('a Bundle that asks for more than the server could hold', () => {
  /** 11 million characters: six of them are an answer, seven are not. */
  const data = 'TMOgbmg='.padStart(11_000_000, 'TMOg')
  const large = { resourceType: 'Binary', id: 'large', contentType: 'text/plain', data }

  test('is answered as far as it goes, and refused entry by entry after that', async () => {
    expect((await request('PUT', 'Binary/large', large)).status).toBe(201)
    const { status, body } = await bundle('batch', Array(25).fill(get('Binary/large')))
    expect(status).toBe(200)
    expect(body.entry.map(({ response }) => response.status.slice(0, 3))).toEqual([
      ...Array(6).fill('200'),
      ...Array(19).fill('413'),
    ])
    expect(body.entry[5]!.resource.data).toBe(data)
    expect(body.entry[24]!.response.outcome.issue[0]).toMatchObject({
      code: 'too-costly',
      details: { coding: [{ code: 'FHIR-HTTP-29' }] },
    })
  }, 60_000)

  test('has its writes carried out, in a batch and in a transaction', async () => {
    for (const type of ['batch', 'transaction'] as const) {
      const write = {
        resource: { resourceType: 'Patient', id: type },
        request: { method: 'PUT', url: `Patient/${type}` },
      }
      const reads = Array(8).fill(get('Binary/large?_elements=data,contentType'))
      const { body } = await bundle(type, [...reads, write])
      const statuses = body.entry.map(({ response }) => response.status.slice(0, 3))
      expect(statuses).toEqual([...Array(6).fill('200'), '413', '413', '201'])
      expect((await request('GET', `Patient/${type}`)).status).toBe(200)
    }
  }, 60_000)
})

describe('a transaction with many conditions', () => {
  const create = (mrn: string) => ({
    resource: { resourceType: 'Basic', code: { text: 'x' }, identifier: [{ system: 'urn:many', value: mrn }] },
    request: { method: 'POST', url: 'Basic', ifNoneExist: `identifier=urn:many|${mrn}` },
  })
  const many = (count: number) => Array.from({ length: count }, (_, i) => create(`${i}`))
  const stored = async () => (await request('GET', 'Basic?identifier=urn:many|&_summary=count')).body.total

  test('is refused above 2,000, and stores nothing', async () => {
    const { status, body } = await bundle('transaction', many(2_001))
    expect([status, body.issue[0]!.code, body.issue[0]!.details.coding[0]!.code]).toEqual([
      413,
      'too-costly',
      'FHIR-HTTP-28',
    ])
    expect(await stored()).toBe(0)
  }, 60_000)

  test('is carried out up to 2,000; a condition that is repeated counts once', async () => {
    const resource = {
      resourceType: 'Basic',
      code: { text: 'y' },
      subject: { reference: 'Basic?identifier=urn:many|0' },
    }
    const more = Array(50).fill({ resource, request: { method: 'POST', url: 'Basic' } })
    const { status } = await bundle('transaction', [...many(2_000), ...more])
    expect(status).toBe(200)
    expect(await stored()).toBe(2_000)
  }, 120_000)
})

describe('an answer of many resources', () => {
  test('says its length, to HEAD as well, and is the same text indented', async () => {
    const patient = { resourceType: 'Patient', id: 'p', name: [{ text: 'Đỗ Thị Ánh Tuyết' }] }
    await request('PUT', 'Patient/p', patient)
    const observation = { resourceType: 'Observation', status: 'final', code: { text: 'Đường huyết lúc đói' } }
    const entry = Array.from({ length: 300 }, () => ({
      resource: { ...observation, subject: { reference: 'Patient/p' } },
      request: { method: 'POST', url: 'Observation' },
    }))
    await bundle('transaction', entry)
    const plain = await request('GET', 'Patient/p/$everything')
    expect(plain.body.entry).toHaveLength(301)
    expect(Number(plain.headers['content-length'])).toBe(Buffer.byteLength(plain.text))
    const head = await request('HEAD', 'Patient/p/$everything')
    expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', plain.headers['content-length']])
    const indented = await request('GET', 'Patient/p/$everything?_pretty=true')
    expect(indented.body.entry).toEqual(plain.body.entry)
    expect(indented.text).toContain('\n')
  })
})
