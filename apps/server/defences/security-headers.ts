/**
 * What browsers are told about every answer: pages, records, errors, addresses that do not exist.
 * @source OWASP ASVS 5.0 chapter 3.4; https://www.w3.org/TR/CSP3/
 */
import type { FastifyInstance, FastifyReply } from 'fastify'

export interface HeaderOptions {
  /** whether people reach us by https only: browsers are told to remember it */
  readonly tls: boolean
  /** pages get memory of their own, which threads of face recognition need; nothing foreign can be loaded then */
  readonly isolated?: boolean
}

/**
 * Everything from our own origin, no script in a page. Components set their styles at run time, so styles may stand
 * there; workers of the camera are made from a blob.
 */
const PAGE_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** An answer that is no page loads nothing, wherever it is opened. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

/** The camera reads cards, passkeys sign in, numbers are copied; nothing else of the device is asked for. */
const OFF = `accelerometer autoplay bluetooth browsing-topics display-capture encrypted-media geolocation gyroscope hid
  idle-detection local-fonts magnetometer microphone midi payment picture-in-picture screen-wake-lock serial usb web-share
  xr-spatial-tracking`.split(/\s+/)
const OURS = ['camera', 'clipboard-write', 'fullscreen', 'publickey-credentials-create', 'publickey-credentials-get']
const DEVICE_POLICY = [...OURS.map((name) => `${name}=(self)`), ...OFF.map((name) => `${name}=()`)].join(', ')

/** A year, which browsers count anew with each answer. */
const HTTPS_ONLY = 'max-age=31536000; includeSubDomains'

const EVERYWHERE = {
  'content-security-policy': DATA_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** Of an answer that a browser shows as a page, beside its policy. */
const PAGE_HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': DEVICE_POLICY,
} as const

const ISOLATED = { 'cross-origin-embedder-policy': 'require-corp' } as const

/**
 * Says them on every route that `app` has or gets. Call it before routes are registered. What a route says itself holds:
 * pages of the OAuth server have a stricter policy of their own.
 */
export function securityHeaders(app: FastifyInstance, { tls, isolated = false }: HeaderOptions): void {
  app.addHook('onRequest', (_request, reply, done) => {
    withSecurityHeaders(reply, tls)
    done()
  })
  app.addHook('onSend', (_request, reply, payload, done) => {
    completeHeaders(reply, isolated)
    done(null, payload)
  })
}

const OVER_TLS = { ...EVERYWHERE, 'strict-transport-security': HTTPS_ONLY } as const

/** For answers to what is no request yet, before which no hook runs. */
export const withSecurityHeaders = (reply: FastifyReply, tls: boolean): FastifyReply =>
  reply.headers(tls ? OVER_TLS : EVERYWHERE)

function completeHeaders(reply: FastifyReply, isolated: boolean): void {
  const type = String(reply.getHeader('content-type') ?? '')
  if (type.startsWith('application/fhir+json')) return
  // What is answered to a person is not found again in a shared computer's cache.
  if (type.startsWith('application/json') && reply.getHeader('cache-control') === undefined)
    reply.header('cache-control', 'no-store')
  const isPage = type.startsWith('text/html')
  // Scripts too: a worker lives by the policy of its own file.
  const isScript = type.includes('javascript')
  const own = reply.getHeader('content-security-policy')
  if ((isPage || isScript) && own === DATA_POLICY) reply.header('content-security-policy', PAGE_POLICY)
  // A page with a policy of its own is one of the OAuth server: an app may have opened it in a window and waits for it.
  if (isPage && own === DATA_POLICY) reply.headers(PAGE_HEADERS)
  if (isolated && (isPage || isScript)) reply.headers(ISOLATED)
  // It is kept with what the browser has already, whose policy would be replaced by this one.
  if (reply.statusCode === 304) reply.removeHeader('content-security-policy')
}
