/** Port 80: proofs for an authority that gives certificates by ACME, and the way to https for everything else. */
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'

export interface AcmeDoorOptions {
  /** where certbot, acme.sh, lego or step write their proofs (`--webroot` without `/.well-known/acme-challenge`) */
  readonly folder: string
  /** the address people open, such as https://emr.example.vn */
  readonly origin: string
}

/** Base64url: no slash, no dot, so it stays in its folder. @source RFC 8555 §8.3 */
const PROOF = /^\/\.well-known\/acme-challenge\/([A-Za-z0-9_-]{1,128})$/
const LIMITS = { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000, maxHeaderSize: 8192 }

/** Listening is the caller's: on port 80 of the address that the outside reaches. */
export function acmeDoor(options: AcmeDoorOptions): Server {
  const server = createServer(LIMITS, (request, response) => void answer(options, request, response))
  server.maxConnections = 256
  return server
}

async function answer({ folder, origin }: AcmeDoorOptions, request: IncomingMessage, response: ServerResponse) {
  const { method = '', url = '/' } = request
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  response.setHeader('connection', 'close')
  if (method !== 'GET' && method !== 'HEAD') {
    // What was sent in the clear is not answered as if that were fine.
    response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' }).end('https only\n')
    return
  }
  const proof = PROOF.exec(url)?.[1]
  if (proof === undefined) {
    // To the name that is ours, never to one that the request brought along; what follows a ? may name somebody.
    const path = /^\/[^?#\\]*/.exec(url)?.[0] ?? '/'
    response.writeHead(308, { location: new URL(path.replace(/^\/+/, '/'), origin).href }).end()
    return
  }
  const text = await readFile(join(folder, '.well-known', 'acme-challenge', proof)).catch(() => null)
  if (text === null) response.writeHead(404).end()
  else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(text)
}
