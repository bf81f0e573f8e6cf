import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, describe, expect, test } from 'vitest'
import { shedLoad } from './load-shedding.ts'
import { urgencyOf } from './urgency.ts'

describe('what can wait, and what cannot', () => {
  const of = (method: string, url: string, length?: number) =>
    urgencyOf({ method, url, headers: length === undefined ? {} : { 'content-length': String(length) } })

  test.each([
    ['GET', '/fhir/R4/Patient/1', 'vital'],
    ['HEAD', '/fhir/R4/Observation/a.b-c/_history/2', 'vital'],
    ['GET', '/fhir/R4/Patient/1/$timeline?_count=50', 'vital'],
    ['GET', '/fhir/R4/metadata', 'vital'],
    ['POST', '/sign-in/password', 'vital'],
    ['POST', '/access/break-glass', 'vital'],
    ['GET', '/patients/1', 'vital'],
    ['GET', '/assets/app.js', 'vital'],
    ['PUT', '/fhir/R4/MedicationRequest/1', 'usual'],
    ['POST', '/fhir/R4/Observation', 'usual'],
    ['GET', '/fhir/R4/Observation?code=1&patient=Patient/1', 'usual'],
    ['GET', '/fhir/R4/Encounter?subject:Patient=1', 'usual'],
    ['GET', '/fhir/R4/Patient/1/Condition', 'usual'],
    ['GET', '/insurance/card-look-ups/1/apply', 'usual'],
    ['GET', '/fhir/R4/Patient?name=an', 'can-wait'],
    ['GET', '/fhir/R4/Observation?code=patient', 'can-wait'],
    ['GET', '/fhir/R4/Patient/_history', 'can-wait'],
    ['GET', '/fhir/R4/Patient/1/$everything', 'can-wait'],
    ['GET', '/fhir/R4?_type=Patient', 'can-wait'],
    ['POST', '/fhir/R4/Patient/_search', 'can-wait'],
    ['POST', '/insurance/imports', 'can-wait'],
    ['GET', '/insurance/month/2026-07/report.csv', 'can-wait'],
    ['POST', '/audit/acts', 'can-wait'],
  ])('%s %s: %s', (method, url, urgency) => {
    expect(of(method, url)).toBe(urgency)
  })

  test('a Bundle by its length', () => {
    expect([of('POST', '/fhir/R4', 900), of('POST', '/fhir/R4/', 900)]).toEqual(['usual', 'usual'])
    expect([of('POST', '/fhir/R4', 90_000), of('POST', '/fhir/R4')]).toEqual(['can-wait', 'can-wait'])
  })
})

/** Asks until it is ended, `at` at a time. Written in plain JavaScript: it runs by itself. */
const FLOOD = `
  const [address, at] = process.argv.slice(1)
  const { Agent, get } = require('node:http')
  const agent = new Agent({ keepAlive: true, maxSockets: Number(at) })
  const ask = () => get(address, { agent }, (answer) => answer.resume().on('end', ask)).on('error', () => setTimeout(ask, 50))
  for (let n = 0; n < Number(at); n += 1) ask()
`

let app: FastifyInstance | undefined
const floods: ChildProcess[] = []

afterEach(async () => {
  await Promise.all(floods.splice(0).map((one) => (one.kill('SIGKILL'), once(one, 'exit'))))
  await app?.close()
})

function burn(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

test('in a flood of searches records are read, searches are told to come again, and afterwards all is as before', async () => {
  app = fastify()
  await shedLoad(app, { busy: 60, lookedAt: 100 })
  let searched = 0
  app.get('/fhir/R4/Patient', async () => {
    searched += 1
    burn(30)
    return {}
  })
  app.get('/fhir/R4/Patient/:id', async () => ({ resourceType: 'Patient' }))
  app.post('/sign-in/password', async () => ({}))
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const search = () => fetch(`${address}/fhir/R4/Patient?name=an`)
  await expect.poll(async () => (await search()).status).toBe(200)
  for (let n = 0; n < 2; n += 1)
    floods.push(spawn(process.execPath, ['-e', FLOOD, `${address}/fhir/R4/Patient?name=b`, '40'], { stdio: 'ignore' }))
  const statuses: number[] = []
  const waits: number[] = []
  const told = { retryAfter: '', rule: '' }
  const end = performance.now() + 6000
  while (performance.now() < end) {
    const begun = performance.now()
    const read = await fetch(`${address}/fhir/R4/Patient/1`)
    waits.push(performance.now() - begun)
    statuses.push(read.status, (await fetch(`${address}/sign-in/password`, { method: 'POST' })).status)
    const found = await search()
    if (found.status === 503) {
      told.retryAfter = found.headers.get('retry-after') ?? ''
      told.rule = JSON.stringify(await found.json())
    }
  }
  expect(new Set(statuses)).toEqual(new Set([200]))
  expect(told.retryAfter).toMatch(/^[1-5]$/)
  expect(told.rule).toContain('LOAD-1')
  expect(searched).toBeGreaterThan(10)
  // Without shedding 80 searches of 30 ms each stand before every read: 2.4 s.
  expect(waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)]).toBeLessThan(1200)
  await Promise.all(floods.splice(0).map((one) => (one.kill('SIGKILL'), once(one, 'exit'))))
  await expect.poll(async () => (await search()).status, { timeout: 10_000 }).toBe(200)
})

test('so many searches at once, and the next one waits outside; one that was given up makes room', async () => {
  app = fastify()
  await shedLoad(app, { mostAtOnce: 2 })
  const gate = Promise.withResolvers<void>()
  app.get('/fhir/R4/Patient', async () => gate.promise.then(() => ({})))
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const leaver = new AbortController()
  const first = fetch(`${address}/fhir/R4/Patient`)
  const second = fetch(`${address}/fhir/R4/Patient`, { signal: leaver.signal }).catch(() => null)
  await pause(100)
  expect((await fetch(`${address}/fhir/R4/Patient`)).status).toBe(503)
  leaver.abort()
  await second
  await pause(100)
  const third = fetch(`${address}/fhir/R4/Patient`)
  await pause(100)
  gate.resolve()
  expect([(await first).status, (await third).status]).toEqual([200, 200])
})
