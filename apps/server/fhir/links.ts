/** Which references of a transaction's resources are rewritten, and to what. @source http://hl7.org/fhir/R4/http.html#trules */
import { type Edit, type Link, linksOf, retarget } from '#fhir/json'
import { accept, type Outcome, refuse, type Refusal } from '#fhir/outcome'
import type { Entry } from './entries.ts'
import { httpRefusal } from './refusals.ts'

/** What a reference may turn out to mean: fullUrls of the Bundle and conditional references, as `Type/id`. */
export type Meanings = ReadonlyMap<string, string>

const CONDITIONAL = /^[A-Za-z]+\?/
const URN = /^urn:(uuid|oid):/
const RELATIVE = /^[A-Za-z]+\/[A-Za-z0-9\-.]+$/

/** The conditional references (`Practitioner?identifier=…`) in the resource of an entry. */
export const conditionalLinks = ({ content }: Entry): readonly string[] =>
  content === null
    ? []
    : linksOf(content.document, content.node).flatMap(({ kind, target }) =>
        kind === 'reference' && CONDITIONAL.test(target) ? [target] : [],
      )

/** @returns the changes to the entry's text, or FHIR-HTTP-16 for a urn that no entry has as its fullUrl */
export function linkEdits(entry: Entry, meanings: Meanings): Outcome<readonly Edit[]> {
  const { content } = entry
  if (content === null) return accept([])
  const edits: Edit[] = []
  const refusals: Refusal[] = []
  for (const link of linksOf(content.document, content.node)) {
    const meaning = meanings.get(link.target) ?? meanings.get(absolute(link, entry.fullUrl))
    if (meaning !== undefined && meaning !== link.target) edits.push(retarget(link, meaning))
    else if (meaning === undefined && link.kind === 'reference' && URN.test(link.target))
      refusals.push(httpRefusal('FHIR-HTTP-16', `fullUrl ${link.target.slice(0, 100)}`))
  }
  return refusals.length > 0 ? refuse(refusals) : accept(edits)
}

/** A relative reference is read beside the fullUrl of the entry it stands in. @source http://hl7.org/fhir/R4/bundle.html#references */
function absolute({ kind, target }: Link, fullUrl: string | null): string {
  if (kind !== 'reference' || fullUrl === null || !fullUrl.startsWith('http') || !RELATIVE.test(target)) return target
  return fullUrl.split('/').slice(0, -2).concat(target).join('/')
}
