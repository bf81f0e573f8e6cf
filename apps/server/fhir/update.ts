/** @source http://hl7.org/fhir/R4/http.html#update, http://hl7.org/fhir/R4/http.html#upsert, #concurrency */
import { accept, type Outcome, refuse } from '#fhir/outcome'
import type { RecordStore, StoredVersion } from '#foundation/record-store'
import { refused, refusedBy, writtenAnswer } from './answers.ts'
import { conditionOf, lockOf, matchOne } from './conditional.ts'
import { type Content, readContent } from './content.ts'
import type { Answer, Exchange } from './exchange.ts'
import { expectedOf, expectedVersion, meetsIfMatch, onlyCreates } from './headers.ts'
import { isPresent, presentVersion } from './identity.ts'
import { type Prepared, prepareResource, type Put, resourceOf } from './intake.ts'
import { newId } from './new-id.ts'
import { afterRace } from './race.ts'
import { httpRefusal } from './refusals.ts'
import { isId } from './target.ts'

/** Replaces the resource, or makes it under the id that the client chose. */
export async function update(exchange: Exchange): Promise<Answer> {
  const { target, store, author, headers } = exchange
  if (!isId(target.id)) return refusedBy('FHIR-HTTP-9')
  const content = typedContent(exchange)
  if (!content.ok) return refused(content.refusals)
  if (idOf(content.value) !== target.id) return refusedBy('FHIR-HTTP-8')
  const expected: Outcome<Put['expected']> = onlyCreates(headers)
    ? accept('none')
    : await expectedOf(headers, () => presentVersion(store, target))
  if (!expected.ok) return refused(expected.refusals)
  const prepared = await prepareResource(content.value, target.id, expected.value, exchange.check)
  if (!prepared.ok) return refused(prepared.refusals)
  const outcome = await store.writeOne(prepared.value.write, author)
  if (!outcome.ok) return refused(afterRace(headers, outcome.refusals))
  return writtenAnswer(exchange, outcome.value, prepared.value.warnings)
}

/** `PUT Type?…`: the one match is replaced; where nothing matches, the resource is made. */
export async function conditionalUpdate(exchange: Exchange): Promise<Answer> {
  const { store, target, author, headers } = exchange
  const content = typedContent(exchange)
  if (!content.ok) return refused(content.refusals)
  const condition = await conditionOf(target.type, exchange.query, exchange)
  if (!condition.ok) return refused(condition.refusals)
  let prepared: Prepared | undefined
  const outcome = await store.writeLocked(
    [lockOf(condition.value)],
    async (within) => {
      const match = await matchOne(within, condition.value)
      if (!match.ok) return match
      const sent = { type: target.type, sentId: idOf(content.value), headers }
      const place = await placeUpsert(sent, match.value, within)
      if (!place.ok) return place
      const decided = await prepareResource(content.value, place.value.id, place.value.expected, exchange.check)
      if (!decided.ok) return decided
      prepared = decided.value
      return accept([prepared.write])
    },
    author,
  )
  if (!outcome.ok) return refused(afterRace(headers, outcome.refusals))
  return { ...writtenAnswer(exchange, outcome.value[0]!, prepared?.warnings), located: true }
}

/** Under which id, and on which version, a resource is to be written. */
export interface Placement {
  readonly id: string
  readonly expected: Put['expected']
}

/**
 * What a conditional update means once the search has been made.
 * @param sentId the id in the body, if there is one
 * @source http://hl7.org/fhir/R4/http.html#cond-update
 */
export async function placeUpsert(
  { type, sentId, headers }: { readonly type: string; readonly sentId: unknown; readonly headers: Exchange['headers'] },
  match: StoredVersion | null,
  within: Pick<RecordStore, 'read'>,
): Promise<Outcome<Placement>> {
  if (!meetsIfMatch(headers, match?.version ?? null)) return refuse([httpRefusal('FHIR-HTTP-10')])
  if (match !== null && onlyCreates(headers)) return refuse([httpRefusal('FHIR-HTTP-12')])
  if (match !== null) {
    if (sentId !== undefined && sentId !== match.id) return refuse([httpRefusal('FHIR-HTTP-8')])
    return accept({ id: match.id, expected: match.version })
  }
  if (sentId === undefined) return accept({ id: newId(), expected: 'none' })
  if (typeof sentId !== 'string' || !isId(sentId)) return refuse([httpRefusal('FHIR-HTTP-9')])
  const there = await within.read(type, sentId)
  return isPresent(there) ? refuse([httpRefusal('FHIR-HTTP-19')]) : accept({ id: sentId, expected: 'none' })
}

/** The body, if it is of the type that the address names. */
export function typedContent(exchange: Exchange): Outcome<Content> {
  const content = readContent(exchange)
  if (!content.ok) return content
  const resource = resourceOf(content.value)
  if (!resource.ok) return resource
  return resource.value.resourceType === exchange.target.type ? content : refuse([httpRefusal('FHIR-HTTP-7')])
}

/** If-Match of an entry of a transaction, or If-None-Match: * which forbids to replace anything. */
export function expectationOf({ headers }: Pick<Exchange, 'headers'>): Outcome<Put['expected']> {
  return onlyCreates(headers) ? accept('none') : expectedVersion(headers)
}

export const idOf = ({ value }: Content): unknown => (value as { readonly id?: unknown }).id
