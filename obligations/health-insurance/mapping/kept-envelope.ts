import type { Claim, FhirResource } from '#fhir/r4'
import type { Decision } from '../format/table.ts'
import { decisionSince } from '../format/table.ts'
import type { Dossier } from '../types.ts'
import { keptText, textKept } from './kept-text.ts'

/** What is said of a dossier as a whole, on its Claim. */
export const ENVELOPE = 'urn:lanh:bhxh:dossier'

export type Envelope = Pick<Dossier, 'decision' | 'facility' | 'made' | 'visit' | 'signature'>

export function keepEnvelope(claim: Claim, { decision, facility, made, visit, signature }: Dossier): void {
  const parts = { decision, facility, made, visit }
  const extension = Object.entries(parts).map(([name, text]) => keptText(name, text))
  if (signature !== null) extension.push(keptText('signature', signature))
  claim.extension = [{ url: ENVELOPE, extension }, ...(claim.extension ?? [])]
}

/** @returns the envelope of a dossier; null where none of the resources has one */
export function envelopeIn(resources: readonly FhirResource[]): Envelope | null {
  const claims = resources.filter((resource): resource is Claim => resource.resourceType === 'Claim')
  const kept = claims.flatMap(({ extension = [] }) => extension).find(({ url }) => url === ENVELOPE)?.extension
  if (!kept) return null
  const text = (name: string): string | null => {
    const part = kept.find(({ url }) => url === name)
    return part ? textKept(part) : null
  }
  const decision = text('decision') ?? ''
  return {
    decision: isDecision(decision) ? decision : '3176',
    facility: text('facility') ?? '',
    made: text('made') ?? '',
    visit: text('visit') ?? '',
    signature: text('signature'),
  }
}

const isDecision = (text: string): text is Decision => Object.hasOwn(decisionSince, text)
