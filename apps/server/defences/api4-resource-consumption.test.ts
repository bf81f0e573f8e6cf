/** @source https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/ */
import { type AddressInfo, connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { wholeApp } from './whole-app-for-test.ts'

const whole = wholeApp()
let port = 0

beforeAll(async () => {
  await whole.app.listen({ port: 0, host: '127.0.0.1' })
  port = (whole.app.server.address() as AddressInfo).port
})

const post = (url: string, payload: string | Buffer, headers: Record<string, string> = {}) =>
  whole.app.inject({
    method: 'POST',
    url,
    payload,
    headers: { host: 'localhost:8080', 'content-type': 'application/json', ...headers },
  })

/** Says it all on a connection of its own. @returns the first line of the answer; '' when it was cut off without one */
const say = (text: string, open?: (socket: Socket) => void): Promise<{ line: string; ms: number }> =>
  new Promise((resolve, reject) => {
    const begun = performance.now()
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(text)
      open?.(socket)
    })
    const end = () => resolve({ line: heard.split('\r\n')[0] ?? '', ms: performance.now() - begun })
    socket.on('data', (bytes) => {
      heard += bytes.toString()
      socket.end()
    })
    socket.on('close', end)
    socket.on('error', (fault: NodeJS.ErrnoException) =>
      ['ECONNRESET', 'EPIPE'].includes(fault.code ?? '') ? end() : reject(fault),
    )
  })

describe('depth', () => {
  const deep = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`

  test('more than 64 levels are read by no route, however they would answer', async () => {
    const reading = whole.routes.filter(({ method }) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method))
    for (const { method, url } of reading) {
      const type = url.startsWith('/fhir') ? 'application/fhir+json' : 'application/json'
      const headers = { host: 'localhost:8080', 'content-type': type }
      const { statusCode } = await whole.app.inject({ method: method as 'POST', url, headers, payload: deep(10_000) })
      expect([method, url, statusCode >= 400 && statusCode < 500]).toEqual([method, url, true])
    }
  })

  test('64 are', async () => {
    expect((await post('/sign-in/password', deep(60))).statusCode).not.toBe(413)
    expect((await post('/sign-in/password', '{"account":"nobody"}')).json()).toMatchObject({ rule: expect.any(String) })
  })
})

describe('size', () => {
  test('a body over its limit is refused by 413 before it is read to its end', async () => {
    const megabytes = (n: number) => Buffer.alloc(n * 1024 * 1024, 0x20)
    expect((await post('/sign-in/password', megabytes(1))).statusCode).toBe(413)
    expect((await post('/administration/accounts', megabytes(1))).statusCode).toBe(413)
    expect((await post('/access/simulate', megabytes(2))).statusCode).toBe(413)
    const said =
      'POST /fhir/R4/Patient HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/fhir+json\r\ncontent-length: 9000000000\r\n\r\n{'
    expect((await say(said)).line).toBe('HTTP/1.1 413 Payload Too Large')
  })

  test('address and headers together have 16 KiB', async () => {
    const long = 'a'.repeat(20_000)
    expect((await say(`GET /fhir/R4/Patient?name=${long} HTTP/1.1\r\nhost: localhost\r\n\r\n`)).line).toContain('431')
    expect((await say(`GET / HTTP/1.1\r\nhost: localhost\r\nx: ${long}\r\n\r\n`)).line).toContain('431')
  })

  test('what is compressed is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024))
    for (const encoding of ['gzip', 'br', 'deflate', 'gzip, identity'])
      for (const url of ['/sign-in/password', '/access/simulate', '/insurance/imports', '/fhir/R4/Patient'])
        expect([encoding, url, (await post(url, bomb, { 'content-encoding': encoding })).statusCode]).toEqual([
          encoding,
          url,
          415,
        ])
    expect((await post('/sign-in/password', '{}', { 'content-encoding': 'identity' })).statusCode).not.toBe(415)
  })
})

describe('time', () => {
  test(
    'a client whose headers drip is cut off after some 15 s, and others are served meanwhile',
    { timeout: 40_000 },
    async () => {
      let drip: NodeJS.Timeout | undefined
      const slow = say('GET /fhir/R4/metadata HTTP/1.1\r\nhost: localhost\r\n', (socket) => {
        drip = setInterval(() => socket.writable && socket.write('x-a: b\r\n'), 500)
      })
      expect((await say('GET /fhir/R4/metadata HTTP/1.1\r\nhost: localhost\r\n\r\n')).line).toBe('HTTP/1.1 200 OK')
      const { line, ms } = await slow
      clearInterval(drip)
      expect(line).toMatch(/^(HTTP\/1\.1 408 Request Timeout)?$/)
      expect(ms).toBeGreaterThan(10_000)
      expect(ms).toBeLessThan(25_000)
    },
  )

  test('a body that drips, a connection that sleeps and their number have limits', () => {
    const { requestTimeout, headersTimeout, keepAliveTimeout, timeout, maxConnections } = whole.app.server
    expect({ requestTimeout, headersTimeout, keepAliveTimeout, timeout, maxConnections }).toEqual({
      requestTimeout: 300_000,
      headersTimeout: 15_000,
      keepAliveTimeout: 65_000,
      timeout: 600_000,
      maxConnections: 8192,
    })
  })
})
