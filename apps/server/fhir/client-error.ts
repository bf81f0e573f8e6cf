import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { toOperationOutcome } from '#fhir/outcome'
import { type HttpRule, httpRefusal } from './refusals.ts'

/** What Node.js itself cannot read as HTTP, by its codes. @source https://nodejs.org/api/http.html#event-clienterror */
const KINDS: Readonly<Record<string, readonly [status: number, rule: HttpRule]>> = {
  HPE_HEADER_OVERFLOW: [431, 'FHIR-HTTP-14'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'FHIR-HTTP-13'],
}

/** Answers bytes that are no HTTP request, before there is a request or reply to speak with. */
export function answerClientError(error: { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const [status, rule] = KINDS[error.code ?? ''] ?? [400, 'FHIR-HTTP-13']
  const body = JSON.stringify(toOperationOutcome([httpRefusal(rule)]))
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/fhir+json; charset=utf-8',
    'x-content-type-options: nosniff',
    "content-security-policy: default-src 'none'; frame-ancestors 'none'",
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
