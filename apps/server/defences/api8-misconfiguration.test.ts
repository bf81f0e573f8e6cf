/** @source https://owasp.org/API-Security/editions/2023/en/0xa8-security-misconfiguration/ */
import { type AddressInfo, connect } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { wholeApp } from './whole-app-for-test.ts'

const whole = wholeApp()
let port = 0

beforeAll(async () => {
  await whole.app.listen({ port: 0, host: '127.0.0.1' })
  port = (whole.app.server.address() as AddressInfo).port
})

const ask = (method: string, url: string, payload?: string, headers: Record<string, string> = {}) =>
  whole.app.inject({
    method: method as 'POST',
    url,
    ...(payload === undefined ? {} : { payload }),
    headers: { host: 'localhost:8080', 'content-type': 'application/json', ...headers },
  })

/** Everything that is answered to these bytes. */
const say = (text: string): Promise<string> =>
  new Promise((resolve) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (bytes) => (heard += bytes.toString()))
    socket.on('error', () => resolve(heard))
    socket.on('close', () => resolve(heard))
  })

describe('JSON of our own routes', () => {
  const POST = () => whole.routes.filter(({ method, url }) => method === 'POST' && !/^\/(fhir|oauth)/.test(url))

  test.each([
    ['a name twice', '{"password":"a","password":"b"}'],
    ['a prototype', '{"__proto__":{"roles":["administrator"]}}'],
    ['a prototype by its constructor', '{"constructor":{"prototype":{"isAdmin":true}}}'],
    ['a prototype in disguise', '{"\\u005f_proto__":{"a":1}}'],
    ['a mark at the beginning', '\uFEFF{}'],
    ['half a surrogate', '{"a":"\\ud800"}'],
    ['the end missing', '{"a":'],
    ['a comment', '{/**/}'],
  ])('%s is refused on every route', async (_, body) => {
    for (const { url } of POST()) {
      const { statusCode } = await ask('POST', url, body)
      expect([url, statusCode >= 400 && statusCode < 500]).toEqual([url, true])
    }
    expect(({} as Record<string, unknown>)['roles'] ?? ({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
  })

  test('and as such, before anybody is asked for', async () => {
    expect((await ask('POST', '/access/simulate', '{"a":1,"a":2}')).statusCode).toBe(400)
    expect((await ask('POST', '/sign-in/password', '{"__proto__":{}}')).statusCode).toBe(400)
    const form = await ask('POST', '/sign-in/password', 'account=a', {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(form.statusCode).toBe(415)
  })
})

test('no answer tells what runs inside, whatever is asked', async () => {
  const asked = [
    ...whole.routes,
    ...[
      '/fhir/R4/Patient?_sort=%00',
      "/fhir/R4/Patient?name='",
      '/fhir/R4/Patient/1/_history/x',
      '/%2e%2e/',
      '/a\\b',
    ].map((url) => ({ method: 'GET', url })),
  ]
  for (const { method, url } of asked) {
    const { body, headers } = await ask(
      method,
      url,
      ['POST', 'PUT', 'PATCH'].includes(method) ? '{"a":[1]}' : undefined,
    )
    expect([method, url, body]).toEqual([
      method,
      url,
      expect.not.stringMatching(/node_modules|at .*\.ts:\d|\.js:\d+|fastify|postgres|select .* from|ECONN|stack/i),
    ])
    expect([url, headers['server'], headers['x-powered-by']]).toEqual([url, undefined, undefined])
  }
})

test('methods that mirror or pass on what was sent are not there', async () => {
  for (const method of ['TRACE', 'CONNECT', 'PROPFIND', 'DEBUG']) {
    const heard = await say(
      `${method} /fhir/R4/Patient HTTP/1.1\r\nhost: localhost\r\nx-secret: s3cret\r\nconnection: close\r\n\r\n`,
    )
    expect([method, heard.slice(0, 12)]).toEqual([method, expect.stringMatching(/^(HTTP\/1\.1 4\d\d)?$/)])
    expect(heard).not.toContain('s3cret')
  }
})

test('two readings of one request are refused: lengths that differ, chunks beside a length, bare line ends', async () => {
  const head = 'POST /fhir/R4/Patient HTTP/1.1\r\nhost: localhost\r\n'
  const smuggled = '0\r\n\r\nGET /fhir/R4/metadata HTTP/1.1\r\nhost: localhost\r\n\r\n'
  for (const lines of [
    'content-length: 5\r\ncontent-length: 6\r\n',
    'content-length: 5\r\ntransfer-encoding: chunked\r\n',
    'transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n',
    'content-length: +5\r\n',
    'content-length : 5\r\n',
    'x: y\n',
  ]) {
    const heard = await say(`${head}${lines}\r\n${smuggled}`)
    expect([lines, heard.slice(0, 12)]).toEqual([lines, 'HTTP/1.1 400'])
    expect([lines, heard.match(/HTTP\/1\.1/g)?.length]).toEqual([lines, 1])
  }
})

test('a request that names no host, or another one, is not ours', async () => {
  expect(await say('GET / HTTP/1.1\r\nconnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/)
  expect(await say('GET / HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 421/)
})

test('no other site may read an answer, except what is there for every app', async () => {
  for (const { method, url } of whole.routes) {
    const { headers } = await ask(method, url, undefined, { origin: 'https://evil.example' })
    // An app in a browser calls the endpoint with a token; the cookies of this server never go along.
    const isForAll = /smart-configuration|smart-style/.test(url) || /^\/fhir\/R4(\/|$)/.test(url)
    expect([method, url, headers['access-control-allow-origin']]).toEqual([method, url, isForAll ? '*' : undefined])
    expect(headers['access-control-allow-credentials']).toBeUndefined()
  }
})
