import { describe, expect, test, vi } from 'vitest'
import { indexEntries } from '#fhir/search'
import { openStore } from '#foundation/record-store'
import { fhirServer, type ReplyBody } from '#testing/fhir-server'
import { databaseForTest } from '#testing/postgres'
import { definitionShelf, heedDefinitions } from './definition-shelf.ts'

const server = fhirServer()
const { request } = server
const rulesOf = (body: ReplyBody) => body.issue.map((issue) => issue.details.coding[0]!.code)

const FORM = 'https://benhvien.example/Questionnaire/dau'
const questionnaire = (item: object[], more: object = {}) => ({
  resourceType: 'Questionnaire',
  url: FORM,
  status: 'active',
  item,
  ...more,
})
const response = (linkId: string, more: object = {}) => ({
  resourceType: 'QuestionnaireResponse',
  questionnaire: FORM,
  status: 'completed',
  item: [{ linkId, answer: [{ valueInteger: 4 }] }],
  ...more,
})
const KHO = 'https://benhvien.example/CodeSystem/kho'
const observation = (code: string, system = KHO) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system, code }] },
})

describe("resources are checked against the hospital's own definitions", () => {
  test('a response against its questionnaire, from the moment it is stored and as it is changed', async () => {
    expect((await request('POST', 'QuestionnaireResponse', response('vi-tri'))).status).toBe(201)
    const stored = await request('POST', 'Questionnaire', questionnaire([{ linkId: 'muc-do', type: 'integer' }]))
    expect(stored.status).toBe(201)
    const refused = await request('POST', 'QuestionnaireResponse', response('vi-tri'))
    expect([refused.status, rulesOf(refused.body)]).toEqual([422, ['FHIR-FORM-1']])
    const { id } = stored.body
    const changed = questionnaire([{ linkId: 'vi-tri', type: 'integer' }], { id })
    expect((await request('PUT', `Questionnaire/${id}`, changed)).status).toBe(200)
    expect((await request('POST', 'QuestionnaireResponse', response('vi-tri'))).status).toBe(201)
    expect((await request('DELETE', `Questionnaire/${id}`)).status).toBeLessThan(300)
    expect((await request('POST', 'QuestionnaireResponse', response('muc-do'))).status).toBe(201)
  })

  test('the version that is named, or the latest', async () => {
    const at = { url: `${FORM},$2|` }
    const form = (version: string, linkId: string) =>
      questionnaire([{ linkId, type: 'integer' }], { url: `${FORM}-co-ban`, version })
    await request('POST', 'Questionnaire', questionnaire([], at))
    await request('POST', 'Questionnaire', form('1', 'cu'))
    await request('POST', 'Questionnaire', form('2', 'moi'))
    const answered = (linkId: string, version: string) =>
      request('POST', 'QuestionnaireResponse', response(linkId, { questionnaire: `${FORM}-co-ban${version}` }))
    expect((await answered('cu', '|1')).status).toBe(201)
    expect((await answered('moi', '|1')).status).toBe(422)
    expect((await answered('moi', '')).status).toBe(201)
    expect((await answered('cu', '')).status).toBe(422)
  })

  test('by every way in: update, patch, transaction, $validate', async () => {
    const system = { resourceType: 'CodeSystem', url: KHO, status: 'active', content: 'complete' }
    await request('POST', 'CodeSystem', { ...system, concept: [{ code: 'A' }] })
    const made = await request('POST', 'Observation', observation('A'))
    expect(made.status).toBe(201)
    const path = `Observation/${made.body.id}`
    const updated = await request('PUT', path, { ...observation('B'), id: made.body.id })
    expect(rulesOf(updated.body)).toEqual(['FHIR-CODE-2'])
    const operations = [{ op: 'replace', path: '/code/coding/0/code', value: 'B' }]
    const patched = await request('PATCH', path, operations, { 'content-type': 'application/json-patch+json' })
    expect(rulesOf(patched.body)).toEqual(['FHIR-CODE-2'])
    const entry = [{ resource: observation('B'), request: { method: 'POST', url: 'Observation' } }]
    const sent = await request('POST', '', { resourceType: 'Bundle', type: 'transaction', entry })
    expect(rulesOf(sent.body)).toEqual(['FHIR-CODE-2'])
    const validated = await request('POST', 'Observation/$validate', observation('B'))
    expect(rulesOf(validated.body)).toEqual(['FHIR-CODE-2'])
  })
})

describe('required bindings to value sets of the hospital', () => {
  const PROFILE = 'https://benhvien.example/StructureDefinition/mach'
  const POSITIONS = 'https://benhvien.example/ValueSet/tu-the'
  const pulse = (code: string) => ({
    resourceType: 'Observation',
    meta: { profile: [PROFILE] },
    status: 'final',
    code: { text: 'Mạch' },
    method: { coding: [{ system: 'urn:x:tu-the', code }] },
  })

  test('by a stored profile, which asks for a stored value set', async () => {
    await request('POST', 'ValueSet', {
      resourceType: 'ValueSet',
      url: POSITIONS,
      status: 'active',
      compose: { include: [{ system: 'urn:x:tu-the', concept: [{ code: 'nam' }] }] },
    })
    expect((await request('POST', 'Observation', pulse('ngoi'))).status).toBe(201)
    const stored = await request('POST', 'StructureDefinition', {
      resourceType: 'StructureDefinition',
      url: PROFILE,
      name: 'Mach',
      status: 'active',
      kind: 'resource',
      abstract: false,
      type: 'Observation',
      baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Observation',
      derivation: 'constraint',
      differential: {
        element: [
          { id: 'Observation', path: 'Observation' },
          {
            id: 'Observation.method',
            path: 'Observation.method',
            min: 1,
            binding: { strength: 'required', valueSet: POSITIONS },
          },
        ],
      },
    })
    expect(stored.status).toBe(201)
    expect((await request('POST', 'Observation', pulse('nam'))).status).toBe(201)
    const refused = await request('POST', 'Observation', pulse('ngoi'))
    expect([refused.status, rulesOf(refused.body)]).toEqual([422, ['FHIR-CODE-3']])
    const { meta: _, ...plain } = pulse('ngoi')
    const asked = await request('POST', `Observation/$validate?profile=${encodeURIComponent(PROFILE)}`, plain)
    expect(rulesOf(asked.body)).toEqual(['FHIR-CODE-3'])
    const unknown = await request('POST', 'Observation/$validate?profile=urn:x:none', plain)
    expect(rulesOf(unknown.body)).toEqual(['FHIR-PROFILE-10'])
  })

  test('a required binding of R4 itself, of which R4 lists no codes', async () => {
    const picture = (contentType: string) => ({ resourceType: 'Patient', photo: [{ contentType, url: 'urn:x:1' }] })
    expect((await request('POST', 'Patient', picture('image/tiff'))).status).toBe(201)
    const mimetypes = await request('POST', 'ValueSet', {
      resourceType: 'ValueSet',
      url: 'http://hl7.org/fhir/ValueSet/mimetypes',
      status: 'active',
      compose: { include: [{ system: 'urn:ietf:bcp:13', concept: [{ code: 'image/png' }] }] },
    })
    expect((await request('POST', 'Patient', picture('image/png'))).status).toBe(201)
    expect(rulesOf((await request('POST', 'Patient', picture('image/tiff'))).body)).toEqual(['FHIR-CODE-1'])
    await request('DELETE', `ValueSet/${mimetypes.body.id}`)
  })
})

describe('what was read is kept', () => {
  const counted = async () => {
    const { connection } = await databaseForTest()
    const store = await openStore(connection)
    const find = vi.fn<typeof store.find>(store.find)
    const shelf = definitionShelf({ find })
    return { store, find, shelf, heeded: heedDefinitions(store, shelf) }
  }

  test('ordinary resources ask once, and again only after a definition was written', async () => {
    const { store, find, shelf, heeded } = await counted()
    for (let i = 0; i < 20; i++) await shelf.check(observation('1', 'http://loinc.org'))
    expect(find).toHaveBeenCalledTimes(1)
    const write = (type: string) =>
      heeded.writeOne(
        {
          method: 'put',
          type,
          id: 'a',
          expected: 'any',
          stamp: () => JSON.stringify({ resourceType: type, id: 'a' }),
          index: () => indexEntries({ resourceType: type, id: 'a' }),
        },
        { reference: 'Device/test' },
      )
    await write('Basic')
    await shelf.check(observation('1', 'http://loinc.org'))
    expect(find).toHaveBeenCalledTimes(1)
    await write('CodeSystem')
    await shelf.check(observation('1', 'http://loinc.org'))
    expect(find).toHaveBeenCalledTimes(2)
    await store.close()
  })

  test('a resource that names endless systems is not looked up endlessly', async () => {
    const { store, find, shelf } = await counted()
    const coding = Array.from({ length: 1000 }, (_, n) => ({ system: `urn:x:${n}`, code: 'a' }))
    await shelf.check({ resourceType: 'Observation', status: 'final', code: { coding } })
    expect(find.mock.calls.length).toBeLessThanOrEqual(200)
    await store.close()
  })
})
