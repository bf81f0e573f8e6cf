import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { get } from './http-request.ts'
import { type Source, WrongAnswer, drive } from './load.ts'

const closings: (() => void)[] = []
afterEach(() => closings.splice(0).forEach((close) => close()))

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closings.push(() => server.close())
  return (server.address() as AddressInfo).port
}

const source = (check?: (body: string) => string | null): Source => ({
  status: 200,
  next: () => ({ bytes: get('/'), check }),
})
const SHORT = { connections: 3, warmUp: 0.05, seconds: 0.3 }

test('every answer is counted, its length and its time', async () => {
  let answered = 0
  const port = await serve((_, response) => {
    answered += 1
    setTimeout(() => response.end('twelve bytes'), 5)
  })
  const measured = await drive(source(), { ...SHORT, port })
  expect(measured.bytes).toBe(12)
  expect(measured.p50).toBeGreaterThanOrEqual(4)
  expect(measured.requests).toBeGreaterThan(20)
  expect(measured.requests).toBeLessThan(answered)
  expect(measured.perSecond * measured.seconds).toBeCloseTo(measured.requests)
})

test('an error ends the measurement and says what the server said', async () => {
  let k = 0
  const port = await serve((_, response) => {
    k += 1
    if (k > 50) response.statusCode = 500
    response.end(k > 50 ? 'broken' : 'fine')
  })
  const failed = drive(source(), { ...SHORT, port })
  await expect(failed).rejects.toThrow(WrongAnswer)
  await expect(failed).rejects.toThrow('status 500 instead of 200: broken')
})

test('a wrong body is found although only a sample is read', async () => {
  let k = 0
  const port = await serve((_, response) => response.end(k++ < 10 ? 'right' : 'wrong'))
  const check = (body: string) => (body === 'right' ? null : `the body is ${body}`)
  await expect(drive(source(check), { ...SHORT, seconds: 10, port })).rejects.toThrow('the body is wrong')
})

test('a server that closes a connection is not measured', async () => {
  const port = await serve((_, response) => response.destroy())
  await expect(drive(source(), { ...SHORT, port })).rejects.toThrow(/closed|reset|hang up/i)
})

test('a source that ends, ends the measurement', async () => {
  const port = await serve((_, response) => response.end())
  let left = 10
  const finite: Source = { status: 200, next: () => (left-- > 0 ? { bytes: get('/') } : null) }
  const measured = await drive(finite, { port, connections: 4, warmUp: 0, seconds: 60 })
  expect(measured.requests).toBe(10)
  expect(measured.seconds).toBeLessThan(5)
})
