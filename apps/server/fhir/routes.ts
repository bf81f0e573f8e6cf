/** FHIR R4 over HTTP: from a request to an exchange, and from its answer to a reply. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Outcome, refuse } from '#fhir/outcome'
import type { Author, RecordStore } from '#foundation/record-store'
import { refused } from './answers.ts'
import { MAX_BUNDLE_BYTES } from './bundle.ts'
import { FORM_TYPES, MAX_RESOURCE_BYTES, unreadable } from './content.ts'
import { definitionShelf, heedDefinitions } from './definition-shelf.ts'
import type { Answer, Body, Exchange } from './exchange.ts'
import { headerOf } from './headers.ts'
import { notTaken, perform } from './interactions.ts'
import { acceptsJson } from './negotiate.ts'
import { wantsPretty } from './presentation.ts'
import { type Parameters, parseQuery } from './query.ts'
import { httpRefusal } from './refusals.ts'
import { replyWithFailure, replyWithRefusal, send } from './reply.ts'
import { parseTarget } from './target.ts'
import type { Visit } from './visit.ts'

export interface FhirOptions {
  readonly store: RecordStore
  /** absolute address of the endpoint without a slash at the end; by default what the client called */
  readonly base?: string
  /** who writes where nobody signs in */
  readonly author: Author
  /** who comes, and behind which fence; without it everybody sees everything */
  readonly admit?: Admit
  /** `CapabilityStatement.rest.security` */
  readonly restSecurity?: () => object
}

/** A request at the door: who it is, or why they do not come in (401, with what they could do). */
export type Admit = (request: FastifyRequest, store: RecordStore) => Promise<Visit | Answer>

export const FHIR_PATH = '/fhir/R4'
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Registers the endpoint at `/fhir/R4`. */
export async function fhirRoutes(app: FastifyInstance, options: FhirOptions): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
  app.setErrorHandler(replyWithFailure)
  const shelf = definitionShelf(options.store)
  const hospital = { ...options, store: heedDefinitions(options.store, shelf), check: shelf.check }
  const handler = async (request: FastifyRequest, reply: FastifyReply) => handle(hospital, request, reply)
  for (const url of [FHIR_PATH, `${FHIR_PATH}/`])
    app.route({ method: METHODS, url, bodyLimit: MAX_BUNDLE_BYTES, handler })
  app.route({ method: METHODS, url: `${FHIR_PATH}/*`, bodyLimit: MAX_RESOURCE_BYTES, handler })
}

/** For addresses that no route has: below the endpoint every address has one, so it is the method (TRACE, PROPFIND). */
export function replyWithoutRoute({ url }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { path } = partsOf(url)
  if (!url.startsWith(FHIR_PATH) || !['', '/'].includes(path.slice(0, 1)))
    return replyWithRefusal(reply, 'FHIR-HTTP-21')
  const target = parseTarget(path)
  return send(reply, target.ok ? notTaken(target.value) : refused(target.refusals), false)
}

function partsOf(url: string): { readonly path: string; readonly query: string } {
  const mark = url.indexOf('?')
  return mark < 0
    ? { path: url.slice(FHIR_PATH.length), query: '' }
    : { path: url.slice(FHIR_PATH.length, mark), query: url.slice(mark + 1) }
}

async function handle(
  options: FhirOptions & Pick<Exchange, 'check'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { path, query } = partsOf(request.url)
  const parameters = presentationOf(request, path, query)
  if (!parameters.ok) return send(reply, refused(parameters.refusals), false)
  const indent = wantsPretty(parameters.value)
  if (!acceptsJson(request.headers.accept, parameters.value))
    return send(reply, refused([httpRefusal('FHIR-HTTP-5')]), indent)
  const target = parseTarget(path)
  if (!target.ok) return send(reply, refused(target.refusals), indent)
  const body = bodyOf(request)
  if (!body.ok) return send(reply, refused(body.refusals), indent)
  const isOpen = options.admit === undefined || (target.value.level === 'system' && target.value.name === 'metadata')
  const admitted = isOpen ? null : await options.admit(request, options.store)
  if (admitted !== null && 'status' in admitted) return send(reply, admitted, indent)
  const exchange: Exchange = {
    visit: admitted,
    store: admitted === null ? options.store : admitted.store,
    check: options.check,
    base: options.base ?? baseOf(request),
    restSecurity: options.restSecurity?.() ?? null,
    author: admitted === null ? options.author : { reference: admitted.author },
    method: request.method,
    target: target.value,
    query,
    headers: request.headers,
    body: body.value,
  }
  return send(reply, await perform(exchange), indent, exchange.base)
}

/** Parameters among which `_format` and `_pretty` may be: those of the address, and of the form of a search. */
function presentationOf({ method, body, headers }: FastifyRequest, path: string, query: string): Outcome<Parameters> {
  const isForm =
    method === 'POST' && path.endsWith('/_search') && unreadable(headers['content-type'] ?? '', FORM_TYPES) === ''
  if (!isForm || !Buffer.isBuffer(body)) return query === '' ? NO_PARAMETERS : parseQuery(query)
  return parseQuery(`${query}&${body.toString('utf8')}`)
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
