import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ResponseReader, type Response } from './response-reader.ts'

const plain = (body: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

const chunked = (parts: readonly string[]): string =>
  'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n' +
  parts.map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`).join('') +
  '0\r\n\r\n'

const anyBody = fc.string({ unit: 'binary', maxLength: 60 })
const anyParts = fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }), { maxLength: 5 })
const anyResponse = fc.oneof(
  anyBody.map((body) => ({ wire: plain(body), status: 200, body })),
  anyParts.map((parts) => ({ wire: chunked(parts), status: 201, body: parts.join('') })),
  fc.constant({ wire: 'HTTP/1.1 204 No Content\r\n\r\n', status: 204, body: '' }),
)

test('responses are the same however the bytes were cut on the way', () => {
  fc.assert(
    fc.property(fc.array(anyResponse, { maxLength: 6 }), fc.integer({ min: 1, max: 50 }), (responses, size) => {
      const seen: Response[] = []
      const reader = new ResponseReader((response) => seen.push(response))
      reader.keepBody = true
      const wire = Buffer.from(responses.map((response) => response.wire).join(''))
      for (let at = 0; at < wire.length; at += size) reader.push(wire.subarray(at, at + size))
      expect(seen.map(({ status, body, bytes }) => ({ status, body: body.toString(), bytes }))).toEqual(
        responses.map(({ status, body }) => ({ status, body, bytes: Buffer.byteLength(body) })),
      )
    }),
  )
})

test('bodies that nobody asked for are counted and dropped', () => {
  const seen: Response[] = []
  const reader = new ResponseReader((response) => seen.push(response))
  reader.push(Buffer.from(plain('Nguyễn')))
  expect(seen.map(({ body, bytes }) => [body.length, bytes])).toEqual([[0, 8]])
})
