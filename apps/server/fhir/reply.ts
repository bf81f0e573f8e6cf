import type { FastifyReply, FastifyRequest } from 'fastify'
import { toOperationOutcome } from '#fhir/outcome'
import { refusedBy } from './answers.ts'
import type { Answer } from './exchange.ts'
import { failure } from './failure.ts'
import { etagOf } from './headers.ts'
import { bytesOf, lengthOf, type Pieces, piecesOf } from './pieces.ts'
import { pretty } from './presentation.ts'
import type { HttpRule } from './refusals.ts'

const CONTENT_TYPE = 'application/fhir+json; charset=utf-8'

/**
 * From here on a text is turned into bytes by us, piece by piece: joined first, large answers would be megabytes of
 * garbage that V8 collects late.
 */
const LARGE = 32 * 1024

/** @param base of the endpoint, for Location */
export function send(reply: FastifyReply, answer: Answer, indent: boolean, base = ''): FastifyReply {
  const { status, stored, created, located, refusals, headers } = answer
  const body = refusals === undefined ? answer.body : JSON.stringify(toOperationOutcome(refusals))
  reply.code(status)
  // without it a browser may serve a record of yesterday by guessing from Last-Modified
  reply.header('cache-control', 'private, no-cache')
  if (stored !== undefined) {
    reply.header('etag', etagOf(stored.version))
    reply.header('last-modified', new Date(stored.at).toUTCString())
    const address = `${base}/${stored.type}/${stored.id}/_history/${stored.version}`
    if (created) reply.header('location', address)
    if (located) reply.header('content-location', address)
  }
  if (headers !== undefined) reply.headers(headers)
  if (body === undefined) return reply.send()
  reply.header('content-type', CONTENT_TYPE)
  const pieces = presented(body, indent)
  return reply.send(lengthOf(pieces) > LARGE ? bytesOf(pieces) : pieces.join(''))
}

/** Above so many characters indenting would take more memory than it gives comfort to a reader. */
const MOST_INDENTED = 32 * 1024 * 1024

function presented(body: string | Pieces, indent: boolean): Pieces {
  const pieces = piecesOf(body)
  return indent && lengthOf(pieces) <= MOST_INDENTED ? [pretty(pieces.join(''))] : pieces
}

/** For the framework: whatever was thrown becomes an OperationOutcome. */
export function replyWithFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  void send(reply, failure(error, request), false)
}

export const replyWithRefusal = (reply: FastifyReply, rule: HttpRule): FastifyReply =>
  send(reply, refusedBy(rule), false)
