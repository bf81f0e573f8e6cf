/**
 * Apps in browsers come from other origins: they may call the FHIR endpoint, with a token alone. Cookies of this server
 * never go along (`Access-Control-Allow-Credentials` is not said), so a page that somebody happens to visit reads nothing.
 * Only where sign-in is on: without it, every page of the world could read what this computer can.
 * @source https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#considerations-for-cross-origin-resource-sharing-cors-support
 */
import type { FastifyInstance } from 'fastify'

const SAYS = 'Location, Content-Location, ETag, Last-Modified, Retry-After, X-Request-Id, WWW-Authenticate'
const TAKES = 'Authorization, Content-Type, Accept, Prefer, If-Match, If-None-Match, If-None-Exist, If-Modified-Since'

/** Call it before the routes of the endpoint are registered. @param base absolute address of the endpoint */
export function letAppsRead(app: FastifyInstance, base: string): void {
  const { pathname, origin } = new URL(base)
  app.addHook('onRequest', async (request, reply) => {
    const from = request.headers.origin
    const isEndpoint = request.url === pathname || /^[/?]/.test(request.url.slice(pathname.length))
    if (from === undefined || from === origin || !request.url.startsWith(pathname) || !isEndpoint) return
    reply.headers({ 'access-control-allow-origin': '*', 'access-control-expose-headers': SAYS })
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return
    const allowed = {
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-max-age': '600',
    }
    await reply
      .code(204)
      .headers({ ...allowed, 'access-control-allow-headers': TAKES })
      .send()
  })
}
