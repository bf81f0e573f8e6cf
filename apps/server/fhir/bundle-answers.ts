/** Entries of batch-response and transaction-response Bundles. */
import { STATUS_CODES } from 'node:http'
import { toOperationOutcome } from '#fhir/outcome'
import type { Answer } from './exchange.ts'
import { etagOf } from './headers.ts'

/** @param answer what the entry would have been answered as a request of its own */
export function responseEntry({ status, body, stored, created, refusals }: Answer): string {
  const resource = body === undefined ? '' : `"resource":${body},`
  const location = created && stored ? `,"location":"${stored.type}/${stored.id}/_history/${stored.version}"` : ''
  const version = stored ? `,"etag":${JSON.stringify(etagOf(stored.version))},"lastModified":"${stored.at}"` : ''
  const outcome = refusals === undefined ? '' : `,"outcome":${JSON.stringify(toOperationOutcome(refusals))}`
  return `{${resource}"response":{"status":"${status} ${STATUS_CODES[status]}"${location}${version}${outcome}}}`
}

/** Entries are answered without resource unless the client asks for it: most have just sent it. */
export const entryPrefer = (prefer: string | undefined): string =>
  prefer !== undefined && /\breturn\s*=/.test(prefer) ? prefer : [prefer, 'return=minimal'].filter(Boolean).join(', ')
