/** FHIR R4 over HTTP: from a request to an exchange, and from its answer to a reply. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Outcome, refuse } from '#fhir/outcome'
import type { Author, RecordStore } from '#foundation/record-store'
import { refused } from './answers.ts'
import { MAX_BUNDLE_BYTES } from './bundle.ts'
import { MAX_RESOURCE_BYTES } from './content.ts'
import type { Body, Exchange } from './exchange.ts'
import { headerOf } from './headers.ts'
import { perform } from './interactions.ts'
import { acceptsJson } from './negotiate.ts'
import { wantsPretty } from './presentation.ts'
import { type Parameters, parseQuery } from './query.ts'
import { httpRefusal } from './refusals.ts'
import { replyWithFailure, send } from './reply.ts'
import { parseTarget } from './target.ts'

export interface FhirOptions {
  readonly store: RecordStore
  /** absolute address of the endpoint without a slash at the end; by default what the client called */
  readonly base?: string
  /** who writes, until there is sign-in */
  readonly author: Author
}

export const FHIR_PATH = '/fhir/R4'
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Registers the endpoint at `/fhir/R4`. */
export async function fhirRoutes(app: FastifyInstance, options: FhirOptions): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
  app.setErrorHandler(replyWithFailure)
  const handler = async (request: FastifyRequest, reply: FastifyReply) => handle(options, request, reply)
  for (const url of [FHIR_PATH, `${FHIR_PATH}/`])
    app.route({ method: METHODS, url, bodyLimit: MAX_BUNDLE_BYTES, handler })
  app.route({ method: METHODS, url: `${FHIR_PATH}/*`, bodyLimit: MAX_RESOURCE_BYTES, handler })
}

async function handle(options: FhirOptions, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { url } = request
  const mark = url.indexOf('?')
  const path = mark < 0 ? url.slice(FHIR_PATH.length) : url.slice(FHIR_PATH.length, mark)
  const query = mark < 0 ? '' : url.slice(mark + 1)
  const parameters = query === '' ? NO_PARAMETERS : parseQuery(query)
  if (!parameters.ok) return send(reply, refused(parameters.refusals), false)
  const indent = wantsPretty(parameters.value)
  if (!acceptsJson(request.headers.accept, parameters.value))
    return send(reply, refused([httpRefusal('FHIR-HTTP-5')]), indent)
  const target = parseTarget(path)
  if (!target.ok) return send(reply, refused(target.refusals), indent)
  const body = bodyOf(request)
  if (!body.ok) return send(reply, refused(body.refusals), indent)
  const exchange: Exchange = {
    store: options.store,
    base: options.base ?? baseOf(request),
    author: options.author,
    method: request.method,
    target: target.value,
    query,
    headers: request.headers,
    body: body.value,
  }
  return send(reply, await perform(exchange), indent, exchange.base)
}

const NO_PARAMETERS: Outcome<Parameters> = { ok: true, value: [] }
const NO_BODY: Outcome<Body | null> = { ok: true, value: null }

function bodyOf({ body, headers }: FastifyRequest): Outcome<Body | null> {
  if (!Buffer.isBuffer(body) || body.length === 0) return NO_BODY
  const encoding = headerOf(headers, 'content-encoding')
  if (encoding !== undefined && encoding !== 'identity')
    return refuse([httpRefusal('FHIR-HTTP-6', `Content-Encoding, identity`)])
  return { ok: true, value: { bytes: body, contentType: headers['content-type'] ?? '' } }
}

/** The address the client called; a Host header that is none is not repeated to anybody. */
function baseOf({ headers, protocol }: FastifyRequest): string {
  const host = headers.host ?? ''
  return `${protocol}://${/^[A-Za-z0-9.\-:[\]]+$/.test(host) ? host : 'localhost'}${FHIR_PATH}`
}
