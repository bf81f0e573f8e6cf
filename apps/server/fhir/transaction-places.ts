/** Under which identity each entry of a transaction writes. @source http://hl7.org/fhir/R4/http.html#trules */
import { accept, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import type { RecordStore } from '#foundation/record-store'
import { MOST_ISSUES } from './bundle-shape.ts'
import { type Entry, placeOf } from './entries.ts'
import { expectedOf, meetsIfMatch } from './headers.ts'
import { isPresent, type Present, presentVersion } from './identity.ts'
import { resourceOf } from './intake.ts'
import { newId } from './new-id.ts'
import { httpRefusal } from './refusals.ts'
import { isId } from './target.ts'
import { entryCondition, type Matches } from './transaction-conditions.ts'
import { expectationOf, idOf, type Placement, placeUpsert } from './update.ts'

export type Within = Pick<RecordStore, 'read' | 'readMany' | 'find'>

/** Under which id, and on which version, an entry without id of its own is stored. */
export type Identify = (entry: Entry) => Placement

export const freshId: Identify = () => ({ id: newId(), expected: 'none' })

/** An entry and where it is written. `existing`: what a conditional create matched, or what is to be patched. */
export interface Place extends Placement {
  readonly entry: Entry
  readonly existing: Present | null
  /** the `lock` of its condition */
  readonly condition?: string
  /** the conditional create of an earlier entry that this one repeats */
  readonly repeats?: boolean
}

/** The place of an entry that needs no search; null for the others. */
export async function plainPlace(entry: Entry, identify: Identify, within: Within): Promise<Outcome<Place> | null> {
  const { method, target, content } = entry
  if (entryCondition(entry) !== null || method === 'PATCH') return null
  if (method !== 'DELETE') {
    const typed = checkType(entry)
    if (!typed.ok) return typed
    if (method === 'POST') return accept({ entry, ...identify(entry), existing: null })
  }
  if (!isId(target.id)) return refuse([httpRefusal('FHIR-HTTP-9')])
  if (method === 'PUT' && idOf(content!) !== target.id) return refuse([httpRefusal('FHIR-HTTP-8')])
  const expected = await expectationIn(entry, within)
  return expected.ok ? accept({ entry, id: target.id, expected: expected.value, existing: null }) : expected
}

/** The version that ifMatch names; `*` asks that there be one. */
async function expectationIn(entry: Entry, within: Within): Promise<Outcome<Placement['expected']>> {
  const expected = expectationOf(entry)
  if (!expected.ok || expected.value !== 'any') return expected
  return expectedOf(entry.headers, () => presentVersion(within, entry.target))
}

function checkType({ content, target }: Entry): Outcome<string> {
  if (content === null) return refuse([httpRefusal('FHIR-HTTP-15', 'resource')])
  const resource = resourceOf(content)
  if (!resource.ok) return resource
  const type = resource.value.resourceType
  return type === target.type ? accept(type) : refuse([httpRefusal('FHIR-HTTP-7')])
}

/** @param lock of the entry's condition @param creates the first conditional create of each condition so far */
export async function conditionalPlace(
  entry: Entry,
  lock: string | null,
  matches: Matches,
  creates: ReadonlyMap<string, Place>,
  within: Within,
): Promise<Outcome<Place>> {
  const { method, target, content, headers } = entry
  const conditional = lock === null ? {} : { condition: lock }
  const match = lock === null ? null : (matches.get(lock) ?? null)
  switch (method) {
    case 'POST': {
      const typed = checkType(entry)
      if (!typed.ok) return typed
      const same = creates.get(lock!)
      if (same !== undefined) return accept({ ...same, entry, repeats: true })
      return accept({ entry, ...conditional, id: match?.id ?? newId(), expected: 'none', existing: match })
    }
    case 'PUT': {
      const typed = checkType(entry)
      if (!typed.ok) return typed
      const sent = { type: target.type, sentId: idOf(content!), headers }
      const place = await placeUpsert(sent, match, within)
      return place.ok ? accept({ entry, ...conditional, ...place.value, existing: null }) : place
    }
    case 'DELETE':
      if (!meetsIfMatch(headers, match?.version ?? null)) return refuse([httpRefusal('FHIR-HTTP-10')])
      return accept({ entry, ...conditional, id: match?.id ?? '', expected: match?.version ?? 'any', existing: null })
    default: {
      const current = lock === null && isId(target.id) ? await within.read(target.type, target.id) : match
      if (!isPresent(current)) return refuse([httpRefusal(current === null ? 'FHIR-HTTP-2' : 'FHIR-HTTP-3')])
      return accept({ entry, ...conditional, id: current.id, expected: current.version, existing: current })
    }
  }
}

export const identityOf = ({ entry, id }: Place): string => `${entry.target.type}/${id}`

/**
 * Two entries that write one resource, or that would each make the one resource of a condition. What is to be deleted
 * cannot be what a conditional create finds either.
 * @source http://hl7.org/fhir/R4/http.html#trules (no overlap of the identities of DELETE, POST, PUT and PATCH)
 */
export function overlaps(places: readonly Place[]): readonly Refusal[] {
  const seen = new Set<string>()
  const deleted = new Set<string>()
  const refusals: Refusal[] = []
  for (const place of places) {
    if (place.repeats) continue
    const { entry, id, condition, existing } = place
    const identity = identityOf(place)
    const finds = entry.method === 'POST' && existing !== null
    const again = finds ? deleted.has(identity) : id !== '' && seen.has(identity)
    if (again || (condition !== undefined && seen.has(condition)))
      refusals.push(httpRefusal('FHIR-HTTP-17', id === '' ? entry.target.type : identity, placeOf(entry.index)))
    if (!finds) seen.add(identity)
    if (entry.method === 'DELETE') deleted.add(identity)
    if (condition !== undefined) seen.add(condition)
    if (refusals.length >= MOST_ISSUES) break
  }
  return refusals
}
