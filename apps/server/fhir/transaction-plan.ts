/**
 * What a transaction writes: every entry gets its identity first, then references are rewritten, then each resource is
 * prepared like a single one. Nothing is written here, so that the import of files uses the same plan.
 * @source http://hl7.org/fhir/R4/http.html#trules
 */
import { accept, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import type { StoredVersion, Write } from '#foundation/record-store'
import { MOST_ISSUES } from './bundle-shape.ts'
import { PATCH_TYPES, readContent } from './content.ts'
import type { Check } from './definition-shelf.ts'
import { bodyOf, type Entry, inEntry, placeOf } from './entries.ts'
import { isError, prepareResource } from './intake.ts'
import { conditionalLinks, linkEdits, type Meanings } from './links.ts'
import { preparePatch } from './patch.ts'
import { httpRefusal } from './refusals.ts'
import { type Conditions, lockIn, matchAll, type Matches, typeOf } from './transaction-conditions.ts'
import {
  conditionalPlace,
  freshId,
  identityOf,
  type Identify,
  overlaps,
  type Place,
  plainPlace,
  type Within,
} from './transaction-places.ts'

/** One entry that writes. `write` is null where a conditional create found its match (`existing`). */
export interface Step {
  readonly entry: Entry
  readonly identity: string
  readonly write: Write | null
  readonly existing: StoredVersion | null
  readonly warnings: readonly Refusal[]
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
  check: Check,
  identify: Identify = freshId,
): Promise<Outcome<readonly Step[]>> {
  const matches = await matchAll(conditions, within)
  if (!matches.ok) return matches
  const places: Place[] = []
  const creates = new Map<string, Place>()
  const refusals: Refusal[] = []
  for (const entry of entries) {
    if (refusals.length >= MOST_ISSUES) break
    const lock = lockIn(conditions, entry)
    const place =
      (await plainPlace(entry, identify, within)) ??
      (await conditionalPlace(entry, lock, matches.value, creates, within))
    if (!place.ok) {
      refusals.push(...inEntry(entry.index, place.refusals))
      continue
    }
    places.push(place.value)
    if (lock !== null && entry.method === 'POST' && !creates.has(lock)) creates.set(lock, place.value)
  }
  if (refusals.length > 0)
    return refuse([...refusals, ...(await findingsOf(places, check, MOST_ISSUES - refusals.length))])
  const overlapping = overlaps(places)
  const meanings = meaningsOf(places, conditions, matches.value)
  if (overlapping.length > 0 || !meanings.ok) return refuse([...overlapping, ...(meanings.ok ? [] : meanings.refusals)])
  const steps: Step[] = []
  const wrong: Refusal[] = []
  for (const place of places) {
    const step = await stepOf(place, meanings.value, check)
    if (step.ok) steps.push(step.value)
    else wrong.push(...inEntry(place.entry.index, step.refusals))
    if (wrong.length >= MOST_ISSUES) break
  }
  return wrong.length > 0 ? refuse(wrong) : accept(steps)
}

/** What validation says about the other entries of a transaction that fails already: a sender corrects a Bundle once. */
async function findingsOf(places: readonly Place[], check: Check, most: number): Promise<readonly Refusal[]> {
  const findings: Refusal[] = []
  for (const { entry } of places) {
    if (findings.length >= most) break
    if (entry.content === null || entry.method === 'PATCH') continue
    findings.push(...inEntry(entry.index, (await check(entry.content.value)).filter(isError)))
  }
  return findings
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

async function stepOf(place: Place, meanings: Meanings, check: Check): Promise<Outcome<Step>> {
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
    const prepared = await preparePatch(existing!, operations.value.document, { headers: entry.headers, check })
    return prepared.ok ? accept({ ...step, ...prepared.value }) : prepared
  }
  if (existing !== null || place.repeats) return accept({ ...step, existing })
  const edits = linkEdits(entry, meanings)
  if (!edits.ok) return edits
  const prepared = await prepareResource(entry.content!, id, expected, check, edits.value)
  return prepared.ok ? accept({ ...step, ...prepared.value }) : prepared
}
