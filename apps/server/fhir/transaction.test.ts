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

  test.each(['Patient?birthdate=yesterday', 'Patient?_cursor=wrong', 'Patient?name=%ff', 'Patient/v?_summary=all'])(
    'GET %s changes nothing',
    async (url) => {
      const [status, , at] = await beside(`search ${url}`, { request: { method: 'GET', url } })
      expect([status, at]).toEqual([400, 'Bundle.entry[1].request.url'])
    },
  )

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
