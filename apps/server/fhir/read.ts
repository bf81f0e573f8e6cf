/** @source http://hl7.org/fhir/R4/http.html#read, http://hl7.org/fhir/R4/http.html#cread */
import { versionAnswer } from './answers.ts'
import type { Answer, Exchange } from './exchange.ts'
import { modifiedSince, versionTags } from './headers.ts'
import { readIdentity } from './identity.ts'

/** The current version; 304 without a body where the client has it already. */
export async function read(exchange: Exchange): Promise<Answer> {
  const { store, target, headers } = exchange
  const answer = versionAnswer(await readIdentity(store, target))
  return answer.status === 200 && isFresh(answer, headers) ? { status: 304, stored: answer.stored } : answer
}

/** If-None-Match decides alone where it is there. @source RFC 9110 §13.2.2 */
export function isFresh({ stored }: Answer, headers: Exchange['headers']): boolean {
  if (stored === undefined) return false
  if (headers['if-none-match'] !== undefined) {
    const tags = versionTags(headers, 'if-none-match') ?? []
    return tags === '*' || tags.includes(stored.version)
  }
  const since = headers['if-modified-since'] === undefined ? null : modifiedSince(headers)
  return since !== null && Math.floor(Date.parse(stored.at) / 1000) * 1000 <= since
}
