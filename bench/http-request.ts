/** Requests as they go over the wire, written once and sent many times. */

const HOST = 'Host: 127.0.0.1\r\n'

let callers: readonly string[] = []
let turn = 0

/** From now on requests are those of these callers, in turn. @param authorizations values of the header; none: nobody's */
export function callAs(authorizations: readonly string[]): void {
  callers = authorizations
}

/** The `Authorization` of the next request; undefined where nobody signs in. */
export const nextCaller = (): string | undefined => callers[turn++ % Math.max(callers.length, 1)]

function headersOfCaller(): string {
  const caller = nextCaller()
  return caller === undefined ? HOST : `${HOST}Authorization: ${caller}\r\n`
}

/** @param path with its query, already encoded */
export const get = (path: string): Buffer => Buffer.from(`GET ${path} HTTP/1.1\r\n${headersOfCaller()}\r\n`)

/** @param headers lines that end with \r\n */
export function send(method: 'POST' | 'PUT', path: string, json: string, headers = ''): Buffer {
  const length = Buffer.byteLength(json)
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\n${headersOfCaller()}Content-Type: application/fhir+json\r\nContent-Length: ${length}\r\n${headers}\r\n${json}`,
  )
}
