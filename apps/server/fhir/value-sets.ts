/** @source http://hl7.org/fhir/R4/valueset.html#compositions */
import { parseSearch } from '#fhir/search'
import type { RecordStore } from '#foundation/record-store'

interface Code {
  readonly system?: string
  readonly code: string
}

interface Contained {
  readonly system?: string
  readonly code?: string
  readonly abstract?: boolean
  readonly contains?: readonly Contained[]
}

/** A part of a composition: codes of one system, other value sets, or what is in both. */
interface Part {
  readonly system?: string
  readonly concept?: readonly { readonly code: string }[]
  readonly filter?: readonly unknown[]
  readonly valueSet?: readonly string[]
}

interface ValueSet {
  readonly expansion?: { readonly contains?: readonly Contained[] }
  readonly compose?: { readonly include?: readonly Part[]; readonly exclude?: readonly Part[] }
}

/** Where value sets are read. */
interface Shelf {
  readonly store: Pick<RecordStore, 'find'>
  readonly base: string
  /** what was read already: a set that many others name is read once */
  readonly known: Map<string, readonly Code[] | null>
  /** the sets on the way to the one at hand: one that contains itself has no codes that can be told */
  readonly path: readonly string[]
}

/** Value sets in value sets, at most. */
const MAX_DEPTH = 5

/**
 * The codes of a value set that is in the store: expanded, or listed code by code, also by way of other stored value sets.
 * @returns null where they cannot be told, such as for all of a code system
 */
export const valueSetCodes = (
  url: string,
  store: Pick<RecordStore, 'find'>,
  base: string,
): Promise<readonly Code[] | null> => codesNamed(url, { store, base, known: new Map(), path: [] })

async function codesNamed(url: string, shelf: Shelf): Promise<readonly Code[] | null> {
  const { known, path } = shelf
  if (path.includes(url) || path.length === MAX_DEPTH) return null
  if (!known.has(url)) known.set(url, await readCodes(url, { ...shelf, path: [...path, url] }))
  return known.get(url) ?? null
}

async function readCodes(url: string, shelf: Shelf): Promise<readonly Code[] | null> {
  const [canonical = '', version] = url.split('|')
  const asked: [string, string][] = [['url', canonical]]
  if (version !== undefined) asked.push(['version', version])
  const search = await parseSearch('ValueSet', asked, { base: shelf.base, handling: 'strict' })
  if (!search.ok) return null
  const { versions } = await shelf.store.find({ ...search.value, count: 1 })
  const body = versions[0]?.body
  return body === undefined || body === null ? null : codesOf(JSON.parse(body) as ValueSet, shelf)
}

async function codesOf({ expansion, compose }: ValueSet, shelf: Shelf): Promise<readonly Code[] | null> {
  if (expansion?.contains !== undefined) return expanded(expansion.contains)
  if (compose?.include === undefined) return null
  const included = await unionOf(compose.include, shelf)
  const excluded = await unionOf(compose.exclude ?? [], shelf)
  if (included === null || excluded === null) return null
  return [...included].flatMap(([key, code]) => (excluded.has(key) ? [] : [code]))
}

type Codes = ReadonlyMap<string, Code>

async function unionOf(parts: readonly Part[], shelf: Shelf): Promise<Codes | null> {
  const union = new Map<string, Code>()
  for (const part of parts) {
    const codes = await codesOfPart(part, shelf)
    if (codes === null) return null
    for (const [key, code] of codes) union.set(key, code)
  }
  return union
}

/** What all the value sets of a part have in common, and its own list with them. */
async function codesOfPart({ system, concept, filter, valueSet = [] }: Part, shelf: Shelf): Promise<Codes | null> {
  if (filter !== undefined) return null
  const sets: Codes[] = []
  if (concept !== undefined) sets.push(byKey(concept.map(({ code }) => ({ ...(system && { system }), code }))))
  for (const url of valueSet) {
    const codes = await codesNamed(url, shelf)
    if (codes === null) return null
    const ofSystem = system === undefined ? codes : codes.filter((code) => code.system === system)
    sets.push(byKey(ofSystem))
  }
  const [first, ...others] = sets
  if (first === undefined) return null
  return new Map([...first].filter(([key]) => others.every((other) => other.has(key))))
}

const byKey = (codes: readonly Code[]): Codes =>
  new Map(codes.map((code) => [`${code.system ?? ''}|${code.code}`, code]))

const expanded = (contains: readonly Contained[]): readonly Code[] =>
  contains.flatMap(({ system, code, abstract, contains: inner = [] }) => [
    ...(code === undefined || abstract ? [] : [{ ...(system && { system }), code }]),
    ...expanded(inner),
  ])
