/** JSON that the framework reads for our own routes, as strictly as FHIR is read. */
import type { FastifyInstance } from 'fastify'
import { parseJson } from '#fhir/json'

/** In the framework's own words, so that every error handler knows what it is; nothing of what was sent is in it. */
class Unreadable extends Error {
  override readonly name = 'Unreadable'
  readonly code: string
  readonly statusCode: number

  constructor(code: string, statusCode: number) {
    super(code)
    this.code = code
    this.statusCode = statusCode
  }
}

const notStrict = () => new Unreadable('FST_ERR_CTP_INVALID_JSON_BODY', 400)
const compressed = () => new Unreadable('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415)

const MOST = 1024 * 1024

/**
 * At most 64 levels, no name twice, UTF-8, none of the names that change what objects are. Nothing compressed: its size is
 * not known before it is read. Call it before routes are registered; the FHIR endpoint reads its bodies itself.
 */
export function strictBodies(app: FastifyInstance): void {
  const guarded = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: MOST }, (request, body, done) => {
    const bytes = body as Buffer
    if (bytes.length > 0 && !parseJson(bytes).ok) return done(notStrict())
    // A body that is empty is refused by it as it always was.
    guarded(request, bytes.toString('utf8'), done)
  })
  app.addHook('onRequest', (request, _reply, done) => {
    const encoding = request.headers['content-encoding']
    const isPlain = encoding === undefined || encoding === 'identity'
    done(isPlain || request.url.startsWith('/fhir') ? undefined : compressed())
  })
}
