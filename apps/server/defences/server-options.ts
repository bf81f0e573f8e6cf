/** How long and how much of anything Node.js takes before it is read: the limits of a connection. */
import type { Server as HttpServer } from 'node:http'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import type { Certificate } from './certificate.ts'

const SECOND = 1000

/** Of `node:http` and `node:https` alike. @source https://nodejs.org/api/http.html#httpcreateserveroptions-requestlistener */
const CONNECTION = {
  /** a client that lets its headers drip is cut off */
  headersTimeout: 15 * SECOND,
  /** how often that is looked at */
  connectionsCheckingInterval: 2 * SECOND,
  /** address and headers together */
  maxHeaderSize: 16 * 1024,
  /** a request of HTTP/1.1 names its host */
  requireHostHeader: true,
  /** what is no header by the letter is not guessed at: two readings of one request are an attack */
  insecureHTTPParser: false,
} as const

/** TLS 1.2 with forward secrecy and authenticated encryption, and everything of TLS 1.3. @source RFC 9325 */
const TLS = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'ECDHE-RSA-CHACHA20-POLY1305',
  ].join(':'),
  /** seconds that a session may be resumed */
  sessionTimeout: 3600,
  handshakeTimeout: 10 * SECOND,
} as const

const FRAMEWORK = {
  /** a whole request; files of a month are uploaded in it */
  requestTimeout: 300 * SECOND,
  /** an open connection on which nothing is asked */
  keepAliveTimeout: 65 * SECOND,
  /** a connection on which nothing moves at all, in either direction */
  connectionTimeout: 600 * SECOND,
  onProtoPoisoning: 'error',
  onConstructorPoisoning: 'error',
} as const

/**
 * What `fastify()` is given beside its own options.
 * @param certificate null: plain http, for the loopback and behind a proxy that speaks TLS
 */
export function serverOptions(certificate: Certificate | null): FastifyServerOptions {
  const protocol =
    certificate === null
      ? { http: CONNECTION }
      : { https: { ...CONNECTION, ...TLS, cert: certificate.chain, key: certificate.key } }
  // The framework has a type for each protocol, which the rest of us need not tell apart.
  return { ...FRAMEWORK, ...protocol } as FastifyServerOptions
}

/** For `setSecureContext`, which forgets what it is not told. */
export const secureContext = ({ chain, key }: Certificate) => ({
  cert: chain,
  key,
  minVersion: TLS.minVersion,
  ciphers: TLS.ciphers,
  sessionTimeout: TLS.sessionTimeout,
})

/** More than a large hospital's browsers keep open; the next one waits at the operating system's door. */
const MOST_CONNECTIONS = 8192

/** Requests on one connection until it is opened anew. */
const MOST_REQUESTS = 10_000

/** Limits that only a server that exists can be told. */
export function limitConnections(app: FastifyInstance): void {
  const server = app.server as HttpServer
  server.maxConnections = MOST_CONNECTIONS
  server.maxRequestsPerSocket = MOST_REQUESTS
}
