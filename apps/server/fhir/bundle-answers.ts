/** Entries of batch-response and transaction-response Bundles. */
import { STATUS_CODES } from 'node:http'
import { toOperationOutcome } from '#fhir/outcome'
import type { Entry } from './entries.ts'
import type { Answer } from './exchange.ts'
import { etagOf } from './headers.ts'
import { type Pieces, piecesOf } from './pieces.ts'

/** Whether the answer tells where the resource is: after a write, whether it was made, changed or found. */
export const isLocated = ({ method, target }: Pick<Entry, 'method' | 'target'>): boolean =>
  (method === 'POST' || method === 'PUT' || method === 'PATCH') && target.name === ''

/** @param answer what the entry would have been answered as a request of its own @param located see `isLocated` */
export function responseEntry({ status, body, stored, refusals }: Answer, located: boolean): Pieces {
  const location =
    located && stored && refusals === undefined
      ? `,"location":"${stored.type}/${stored.id}/_history/${stored.version}"`
      : ''
  const version = stored ? `,"etag":${JSON.stringify(etagOf(stored.version))},"lastModified":"${stored.at}"` : ''
  const outcome = refusals === undefined ? '' : `,"outcome":${JSON.stringify(toOperationOutcome(refusals))}`
  const response = `"response":{"status":"${status} ${STATUS_CODES[status]}"${location}${version}${outcome}}}`
  return body === undefined ? [`{${response}`] : ['{"resource":', ...piecesOf(body), `,${response}`]
}

/** Entries are answered without resource unless the client asks for it: most have just sent it. */
export const entryPrefer = (prefer: string | undefined): string =>
  prefer !== undefined && /\breturn\s*=/.test(prefer) ? prefer : [prefer, 'return=minimal'].filter(Boolean).join(', ')
