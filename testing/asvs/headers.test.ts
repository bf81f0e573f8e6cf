/** What browsers are told with every answer of a server that is reached by https. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '#apps/server'
import { openStore, type RecordStore } from '#foundation/record-store'
import { databaseForTest } from '#testing/postgres'

let app: FastifyInstance
let store: RecordStore
beforeAll(async () => {
  store = await openStore((await databaseForTest()).connection)
  app = await buildApp({ store, base: 'https://emr.example.vn/fhir/R4' })
})
afterAll(async () => {
  await app?.close()
  await store?.close()
})

const ANSWERS = [
  ['GET', '/fhir/R4/metadata'],
  ['GET', '/fhir/R4/Patient/nobody'],
  ['POST', '/fhir/R4/Patient'],
  ['GET', '/insurance/rules'],
  ['GET', '/nothing'],
  ['TRACE', '/fhir/R4/Patient'],
  ['GET', '/%zz'],
] as const

test.each(ANSWERS)(
  '%s %s: https for a year, no sniffing, no referrer, no frame, nothing foreign',
  async (method, url) => {
    const { headers } = await app.inject({ method: method as 'GET', url, headers: { host: 'emr.example.vn' } })
    const age = Number(/max-age=(\d+)/.exec(String(headers['strict-transport-security']))?.[1])
    expect(age).toBeGreaterThanOrEqual(31_536_000)
    expect(headers['strict-transport-security']).toContain('includeSubDomains')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'/)
    expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/)
    if (headers['content-type'] !== undefined) expect(headers['content-type']).toMatch(/charset=utf-8/i)
  },
)

test('an answer about a record is kept by no cache that others share', async () => {
  const { headers } = await app.inject({ url: '/fhir/R4/Patient?name=x', headers: { host: 'emr.example.vn' } })
  expect(headers['cache-control']).toMatch(/no-store|private/)
})
