/** Requests as they go over the wire, written once and sent many times. */

const HOST = 'Host: 127.0.0.1\r\n'

/** @param path with its query, already encoded */
export const get = (path: string): Buffer => Buffer.from(`GET ${path} HTTP/1.1\r\n${HOST}\r\n`)

/** @param headers lines that end with \r\n */
export function send(method: 'POST' | 'PUT', path: string, json: string, headers = ''): Buffer {
  const length = Buffer.byteLength(json)
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\n${HOST}Content-Type: application/fhir+json\r\nContent-Length: ${length}\r\n${headers}\r\n${json}`,
  )
}
