/**
 * What a transaction writes: every entry gets its identity first, then references are rewritten, then each resource is
 * prepared like a single one. Nothing is written here, so that the import of files uses the same plan.
 * @source http://hl7.org/fhir/R4/http.html#trules
 */
import { accept, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import { validate } from '#fhir/validation'
import type { RecordStore, StoredVersion, Write } from '#foundation/record-store'
import { MOST_ISSUES } from './bundle-shape.ts'
import { type Condition, conditionOf, matchOne } from './conditional.ts'
import { PATCH_TYPES, readContent } from './content.ts'
import { bodyOf, type Entry, inEntry, placeOf } from './entries.ts'
import { expectedVersion, headerOf } from './headers.ts'
import { isPresent, type Present } from './identity.ts'
import { isError, prepareResource, resourceOf } from './intake.ts'
import { conditionalLinks, linkEdits, type Meanings } from './links.ts'
import { newId } from './new-id.ts'
import { preparePatch } from './patch.ts'
import { httpRefusal } from './refusals.ts'
import type { SearchSetting } from './search-request.ts'
import { isId } from './target.ts'
import { expectationOf, idOf, type Placement, placeUpsert } from './update.ts'

export type Within = Pick<RecordStore, 'read' | 'readMany' | 'find'>

/** Under which id, and on which version, an entry without id of its own is stored. */
export type Identify = (entry: Entry) => Placement

/** One entry that writes. `write` is null where a conditional create found its match (`existing`). */
export interface Step {
  readonly entry: Entry
  readonly identity: string
  readonly write: Write | null
  readonly existing: StoredVersion | null
  readonly warnings: readonly Refusal[]
}

const freshId: Identify = () => ({ id: newId(), expected: 'none' })

/** A condition and the first entry that depends on it. */
interface Asked extends Condition {
  readonly index: number
}

/** The searches on which a transaction depends, by the text that asks for them; equal ones have one `lock`. */
export type Conditions = ReadonlyMap<string, Asked>

/** @returns the conditions of entries (`Type?…`) and of references; empty for most transactions */
export async function conditionsOf(entries: readonly Entry[], setting: SearchSetting): Promise<Outcome<Conditions>> {
  const conditions = new Map<string, Asked>()
  const refusals: Refusal[] = []
  for (const entry of entries) {
    if (refusals.length >= MOST_ISSUES) break
    const asked = entryCondition(entry)
    for (const text of [...(asked === null ? [] : [asked]), ...conditionalLinks(entry)]) {
      if (conditions.has(text)) continue
      const condition = await conditionOf(typeOf(text), text, setting)
      if (condition.ok) conditions.set(text, { ...condition.value, index: entry.index })
      else refusals.push(...condition.refusals.map((refusal) => ({ ...refusal, at: placeOf(entry.index) })))
    }
  }
  return refusals.length > 0 ? refuse(refusals) : accept(conditions)
}

/** @param text of a condition, `Type?…` */
const typeOf = (text: string): string => text.slice(0, text.indexOf('?'))

/** `Type?query` of a conditional entry, null for any other. */
function entryCondition({ method, target, query, headers }: Entry): string | null {
  if (method !== 'POST') return target.level === 'type' ? `${target.type}?${query}` : null
  const condition = headerOf(headers, 'if-none-exist')
  if (condition === undefined) return null
  return condition.startsWith(`${target.type}?`) ? condition : `${target.type}?${condition.replace(/^\?/, '')}`
}

const lockIn = (conditions: Conditions, entry: Entry): string | null => {
  const condition = entryCondition(entry)
  return condition === null ? null : conditions.get(condition)!.lock
}

/** Whether an entry must look at the store before it can be planned. */
export const looksFirst = (entries: readonly Entry[]): boolean => entries.some(({ method }) => method === 'PATCH')

/**
 * @param entries those that write, in any order
 * @param within to look things up; inside the lock where there are conditions
 * @returns one step an entry, in the same order; or all refusals, each with its place in the Bundle
 */
export async function planTransaction(
  entries: readonly Entry[],
  conditions: Conditions,
  within: Within,
  identify: Identify = freshId,
): Promise<Outcome<readonly Step[]>> {
  const matches = await matchAll(conditions, within)
  if (!matches.ok) return matches
  const places: Place[] = []
  const creates = new Map<string, Place>()
  const refusals: Refusal[] = []
  for (const entry of entries) {
    const lock = lockIn(conditions, entry)
    const place = plainPlace(entry, identify) ?? (await conditionalPlace(entry, lock, matches.value, creates, within))
    if (!place.ok) {
      refusals.push(...inEntry(entry.index, place.refusals))
      continue
    }
    places.push(place.value)
    if (lock !== null && entry.method === 'POST' && !creates.has(lock)) creates.set(lock, place.value)
  }
  if (refusals.length > 0) return refuse([...refusals, ...findingsOf(places, MOST_ISSUES - refusals.length)])
  const overlapping = overlaps(places)
  const meanings = meaningsOf(places, conditions, matches.value)
  if (overlapping.length > 0 || !meanings.ok) return refuse([...overlapping, ...(meanings.ok ? [] : meanings.refusals)])
  const steps: Step[] = []
  const wrong: Refusal[] = []
  for (const place of places) {
    const step = stepOf(place, meanings.value)
    if (step.ok) steps.push(step.value)
    else wrong.push(...inEntry(place.entry.index, step.refusals))
    if (wrong.length >= MOST_ISSUES) break
  }
  return wrong.length > 0 ? refuse(wrong) : accept(steps)
}

/** What validation says about the other entries of a transaction that fails already: a sender corrects a Bundle once. */
function findingsOf(places: readonly Place[], most: number): readonly Refusal[] {
  const findings: Refusal[] = []
  for (const { entry } of places) {
    if (findings.length >= most) break
    if (entry.content === null || entry.method === 'PATCH') continue
    findings.push(...inEntry(entry.index, validate(entry.content.value).filter(isError)))
  }
  return findings
}

/** What each condition matches, by its `lock`. */
type Matches = ReadonlyMap<string, Present | null>

async function matchAll(conditions: Conditions, within: Within): Promise<Outcome<Matches>> {
  const matches = new Map<string, Present | null>()
  const refusals: Refusal[] = []
  for (const condition of conditions.values()) {
    if (matches.has(condition.lock)) continue
    const match = await matchOne(within, condition)
    if (match.ok) matches.set(condition.lock, match.value)
    else refusals.push(...match.refusals.map((refusal) => ({ ...refusal, at: placeOf(condition.index) })))
    if (refusals.length >= MOST_ISSUES) break
  }
  return refusals.length > 0 ? refuse(refusals) : accept(matches)
}

/** An entry and where it is written. `existing`: what a conditional create matched, or what is to be patched. */
interface Place extends Placement {
  readonly entry: Entry
  readonly existing: Present | null
  /** the `lock` of its condition */
  readonly condition?: string
  /** the conditional create of an earlier entry that this one repeats */
  readonly repeats?: boolean
}

/** The place of an entry that needs no search; null for the others. */
function plainPlace(entry: Entry, identify: Identify): Outcome<Place> | null {
  const { method, target, content, headers } = entry
  if (entryCondition(entry) !== null || method === 'PATCH') return null
  if (method === 'DELETE') {
    const expected = expectedVersion(headers)
    if (!isId(target.id)) return refuse([httpRefusal('FHIR-HTTP-9')])
    return expected.ok ? accept({ entry, id: target.id, expected: expected.value, existing: null }) : expected
  }
  const typed = checkType(entry)
  if (!typed.ok) return typed
  if (method === 'POST') return accept({ entry, ...identify(entry), existing: null })
  if (!isId(target.id)) return refuse([httpRefusal('FHIR-HTTP-9')])
  if (idOf(content!) !== target.id) return refuse([httpRefusal('FHIR-HTTP-8')])
  const expected = expectationOf(entry)
  return expected.ok ? accept({ entry, id: target.id, expected: expected.value, existing: null }) : expected
}

function checkType({ content, target }: Entry): Outcome<string> {
  if (content === null) return refuse([httpRefusal('FHIR-HTTP-15', 'resource')])
  const resource = resourceOf(content)
  if (!resource.ok) return resource
  const type = resource.value.resourceType
  return type === target.type ? accept(type) : refuse([httpRefusal('FHIR-HTTP-7')])
}

async function conditionalPlace(
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
      return accept({ entry, ...conditional, id: match?.id ?? '', expected: match?.version ?? 'any', existing: null })
    default: {
      const current = lock === null && isId(target.id) ? await within.read(target.type, target.id) : match
      if (!isPresent(current)) return refuse([httpRefusal(current === null ? 'FHIR-HTTP-2' : 'FHIR-HTTP-3')])
      return accept({ entry, ...conditional, id: current.id, expected: current.version, existing: current })
    }
  }
}

const identityOf = ({ entry, id }: Place): string => `${entry.target.type}/${id}`

/**
 * Two entries that write one resource, or that would each make the one resource of a condition. What is to be deleted
 * cannot be what a conditional create finds either.
 * @source http://hl7.org/fhir/R4/http.html#trules (no overlap of the identities of DELETE, POST, PUT and PATCH)
 */
function overlaps(places: readonly Place[]): readonly Refusal[] {
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

function meaningsOf(places: readonly Place[], conditions: Conditions, matches: Matches): Outcome<Meanings> {
  const meanings = new Map<string, string>()
  const made = new Map<string, string>()
  const refusals: Refusal[] = []
  for (const place of places) {
    const { entry, condition } = place
    if (entry.content === null || entry.method === 'PATCH' || entry.method === 'DELETE') continue
    if (entry.fullUrl !== null) meanings.set(entry.fullUrl, identityOf(place))
    if (condition !== undefined) made.set(condition, identityOf(place))
  }
  for (const { entry } of places) {
    if (refusals.length >= MOST_ISSUES) break
    for (const text of conditionalLinks(entry)) {
      const { lock } = conditions.get(text)!
      const match = matches.get(lock)
      const meaning = match ? `${match.type}/${match.id}` : made.get(lock)
      if (meaning !== undefined) meanings.set(text, meaning)
      else refusals.push(httpRefusal('FHIR-HTTP-18', typeOf(text), placeOf(entry.index)))
    }
  }
  return refusals.length > 0 ? refuse(refusals) : accept(meanings)
}

function stepOf(place: Place, meanings: Meanings): Outcome<Step> {
  const { entry, id, expected, existing } = place
  const step = { entry, identity: identityOf(place), write: null, existing: null, warnings: [] }
  const { type } = entry.target
  if (entry.method === 'DELETE') {
    if (id === '') return accept(step)
    return accept({ ...step, write: { method: 'delete', type, id, expected: expected === 'none' ? 'any' : expected } })
  }
  if (entry.method === 'PATCH') {
    const operations = readContent({ body: bodyOf(entry) }, PATCH_TYPES)
    if (!operations.ok) return operations
    const prepared = preparePatch(existing!, operations.value.document, entry.headers)
    return prepared.ok ? accept({ ...step, ...prepared.value }) : prepared
  }
  if (existing !== null || place.repeats) return accept({ ...step, existing })
  const edits = linkEdits(entry, meanings)
  if (!edits.ok) return edits
  const prepared = prepareResource(entry.content!, id, expected, edits.value)
  return prepared.ok ? accept({ ...step, ...prepared.value }) : prepared
}
