import type { RecordStore } from '#foundation/record-store'
import {
  type CatalogueItem,
  type CatalogueKind,
  type Catalogues,
  catalogueSources,
  type Dossier,
} from '#obligations/health-insurance'
import { type CatalogueResource, entryId, entryOf, isRetired, type Price, settled } from './catalogue-entry.ts'
import { codesOf } from './catalogue.ts'
import { CATALOGUE_TYPES } from './catalogue-sources.ts'

/**
 * What the facility's catalogues say of the codes of one dossier. A catalogue that knows none of them is taken for one
 * that is not kept.
 */
export async function cataloguesFor(
  store: Pick<RecordStore, 'readMany'>,
  { facility, tables }: Dossier,
): Promise<Catalogues> {
  const asked = new Map<string, { readonly kind: CatalogueKind; readonly code: string }>()
  for (const source of catalogueSources) {
    for (const { values } of tables[source.table] ?? []) {
      for (const code of codesOf(values, source)) asked.set(`${source.kind} ${code}`, { kind: source.kind, code })
    }
  }
  const found = await store.readMany(
    [...asked.values()].map((each) => ({ type: CATALOGUE_TYPES[each.kind], id: entryId({ ...each, facility }) })),
  )
  const items = new Map<string, CatalogueItem>()
  const kept = new Set<CatalogueKind>()
  for (const [place, [key, { kind }]] of [...asked].entries()) {
    const body = found[place]?.body
    if (!body) continue
    kept.add(kind)
    items.set(key, itemOf(JSON.parse(body) as CatalogueResource))
  }
  return { find: (kind, code) => items.get(`${kind} ${code}`) ?? (kept.has(kind) ? null : undefined) }
}

/** What dossiers showed has no end until the facility says so. */
function itemOf(resource: CatalogueResource): CatalogueItem {
  const { prices } = entryOf(resource)
  return { since: '', until: isRetired(resource) ? dayOf(endOf(resource)) : '', prices: settled(prices).map(dated) }
}

const endOf = (resource: CatalogueResource): string =>
  (resource.resourceType === 'ChargeItemDefinition' ? resource.effectivePeriod?.end : undefined) ??
  resource.meta?.lastUpdated ??
  ''

const dayOf = (text: string): string => text.slice(0, 10).replaceAll('-', '')

/** A price holds from the day it was met until a later one was met and it no longer. */
const dated = (price: Price, _place: number, all: readonly Price[]): CatalogueItem['prices'][number] => ({
  price: price.price,
  fundPrice: price.fundPrice,
  since: dayOf(price.first),
  until: all.some(({ first }) => first > price.last) ? dayOf(price.last) : '',
})
