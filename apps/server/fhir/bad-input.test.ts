import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { fhirServer, type Method } from '#testing/fhir-server'

const server = fhirServer()
const { request } = server
const shared = resolve(import.meta.dirname, '../../../../shared/data')

/** After whatever was sent, the server still reads and writes. */
afterEach(async () => {
  const { status, body } = await request('POST', 'Basic', { resourceType: 'Basic', code: { text: 'alive' } })
  const read = await request('GET', `Basic/${body.id}`)
  if (status !== 201 || read.status !== 200) throw new Error(`the server does not live: ${status}, ${read.status}`)
})

const storedPatients = async (): Promise<number> => (await request('GET', 'Patient?_summary=count')).body.total

describe('bodies', () => {
  const refused = async (body: string | Buffer, path = 'Patient', method: Method = 'POST') => {
    const before = await storedPatients()
    const reply = await request(method, path, body)
    expect(reply.body.resourceType).toBe('OperationOutcome')
    expect(await storedPatients()).toBe(before)
    return reply
  }

  test('10,000 levels, not UTF-8, duplicate names, nothing at all', async () => {
    const deep = `{"resourceType":"Patient","extension":${'['.repeat(10_000)}${']'.repeat(10_000)}}`
    const objects = '{"resourceType":"Patient","a":'.repeat(10_000) + '1' + '}'.repeat(10_000)
    for (const body of [deep, objects]) expect((await refused(body)).status).toBe(400)
    const latin1 = Buffer.from('{"resourceType":"Patient","name":[{"text":"Ngh\u00e8"}]}', 'latin1')
    expect((await refused(latin1)).status).toBe(400)
    const duplicate = await refused('{"resourceType":"Patient",\n "active":true,\n "active":false}')
    expect([duplicate.status, duplicate.text]).toEqual([400, expect.stringContaining('line 3, column 2')])
    expect((await refused('')).status).toBe(400)
    expect((await refused('{"resourceType":"Patient","__proto__":{"active":true}}')).status).toBe(400)
    expect((await refused('{"resourceType":"Patient","name":[{"text":"a\\u0000b"}]}')).status).toBe(422)
  })

  test('wrong types and unknown elements say where', async () => {
    const places: readonly [body: object, place: string][] = [
      [{ resourceType: 'Patient', active: 'true' }, 'Patient.active'],
      [{ resourceType: 'Patient', name: { text: 'x' } }, 'Patient.name'],
      [{ resourceType: 'Patient', nickname: 'x' }, 'Patient.nickname'],
      [{ resourceType: 'Patient', birthDate: '1980-13-45' }, 'Patient.birthDate'],
      [{ resourceType: 'Patient', name: [{ text: 'x' }, { family: 7 }] }, 'Patient.name[1].family'],
    ]
    for (const [body, place] of places) {
      const { status, text } = await refused(JSON.stringify(body))
      expect([status >= 400 && status < 500, text]).toEqual([true, expect.stringContaining(place)])
    }
  })

  test('other things than resources', async () => {
    for (const body of ['null', '7', '"Patient"', '[]', '{}', '{"resourceType":7}', '{"resourceType":"Unicorn"}'])
      expect((await refused(body)).status).toBe(400)
    for (const meta of ['null', '[]', '"x"', '7'])
      expect((await refused(`{"resourceType":"Patient","meta":${meta}}`)).status).toBeLessThan(500)
    for (const id of ['null', '[]', '7', '""', '"a b"'])
      expect((await refused(`{"resourceType":"Patient","id":${id}}`, 'Patient/x', 'PUT')).status).toBe(400)
  })

  test('other things than Parameters', async () => {
    const { body: patient } = await request('POST', 'Patient', { resourceType: 'Patient', active: true })
    const parts = [
      'null',
      '7',
      '[null]',
      '[7]',
      '[{}]',
      '[{"name":7}]',
      '[{"name":"start"}]',
      '[{"name":"start","valueDate":{}}]',
    ]
    const bodies = [
      'null',
      '7',
      '[]',
      '{}',
      '{"resourceType":"Patient"}',
      ...parts.map((part) => `{"resourceType":"Parameters","parameter":${part}}`),
    ]
    for (const operation of [`Patient/${patient.id}/$everything`, 'Patient/$validate', '$validate'])
      for (const body of bodies) expect((await request('POST', operation, body)).status).toBeLessThan(500)
  })

  test('too large a resource is 413, told by its length before it is read', async () => {
    const large = Buffer.alloc(17 * 1024 * 1024, ' ')
    expect((await refused(large)).status).toBe(413)
  })

  test('a Bundle of 100 MB is read or refused, never a fault', async () => {
    const bundle = (bytes: number) =>
      Buffer.concat([
        Buffer.from('{"resourceType":"Bundle","type":"batch"'),
        Buffer.alloc(bytes, ' '),
        Buffer.from('}'),
      ])
    expect((await request('POST', '', bundle(99 * 1024 * 1024))).status).toBe(200)
    expect((await request('POST', '', bundle(101 * 1024 * 1024))).status).toBe(413)
  })

  test('tens of millions of values are refused before they are made', async () => {
    const many = Buffer.from('{},'.repeat(25_000_000))
    const inBundle = [Buffer.from('{"resourceType":"Bundle","type":"batch","entry":['), many, Buffer.from('{}]}')]
    expect((await request('POST', '', Buffer.concat(inBundle))).status).toBe(413)
    const list = await request('POST', '', Buffer.concat([Buffer.from('['), many]))
    expect([list.status, list.text]).toEqual([400, expect.stringContaining('FHIR-JSON-10')])
  })

  test('a Bundle with a hundred thousand bad entries', async () => {
    const entries = Array.from({ length: 100_000 }, () => '{"request":{"method":"POST","url":"Patient"}}')
    const body = `{"resourceType":"Bundle","type":"transaction","entry":[${entries.join(',')}]}`
    const { status, body: outcome } = await refused(body, '')
    expect(status).toBe(413)
    expect(outcome.issue.length).toBeLessThanOrEqual(500)
  })

  test('strange Bundles', async () => {
    const entries = [
      'null',
      '7',
      '[]',
      '{}',
      '{"request":null}',
      '{"request":{"method":{},"url":[]}}',
      '{"resource":null}',
    ]
    const requests = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].flatMap((method) =>
      [
        '',
        '/',
        '?',
        'Patient?',
        'Patient/',
        '%',
        '%00',
        'http://elsewhere/Patient/1',
        '../../etc/passwd',
        'Patient/1/_history/x',
      ].flatMap((url) =>
        ['', '"resource":7,', '"resource":{"resourceType":"Patient"},'].map(
          (resource) => `{${resource}"fullUrl":"urn:uuid:1","request":{"method":"${method}","url":"${url}"}}`,
        ),
      ),
    )
    for (const type of ['transaction', 'batch'])
      for (const entry of [...entries, ...requests]) {
        const { status, text } = await request(
          'POST',
          '',
          `{"resourceType":"Bundle","type":"${type}","entry":[${entry}]}`,
        )
        expect([entry, status < 500, text.includes('"500')]).toEqual([entry, true, false])
      }
  })
})

describe('addresses and headers', () => {
  test('malformed addresses are 4xx with an OperationOutcome', async () => {
    for (const path of [
      '%',
      'Patient/%',
      'Patient/%00',
      'Patient?name=%',
      'Patient?name=%00',
      'Patient?%ff=1',
      'Patient//1',
      '%2e%2e/x',
    ])
      for (const method of ['GET', 'DELETE', 'PUT'] as const) {
        const { status, body } = await request(method, path, method === 'PUT' ? '{}' : undefined)
        expect([path, status >= 400 && status < 500, body.resourceType]).toEqual([path, true, 'OperationOutcome'])
      }
  })

  test('a very long address', async () => {
    expect((await request('GET', `Patient/${'a'.repeat(5_000)}`)).status).toBe(404)
    expect((await request('GET', `Patient?name=${'a'.repeat(50_000)}`)).status).toBeLessThan(500)
    expect((await request('GET', `Patient?${'name=a&'.repeat(5_000)}`)).status).toBeLessThan(500)
  })

  test('no stack, path or SQL leaks', async () => {
    const { text } = await request('GET', 'Patient?_cursor=%7B%22a%22%3A1%7D')
    expect(text).not.toMatch(/node_modules|\.ts:|select |at Object/)
  })

  test('a hostile Host header is not repeated', async () => {
    const { text } = await request('GET', 'Patient', undefined, { host: 'evil"><script>' })
    expect(text).not.toContain('script')
  })
})

const archive = join(shared, 'json-parsing/json-parsing.tar.gz')

describe.skipIf(!existsSync(archive))(
  'JSONTestSuite as bodies (skipped where ../shared/data/json-parsing is absent)',
  () => {
    test('every file is refused with 4xx within a second, none is stored', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'json-suite-'))
      execFileSync('tar', ['xzf', archive, '-C', folder])
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
      const odd: string[] = []
      for (const file of files) {
        const started = performance.now()
        const content = readFileSync(join(file.parentPath, file.name))
        for (const path of ['Patient', '']) {
          const { status, body } = await request('POST', path, content)
          const limits = file.name.startsWith('n_') ? status === 400 || status === 422 : status >= 400 && status < 500
          if (!limits || body.resourceType !== 'OperationOutcome') odd.push(`${file.name} ${status}`)
        }
        if (performance.now() - started > 1_000) odd.push(`${file.name} took too long`)
      }
      rmSync(folder, { recursive: true })
      expect(odd).toEqual([])
      expect(files.length).toBeGreaterThan(200)
    })
  },
)

const naughty = join(shared, 'naughty-strings/strings.json')

describe.skipIf(!existsSync(naughty))(
  'naughty strings (skipped where ../shared/data/naughty-strings is absent)',
  () => {
    const strings = existsSync(naughty) ? (JSON.parse(readFileSync(naughty, 'utf8')) as readonly string[]) : []

    test('in every parameter, address part and header', async () => {
      const odd: string[] = []
      for (const string of strings) {
        const attempts = attemptsWith(string)
        const replies = await Promise.all(
          attempts.map(([method, path, headers, body]) => request(method, path, body, headers)),
        )
        replies.forEach(({ status }, i) => status >= 500 && odd.push(`${status} ${attempts[i]!.slice(0, 3).join(' ')}`))
      }
      expect(odd).toEqual([])
    }, 300_000)

    test('as a value of the record: returned unchanged, or refused', async () => {
      for (const string of strings) {
        const resource = {
          resourceType: 'Patient',
          name: [{ text: string, family: string }],
          address: [{ line: [string] }],
          identifier: [{ system: 'urn:x', value: string }],
        }
        const { status, body } = await request('POST', 'Patient', resource)
        if (status >= 400) expect([string, status < 500]).toEqual([string, true])
        else expect((await request('GET', `Patient/${body.id}`)).body).toMatchObject(resource)
      }
    })
  },
)

type Attempt = readonly [method: Method, path: string, headers?: Record<string, string>, body?: object]

const OF_PATIENT =
  'name identifier birthdate _id _lastUpdated general-practitioner general-practitioner.name _has:Observation:patient:code ' +
  '_sort _count _include _revinclude _total _summary _elements _cursor _format _pretty _type _tag _profile name:exact ' +
  'name:contains link:Patient'
const OF_OBSERVATION = 'value code value-quantity date value-concept code-value-quantity'
const OF_READS = ['if-none-match', 'if-modified-since', 'accept', 'prefer']
const OF_WRITES = ['if-match', 'if-none-match', 'content-type', 'prefer']

function attemptsWith(string: string): readonly Attempt[] {
  const encoded = encodeURIComponent(string)
  const inHeader = string.replace(/[^\x20-\x7e]/g, '')
  const basic = { resourceType: 'Basic', code: { text: 'x' } }
  return [
    ...OF_PATIENT.split(' ').map((name) => ['GET', `Patient?${name}=${encoded}`] as const),
    ...OF_OBSERVATION.split(' ').map((name) => ['GET', `Observation?${name}=${encoded}`] as const),
    ...['_since', '_at', '_count', '_cursor'].map((name) => ['GET', `_history?${name}=${encoded}`] as const),
    ...[`${encoded}/1`, `Patient/${encoded}`, `Patient/1/_history/${encoded}`, `Patient/1/$${encoded}`].map(
      (path) => ['GET', path] as const,
    ),
    ['GET', `Patient?_count=1&${encoded}=1`],
    ...OF_READS.map((name) => ['GET', 'Basic/n', { [name]: inHeader }] as const),
    ...OF_WRITES.map((name) => ['PUT', 'Basic/n', { [name]: inHeader }, { ...basic, id: 'n' }] as const),
    ['POST', 'Basic', { 'if-none-exist': inHeader }, basic],
  ]
}
