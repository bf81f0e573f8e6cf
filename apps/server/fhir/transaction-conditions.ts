/** What the entries of a transaction look for before they write. @source http://hl7.org/fhir/R4/http.html#trules */
import { accept, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import type { RecordStore } from '#foundation/record-store'
import { MOST_ISSUES } from './bundle-shape.ts'
import { type Condition, conditionOf, matchOne } from './conditional.ts'
import { type Entry, placeOf } from './entries.ts'
import { headerOf } from './headers.ts'
import type { Present } from './identity.ts'
import { conditionalLinks } from './links.ts'
import type { SearchSetting } from './search-request.ts'

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
export const typeOf = (text: string): string => text.slice(0, text.indexOf('?'))

/** `Type?query` of a conditional entry, null for any other. */
export function entryCondition({ method, target, query, headers }: Entry): string | null {
  if (method !== 'POST') return target.level === 'type' ? `${target.type}?${query}` : null
  const condition = headerOf(headers, 'if-none-exist')
  if (condition === undefined) return null
  return condition.startsWith(`${target.type}?`) ? condition : `${target.type}?${condition.replace(/^\?/, '')}`
}

/** The `lock` of the condition of an entry that `conditionsOf` has read, null for an entry without one. */
export const lockIn = (conditions: Conditions, entry: Entry): string | null => {
  const condition = entryCondition(entry)
  return condition === null ? null : conditions.get(condition)!.lock
}

/** What each condition matches, by its `lock`. */
export type Matches = ReadonlyMap<string, Present | null>

/** @returns FHIR-HTTP-11 at the first entry that asks, for each condition that matches several */
export async function matchAll(conditions: Conditions, within: Pick<RecordStore, 'find'>): Promise<Outcome<Matches>> {
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
