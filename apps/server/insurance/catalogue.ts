import { accept, type Outcome, refuse } from '#fhir/outcome'
import { parseSearch } from '#fhir/search'
import type { RecordStore } from '#foundation/record-store'
import {
  type CatalogueKind,
  type CatalogueSource,
  catalogueSources,
  type Dossier,
  type Values,
} from '#obligations/health-insurance'
import {
  CATALOGUE_TAG,
  type CatalogueEntry,
  type CatalogueResource,
  entryId,
  entryOf,
  entryResource,
  isRetired,
  merged,
  settled,
} from './catalogue-entry.ts'
import { CATALOGUE_TYPES } from './catalogue-sources.ts'
import { identify } from './identify.ts'
import { resourceWrite } from './resource-write.ts'

const AUTHOR = { reference: 'Device/lanh-import' }
const TOGETHER = 300
/** How often entries are read again because another importer changed them. */
const ATTEMPTS = 10

/**
 * What dossiers show of a facility's services, drugs, people and machines. Gathered in memory and written now and then,
 * so that no dossier waits for a row that every dossier touches. Seeing a dossier twice changes nothing.
 */
export class Catalogue {
  readonly #store: RecordStore
  readonly #entries = new Map<string, CatalogueEntry>()
  /** which dossiers have it, as ids of their Tasks */
  readonly #users = new Map<string, Set<string>>()
  /** seen since the last writing */
  dossiers = 0

  constructor(store: RecordStore) {
    this.#store = store
  }

  see({ facility, visit, tables }: Dossier): void {
    this.dossiers++
    const user = identify('Claim', facility, visit)
    const day = dayOf(tables.XML1?.[0]?.values.NGAY_RA) || dayOf(tables.XML1?.[0]?.values.NGAY_VAO)
    for (const source of catalogueSources) {
      for (const { values } of tables[source.table] ?? []) {
        for (const code of codesOf(values, source)) this.#add(entryFrom(values, code, source, facility, day), user)
      }
    }
  }

  /**
   * Unites what was seen with what is stored.
   * @param sources hashes of the files whose dossiers were all seen: nothing is open about them any more
   * @returns ids of the Tasks of those dossiers that have something the catalogues object to
   */
  async write(sources: readonly string[] = []): Promise<readonly string[]> {
    const entries = [...this.#entries.values()]
    const users = new Map(this.#users)
    this.#entries.clear()
    this.#users.clear()
    this.dossiers = 0
    const doubtful = new Set<string>()
    for (let start = 0; start < entries.length; start += TOGETHER) {
      for (const entry of await writeEntries(this.#store, entries.slice(start, start + TOGETHER)))
        for (const user of users.get(keyOf(entry)) ?? []) doubtful.add(user)
    }
    await this.#store.closeSources(sources)
    return [...doubtful]
  }

  #add(entry: CatalogueEntry, user: string): void {
    const key = keyOf(entry)
    const before = this.#entries.get(key)
    this.#entries.set(key, before ? merged(before, entry) : entry)
    const users = this.#users.get(key)
    if (users) users.add(user)
    else this.#users.set(key, new Set([user]))
  }
}

const keyOf = ({ kind, facility, code }: CatalogueEntry): string => `${kind} ${facility} ${code}`

/** One page of a catalogue, by code. */
export async function cataloguePage(
  store: RecordStore,
  kind: CatalogueKind,
  cursor: string | null,
): Promise<Outcome<{ readonly entries: readonly CatalogueEntry[]; readonly next: string | null }>> {
  const request = await parseSearch(CATALOGUE_TYPES[kind], [['_tag', `${CATALOGUE_TAG}|${kind}`]], {
    base: '',
    handling: 'strict',
  })
  if (!request.ok) return request
  const refusal = cursor === null ? null : store.cursorRefusal(request.value, cursor)
  if (refusal) return refuse([refusal])
  const { versions, next } = await store.find({ ...request.value, count: 500, cursor })
  const entries = versions.map(({ body }) => entryOf(JSON.parse(body ?? '{}') as CatalogueResource))
  return accept({ entries, next })
}

/** @returns entries that are retired or in which a price is a slip: what uses them may be objected to */
async function writeEntries(
  store: RecordStore,
  entries: readonly CatalogueEntry[],
): Promise<readonly CatalogueEntry[]> {
  for (let attempt = 1; ; attempt++) {
    const stored = await store.readMany(
      entries.map((entry) => ({ type: CATALOGUE_TYPES[entry.kind], id: entryId(entry) })),
    )
    const united = entries.map((entry, place): readonly [CatalogueResource, 'none' | number] => {
      const version = stored[place]
      if (!version?.body) return [entryResource(entry), 'none']
      const before = JSON.parse(version.body) as CatalogueResource
      return [completed(before, merged(entryOf(before), entry)), version.version]
    })
    const writes = united.map(([resource, expected]) => resourceWrite(resource, expected))
    const outcome = await store.write(writes, AUTHOR)
    if (outcome.ok) return entries.filter((_entry, place) => isDoubtful(united[place]![0]))
    if (attempt === ATTEMPTS) throw new Error(`the catalogues could not be written: ${outcome.refusals[0]?.rule}`)
  }
}

function isDoubtful(resource: CatalogueResource): boolean {
  const { prices } = entryOf(resource)
  return isRetired(resource) || settled(prices).length < prices.length
}

/** What the facility wrote into its entry stays: a name, and that it is no longer in use. */
const completed = (before: CatalogueResource, entry: CatalogueEntry): CatalogueResource => {
  const { name: _name, title: _title, ...next } = { name: '', title: '', ...entryResource(entry) }
  return { ...before, ...next, ...endOf(before) } as CatalogueResource
}

/** Of an entry that is no longer in use: that it is not, and since when. */
function endOf(before: CatalogueResource): Partial<CatalogueResource> {
  if (!isRetired(before)) return {}
  if (before.resourceType === 'ChargeItemDefinition')
    return { status: before.status, ...(before.effectivePeriod ? { effectivePeriod: before.effectivePeriod } : {}) }
  return before.resourceType === 'Location' || before.resourceType === 'Device'
    ? ({ status: before.status } as Partial<CatalogueResource>)
    : { active: false }
}

/** What a row says of a catalogue. */
export const codesOf = (values: Values, { code, several }: CatalogueSource): readonly string[] =>
  (several ? (values[code] ?? '').split(';') : [values[code] ?? ''])
    .map((text) => text.trim())
    .filter((text) => text !== '')

function entryFrom(
  values: Values,
  code: string,
  { kind, name, unit, price, fundPrice }: CatalogueSource,
  facility: string,
  ofDossier: string,
): CatalogueEntry {
  const day = dayOf(values.NGAY_YL) || ofDossier
  const seen = { first: day, last: day }
  const amount = price ? decimal(values[price]) : null
  const paid = fundPrice ? decimal(values[fundPrice]) : null
  return {
    kind,
    facility,
    code,
    name: name ? (values[name] ?? '').trim() : '',
    unit: unit ? (values[unit] ?? '').trim() : '',
    ...seen,
    prices: amount === null ? [] : [{ price: amount, fundPrice: paid === amount ? null : paid, ...seen }],
  }
}

/** Without zeros that say nothing; null for what is no number. */
function decimal(text: string | undefined): string | null {
  if (!text || !/^\d{1,12}(\.\d{1,6})?$/.test(text)) return null
  return (text.includes('.') ? text.replace(/\.?0+$/, '') : text).replace(/^0+(?=\d)/, '')
}

function dayOf(text: string | undefined): string {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})/.exec(text ?? '') ?? []
  const written = `${year}-${month}-${day}`
  const time = Date.parse(`${written}T00:00:00Z`)
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(written) ? '' : written
}
