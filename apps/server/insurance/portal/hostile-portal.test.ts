/** API10:2023 Unsafe Consumption of APIs: what a portal answers is looked at like what a stranger sends. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FAKE_ACCOUNT } from '#testing/fake-portal'
import { AT_ONCE, PORTAL_KINDS, PORTAL_PATHS } from './destination.ts'
import { Portal } from './index.ts'
import { aSignedFile } from './outbox-for-test.ts'

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void

let server: Server
let base = ''
let asked: string[] = []
let behave: Behaviour = (_, response) => void response.end()

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    request.resume()
    behave(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const portal = (): Portal =>
  new Portal(
    {
      id: 'bhxh',
      name: 'Cổng thử',
      base,
      paths: PORTAL_PATHS,
      kinds: PORTAL_KINDS,
      atOnce: AT_ONCE,
      ...FAKE_ACCOUNT,
      province: '00',
    },
    { timeout: 2000, retryAfter: 10, attempts: 1 },
  )

const say =
  (status: number, body: string, type = 'application/json'): Behaviour =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': type }).end(body)

test.each<[what: string, behaviour: Behaviour]>([
  ['a page', say(200, '<html><script>alert(1)</script></html>', 'text/html')],
  ['nothing', say(200, '')],
  ['a list', say(200, '[1,2,3]')],
  ['null', say(200, 'null')],
  ['a prototype', say(200, '{"__proto__":{"maKetQua":"200","APIKey":{"access_token":"x"}}}')],
  ['numbers where texts are', say(200, '{"maKetQua":{"$gt":""},"APIKey":{"access_token":{},"expires_in":[]}}')],
  ['a depth without end', say(200, '['.repeat(100_000))],
  ['half a letter', say(200, '{"maKetQua":"\\ud800"')],
])('%s is no receipt', async (_, behaviour) => {
  behave = behaviour
  expect((await portal().submit(aSignedFile())).kind).not.toBe('received')
  expect(({} as Record<string, unknown>)['maKetQua']).toBeUndefined()
})

test('where it is sent on to, the account is not carried', async () => {
  asked = []
  behave = (_, response) => void response.writeHead(307, { location: `${base}/elsewhere` }).end()
  expect((await portal().submit(aSignedFile())).kind).not.toBe('received')
  expect(asked.filter((path) => path.includes('elsewhere'))).toEqual([])
})

test('an answer without an end is left before it fills the memory', async () => {
  let sent = 0
  behave = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const more = (): void => {
      while (!response.destroyed && sent < 200_000_000) {
        sent += 65_536
        if (!response.write(' '.repeat(65_536))) return void response.once('drain', more)
      }
      response.end()
    }
    more()
  }
  expect((await portal().submit(aSignedFile())).kind).not.toBe('received')
  expect(sent).toBeLessThan(60_000_000)
})
