/** The hospital's own definitions (questionnaires, value sets, code systems, profiles), at hand while resources are checked. */
import type { Refusal } from '#fhir/outcome'
import { parseSearch } from '#fhir/search'
import { type FindDefinition, validate } from '#fhir/validation'
import { derived, type RecordStore, type Written } from '#foundation/record-store'

/**
 * What is wrong or doubtful about a resource, by R4 and by the hospital's own definitions.
 * @param profiles canonical addresses, besides those that it claims itself
 */
export type Check = (resource: unknown, profiles?: readonly string[]) => Promise<readonly Refusal[]>

export interface Shelf {
  readonly check: Check
  /** Nothing that was read before is believed any longer. */
  forget(): void
}

type DefinitionType = Parameters<FindDefinition>[1]

const TYPES: ReadonlySet<string> = new Set<DefinitionType>([
  'Questionnaire',
  'ValueSet',
  'CodeSystem',
  'StructureDefinition',
])

/** Definitions kept, those that do not exist included: an Observation asks again and again for a system nobody stored. */
const MOST_KEPT = 2_000
/** Characters of JSON kept; they take some five times as many bytes when read. */
const MOST_TEXT = 8_000_000
/** What another process stores beside us, such as `lanh import`, is seen after this many milliseconds. */
const KEPT_FOR = 60_000
/** Definitions lead to others (a questionnaire to value sets, those to value sets), so often at most. */
const ROUNDS = 6
/** Different definitions that one resource is checked against, at most. */
const MOST_ASKED = 200

interface Kept {
  /** undefined where nobody stored it */
  readonly definition: unknown
  readonly text: number
  readonly until: number
}

interface Wanted {
  readonly key: string
  readonly canonical: string
  readonly type: DefinitionType
}

/** @param store of the facility whose definitions count */
export function definitionShelf(store: Pick<RecordStore, 'find'>): Shelf {
  const kept = new Map<string, Kept>()
  let text = 0
  let generation = 0

  const keep = (key: string, entry: Kept): void => {
    text += entry.text - (kept.get(key)?.text ?? 0)
    kept.delete(key)
    kept.set(key, entry)
    for (const [oldest, { text: freed }] of kept) {
      if (kept.size <= MOST_KEPT && text <= MOST_TEXT) break
      kept.delete(oldest)
      text -= freed
    }
  }

  const load = async ({ key, canonical, type }: Wanted): Promise<unknown> => {
    const asOf = generation
    const body = await readDefinition(store, canonical, type)
    const definition: unknown = body === null ? undefined : JSON.parse(body)
    if (asOf === generation) keep(key, { definition, text: body?.length ?? 0, until: Date.now() + KEPT_FOR })
    return definition
  }

  return {
    check: async (resource, profiles = []) => {
      const read = new Map<string, unknown>()
      for (let round = 1; ; round++) {
        const wanted = new Map<string, Wanted>()
        const now = Date.now()
        const findings = validate(resource, {
          profiles,
          find(canonical, type) {
            const key = `${type} ${canonical}`
            const entry = kept.get(key)
            if (entry !== undefined && entry.until > now) return entry.definition
            if (!read.has(key) && read.size + wanted.size < MOST_ASKED) wanted.set(key, { key, canonical, type })
            return read.get(key)
          },
        })
        if (wanted.size === 0 || round === ROUNDS) return findings
        for (const each of wanted.values()) read.set(each.key, await load(each))
      }
    },
    forget() {
      kept.clear()
      text = 0
      generation++
    },
  }
}

/** The latest stored definition with this address, of the version it names. */
async function readDefinition(
  store: Pick<RecordStore, 'find'>,
  canonical: string,
  type: DefinitionType,
): Promise<string | null> {
  const [url = '', version] = canonical.split('|')
  const asked: [string, string][] = [
    ['url', escaped(url)],
    ['_sort', '-_lastUpdated'],
  ]
  if (version !== undefined) asked.push(['version', escaped(version)])
  const search = await parseSearch(type, asked, { base: '', handling: 'strict' })
  if (!search.ok) return null
  const { versions } = await store.find({ ...search.value, count: 1 })
  return versions[0]?.body ?? null
}

/** @source http://hl7.org/fhir/R4/search.html#escaping */
const escaped = (text: string): string => text.replace(/[\\,$|]/g, (sign) => `\\${sign}`)

/** The store, with a shelf that forgets what it read as soon as a definition is written. */
export function heedDefinitions(store: RecordStore, shelf: Shelf): RecordStore {
  const heed = (written: readonly Written[]) => {
    if (written.some(({ stored }) => TYPES.has(stored.type))) shelf.forget()
  }
  return derived(store, {
    as: (access) => heedDefinitions(store.as(access), shelf),
    async write(...asked) {
      const outcome = await store.write(...asked)
      if (outcome.ok) heed(outcome.value)
      return outcome
    },
    async writeOne(...asked) {
      const outcome = await store.writeOne(...asked)
      if (outcome.ok) heed([outcome.value])
      return outcome
    },
    async writeLocked(...asked) {
      const outcome = await store.writeLocked(...asked)
      if (outcome.ok) heed(outcome.value)
      return outcome
    },
    async importSource(...asked) {
      const outcome = await store.importSource(...asked)
      shelf.forget()
      return outcome
    },
  })
}
