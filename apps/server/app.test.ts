import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fhirServer } from '#testing/fhir-server'
import { buildApp } from './app.ts'

const server = fhirServer()
const folder = mkdtempSync(join(tmpdir(), 'lanh-screens-'))
let app: FastifyInstance

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Lành</title>')
  writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'export {}')
  app = await buildApp({ store: server.store, screens: folder })
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

const get = (url: string, accept = 'text/html,*/*;q=0.8') => app.inject({ url, headers: { accept } })

describe('the name by which it is called', () => {
  const status = async (host: string, url = '/fhir/R4/Patient') => {
    const { statusCode, body } = await app.inject({ url, headers: { host, accept: 'text/html' } })
    return body.includes('FHIR-HTTP-25') ? statusCode : 'ours'
  }

  test('another name than a loopback one is refused, for records and for screens', async () => {
    for (const host of ['evil.example', 'evil.example:8080', 'localhost.evil.example', '127.0.0.1.evil.example', '::1'])
      for (const url of ['/fhir/R4/Patient', '/', '/assets/app-1a2b.js', '/fhir/R5'])
        expect([host, url, await status(host, url)]).toEqual([host, url, 421])
  })

  test('loopback names with any port are ours, and the host of the configured address', async () => {
    for (const host of ['localhost', 'LOCALHOST:9000', '127.0.0.1:8080', '[::1]', '[::1]:8080'])
      expect([host, await status(host)]).toEqual([host, 'ours'])
    const named = await buildApp({ store: server.store, base: 'https://lanh.example/fhir/R4' })
    const { statusCode } = await named.inject({ url: '/fhir/R4/metadata', headers: { host: 'lanh.example' } })
    await named.close()
    expect(statusCode).toBe(200)
  })
})

describe('the screens', () => {
  test('every address without a file is the page', async () => {
    for (const url of ['/', '/patients/1/results', '/patients/a.b?tab=labs']) {
      const { statusCode, headers, body } = await get(url)
      expect([url, statusCode, body.includes('<title>Lành')]).toEqual([url, 200, true])
      expect(headers['cache-control']).toBe('no-cache')
    }
  })

  test('no script but ours may run, and nobody may frame the page', async () => {
    const policy = String((await get('/')).headers['content-security-policy'])
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toMatch(/script-src 'self';/)
    expect(policy).not.toMatch(/unsafe-eval/)
    expect((await get('/patients/1')).headers['content-security-policy']).toBe(policy)
  })

  test('assets are kept for ever; one that is not there is no page', async () => {
    expect((await get('/assets/app-1a2b.js')).headers['cache-control']).toContain('immutable')
    expect((await get('/assets/gone.js')).statusCode).toBe(404)
  })

  test('FHIR is never answered with the page', async () => {
    expect((await get('/fhir/R4/Patient/none')).json()).toMatchObject({ resourceType: 'OperationOutcome' })
    expect((await get('/fhir/R5/Patient')).json()).toMatchObject({ resourceType: 'OperationOutcome' })
    expect((await get('/anything', 'application/json')).statusCode).toBe(404)
  })

  test('files outside the folder stay there', async () => {
    for (const url of ['/../package.json', '/..%2f..%2fetc/passwd', '/assets/..%5c..%5cx', '/%00'])
      expect((await get(url, '*/*')).body).not.toMatch(/root:|"dependencies"/)
  })
})

test('bytes that are no HTTP are answered with an OperationOutcome, and the server lives', async () => {
  const address = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const speak = (bytes: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let answer = ''
      const socket = connect(Number(address.port), address.hostname, () => socket.write(bytes))
      socket.setEncoding('utf8').on('data', (data) => (answer += data))
      socket.on('close', () => resolve(answer)).on('error', reject)
    })
  expect(await speak('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1.1 400 [^]*OperationOutcome/)
  const large = `GET /fhir/R4/Patient HTTP/1.1\r\nhost: x\r\nx-large: ${'a'.repeat(20_000)}\r\n\r\n`
  expect(await speak(large)).toMatch(/^HTTP\/1.1 431 [^]*OperationOutcome/)
  expect((await fetch(new URL('/fhir/R4/metadata', address))).status).toBe(200)
})
