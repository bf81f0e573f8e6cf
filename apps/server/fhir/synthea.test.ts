import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { parseJson, sourceOf } from '#fhir/json'
import { BASE, fhirServer, type ReplyBody } from '#testing/fhir-server'

const server = fhirServer()
const { request } = server
const file = resolve(import.meta.dirname, '../../../../shared/data/synthea/p010.json.gz')

describe.skipIf(!existsSync(file))(
  'a whole patient as one transaction (skipped where ../shared/data/synthea is absent)',
  () => {
    test('everything arrives, points to what arrived with it, and leaves as $everything', async () => {
      const text = gunzipSync(readFileSync(file))
      const sent = (JSON.parse(text.toString('utf8')) as ReplyBody).entry
      const { status, body } = await request('POST', '', text)
      expect([status, body.entry.length]).toEqual([200, sent.length])
      expect(new Set(body.entry.map(({ response }) => response.status))).toEqual(new Set(['201 Created']))
      const patient = body.entry
        .find(({ response }) => response.location.startsWith('Patient/'))!
        .response.location.split('/')[1]

      const all = new Map<string, ReplyBody>()
      let next: string | undefined = `${BASE}/Patient/${patient}/$everything?_count=100`
      while (next !== undefined) {
        const page = await request('GET', next.slice(BASE.length - '/fhir/R4'.length))
        expect(page.text).not.toContain('"reference":"urn:uuid:')
        for (const { resource } of page.body.entry) all.set(`${resource.resourceType}/${resource.id}`, resource)
        next = page.body.link.find(({ relation }) => relation === 'next')?.url
      }
      expect(all.size).toBe(sent.length)
      const references = [...all.values()].flatMap(
        (resource) => JSON.stringify(resource).match(/"reference":"[A-Z][^"]*"/g) ?? [],
      )
      expect(references.length).toBeGreaterThan(sent.length)
      expect(references.filter((reference) => !all.has(reference.slice('"reference":"'.length, -1)))).toEqual([])
    })

    test('numbers keep their spelling', async () => {
      const text = gunzipSync(readFileSync(file))
      const { body } = await request('POST', '', text)
      const document = parseJson(text)
      if (!document.ok) throw new Error('the sample cannot be read')
      const { tape } = document.value
      const decimals: string[] = []
      for (let node = 0; node < tape.length; node += 4) {
        const source = sourceOf(document.value, node)
        if (source.length < 30 && /^-?\d+\.\d+$/.test(source)) decimals.push(source)
      }
      const locations = body.entry.map(({ response }) => response.location.split('/_history')[0]!)
      const entry = locations.map((url) => ({ request: { method: 'GET', url } }))
      const back = await request('POST', '', { resourceType: 'Bundle', type: 'batch', entry })
      for (const decimal of new Set(decimals)) expect(back.text).toContain(decimal)
    })
  },
)
