/** Unmodified clients of other people, over a socket: that they work is the proof that plain FHIR is spoken here. */
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { MedplumClient } from '@medplum/core'
import { Client as FhirKit } from 'fhir-kit-client'
import smart from 'fhirclient/lib/entry/node.js'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Bundle, Observation, Patient } from '#fhir/r4'
import { fhirServer } from '#testing/fhir-server'

const server = fhirServer()
let address = ''
beforeAll(async () => {
  address = await server.app.listen({ host: '127.0.0.1', port: 0 })
})

const patient = (family: string, more: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  name: [{ family, given: ['An'] }],
  identifier: [{ system: 'urn:mrn', value: family }],
  ...more,
})

const pulse: Observation = {
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'Mạch' },
  subject: { reference: 'urn:uuid:6f9d8e2a-0000-4000-8000-000000000001' },
}

const visit = (family: string): Bundle => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      fullUrl: 'urn:uuid:6f9d8e2a-0000-4000-8000-000000000001',
      resource: patient(family),
      request: { method: 'POST', url: 'Patient' },
    },
    {
      resource: pulse,
      request: { method: 'POST', url: 'Observation' },
    },
  ],
})

describe('fhir-kit-client', () => {
  const client = () => new FhirKit({ baseUrl: `${address}/fhir/R4` })
  const made = async (family: string) =>
    (await client().create({ resourceType: 'Patient', body: patient(family) as never })) as unknown as Patient

  test('capabilities, create, read, vread, update, patch, history, delete', async () => {
    const fhir = client()
    expect(await fhir.capabilityStatement()).toMatchObject({ fhirVersion: '4.0.1' })
    const { id, ...created } = await made('Kit')
    expect(await fhir.read({ resourceType: 'Patient', id: id! })).toEqual({ id, ...created })
    const body = { ...created, id, active: true }
    expect(await fhir.update({ resourceType: 'Patient', id: id!, body: body as never })).toMatchObject({
      meta: { versionId: '2' },
    })
    expect(await fhir.vread({ resourceType: 'Patient', id: id!, version: '1' })).toEqual({ id, ...created })
    const jsonPatch = [{ op: 'replace' as const, path: '/active', value: false }]
    expect(await fhir.patch({ resourceType: 'Patient', id: id!, jsonPatch })).toMatchObject({ active: false })
    expect(((await fhir.history({ resourceType: 'Patient', id: id! })) as unknown as Bundle).entry).toHaveLength(3)
    await fhir.delete({ resourceType: 'Patient', id: id! })
    await expect(fhir.read({ resourceType: 'Patient', id: id! })).rejects.toMatchObject({ response: { status: 410 } })
  })

  test('search with paging, compartment search, conditional update, transaction, operation', async () => {
    const fhir = client()
    for (let i = 0; i < 5; i++) await made('KitPage')
    let page = (await fhir.search({
      resourceType: 'Patient',
      searchParams: { family: 'KitPage', _count: 2 },
    })) as unknown as Bundle
    const seen = [...page.entry!]
    for (;;) {
      const next = fhir.nextPage({ bundle: page as never })
      if (next === undefined) break
      page = (await next) as unknown as Bundle
      seen.push(...page.entry!)
    }
    expect(new Set(seen.map((entry) => entry.resource!.id)).size).toBe(5)
    const postSearch = true
    const searchParams = { family: 'KitPage', _count: 3 }
    const posted = (await fhir.search({ resourceType: 'Patient', searchParams, options: { postSearch } })) as never
    expect(JSON.stringify((posted as Bundle).link)).not.toContain('KitPage')
    expect(((await fhir.nextPage({ bundle: posted })) as unknown as Bundle).entry).toHaveLength(2)
    const upsert = () =>
      fhir.update({
        resourceType: 'Patient',
        searchParams: { identifier: 'urn:mrn|KitOne' },
        body: patient('KitOne') as never,
      })
    const [first, second] = [await upsert(), await upsert()] as unknown as Patient[]
    expect(first!.id).toBe(second!.id)
    const done = (await fhir.transaction({ body: visit('KitVisit') as never })) as unknown as Bundle
    const id = done.entry![0]!.response!.location!.split('/')[1]!
    const compartment = { resourceType: 'Patient', id }
    const found = (await fhir.search({ resourceType: 'Observation', compartment })) as unknown as Bundle
    expect(found.entry).toHaveLength(1)
    const all = await fhir.operation({ name: 'everything', resourceType: 'Patient', id, method: 'GET' })
    expect((all as unknown as Bundle).entry).toHaveLength(2)
  })
})

/** The Node edition of fhirclient expects to be called inside a web application and to remember things there. */
const MEMORY = { get: async () => undefined, set: async (_: string, value: unknown) => value, unset: async () => true }

describe('fhirclient', () => {
  const client = () =>
    smart(new IncomingMessage(new Socket()), new ServerResponse(new IncomingMessage(new Socket())), MEMORY).client(
      `${address}/fhir/R4`,
    )

  test('create, read, update, patch, delete', async () => {
    const fhir = client()
    const created = await fhir.create<Patient>(patient('Smart') as never)
    expect(await fhir.request(`Patient/${created.id}`)).toEqual(created)
    const updated = await fhir.update<Patient>({ ...created, active: true } as never)
    expect(updated).toMatchObject({ active: true, meta: { versionId: '2' } })
    const patched = await fhir.patch<Patient>(`Patient/${created.id}`, [{ op: 'remove', path: '/active' }])
    expect(patched).not.toHaveProperty('active')
    await fhir.delete(`Patient/${created.id}`)
    await expect(fhir.request(`Patient/${created.id}`)).rejects.toMatchObject({ status: 410 })
    expect(await fhir.getFhirRelease()).toBe(4)
  })

  test('search with paging, references, conditional update, transaction', async () => {
    const fhir = client()
    for (let i = 0; i < 5; i++) await fhir.create(patient('SmartPage') as never)
    const ids = new Set<string>()
    for await (const resource of fhir.resources('Patient?family=SmartPage&_count=2')) ids.add(resource.id!)
    expect(ids.size).toBe(5)
    const posted = {
      url: 'Patient/_search',
      method: 'POST',
      body: new URLSearchParams({ family: 'SmartPage', _count: '2' }),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }
    const all = await fhir.request<Bundle[]>(posted, { pageLimit: 0 })
    expect(all.map(({ entry }) => entry!.length)).toEqual([2, 2, 1])
    const bundle = await fhir.request<Bundle>({
      url: '',
      method: 'POST',
      body: JSON.stringify(visit('SmartVisit')),
      headers: { 'content-type': 'application/fhir+json' },
    })
    const observation = await fhir.request<Observation>(bundle.entry![1]!.response!.location!.split('/_history')[0]!)
    const references = await fhir.getReferences(observation as never, ['subject'])
    expect(Object.values(references)[0]).toMatchObject({ name: [{ family: 'SmartVisit' }] })
    const upsert = () =>
      fhir.request<Patient>({
        url: 'Patient?identifier=urn:mrn|SmartOne',
        method: 'PUT',
        body: JSON.stringify(patient('SmartOne')),
        headers: { 'content-type': 'application/fhir+json' },
      })
    expect((await upsert()).id).toBe((await upsert()).id)
  })
})

describe('MedplumClient', () => {
  const client = () =>
    new MedplumClient({ baseUrl: `${address}/`, fhirUrlPath: 'fhir/R4', cacheTime: 0, maxRetries: 0 })

  test('create, read, update, patch, history, delete', async () => {
    const fhir = client()
    const created = (await fhir.createResource(patient('Plum') as never)) as unknown as Patient
    expect(await fhir.readResource('Patient', created.id!)).toEqual(created)
    const updated = await fhir.updateResource({ ...created, active: true } as never)
    expect(updated).toMatchObject({ active: true, meta: { versionId: '2' } })
    const patched = await fhir.patchResource('Patient', created.id!, [{ op: 'replace', path: '/active', value: false }])
    expect(patched.active).toBe(false)
    expect((await fhir.readHistory('Patient', created.id!)).entry).toHaveLength(3)
    expect((await fhir.readVersion('Patient', created.id!, '1')).meta!.versionId).toBe('1')
    await fhir.deleteResource('Patient', created.id!)
    await expect(fhir.readResource('Patient', created.id!)).rejects.toMatchObject({
      outcome: { resourceType: 'OperationOutcome' },
    })
  })

  test('search with paging, conditional create and update, transaction, $everything', async () => {
    const fhir = client()
    for (let i = 0; i < 5; i++) await fhir.createResource(patient('PlumPage') as never)
    const ids = new Set<string>()
    for await (const page of fhir.searchResourcePages('Patient', { family: 'PlumPage', _count: '2' }))
      for (const resource of page) ids.add(resource.id)
    expect(ids.size).toBe(5)
    const one = () => fhir.createResourceIfNoneExist(patient('PlumOne') as never, 'identifier=urn:mrn|PlumOne')
    expect(((await one()) as unknown as Patient).id).toBe(((await one()) as unknown as Patient).id)
    const upsert = (active: boolean) =>
      fhir.upsertResource(patient('PlumTwo', { active }) as never, 'identifier=urn:mrn|PlumTwo')
    const [first, second] = [await upsert(true), await upsert(false)] as unknown as Patient[]
    expect([second!.id, second!.meta!.versionId]).toEqual([first!.id, '2'])
    const done = await fhir.executeBatch(visit('PlumVisit') as never)
    const id = done.entry![0]!.response!.location!.split('/')[1]!
    expect((await fhir.readPatientEverything(id)).entry).toHaveLength(2)
  })
})
