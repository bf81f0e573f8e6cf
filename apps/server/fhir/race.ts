import type { Refusal } from '#fhir/outcome'
import type { Exchange } from './exchange.ts'
import { onlyCreates, versionTags } from './headers.ts'
import { httpRefusal } from './refusals.ts'

/**
 * The store refuses a write whose expected version is not the current one. A client that named a version learns that
 * its precondition failed (412); one that did not has merely lost a race (409).
 */
export function afterRace(headers: Exchange['headers'], refusals: readonly Refusal[]): readonly Refusal[] {
  return refusals.map((refusal) => {
    if (refusal.rule === 'STORE-2' && onlyCreates(headers)) return httpRefusal('FHIR-HTTP-12')
    if (refusal.rule !== 'STORE-1') return refusal
    return httpRefusal(versionTags(headers, 'if-match') === null ? 'FHIR-HTTP-19' : 'FHIR-HTTP-10')
  })
}
