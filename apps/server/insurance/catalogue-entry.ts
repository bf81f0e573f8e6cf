/** One entry of a catalogue, and the resource it is kept as. */
import type {
  ChargeItemDefinition,
  ChargeItemDefinitionPropertyGroup,
  Device,
  Extension,
  HealthcareService,
  Location,
  PractitionerRole,
} from '#fhir/r4'
import { identifierSystems } from '#fhir/naming'
import type { CatalogueKind } from '#obligations/health-insurance'
import { CATALOGUE_TYPES } from './catalogue-sources.ts'
import { identify } from './identify.ts'

/** First and last day something was seen, yyyy-MM-dd. */
export interface Seen {
  readonly first: string
  readonly last: string
}

/** A price with the days it was met on. */
export interface Price extends Seen {
  /** decimal text, VND a unit */
  readonly price: string
  /** what the fund pays by, where it differs */
  readonly fundPrice: string | null
}

export interface CatalogueEntry extends Seen {
  readonly kind: CatalogueKind
  readonly facility: string
  readonly code: string
  readonly name: string
  readonly unit: string
  readonly prices: readonly Price[]
}

export type CatalogueResource = ChargeItemDefinition | PractitionerRole | HealthcareService | Location | Device

const SEEN = 'urn:lanh:extension:seen'
const UNIT = 'urn:lanh:extension:unit'
const PRICE = 'urn:lanh:extension:price'
const FUND_PRICE = 'urn:lanh:extension:fund-price'
/** `meta.tag` by which a catalogue is listed. */
export const CATALOGUE_TAG = 'urn:lanh:code:catalogue'
const CODES = 'urn:lanh:code:catalogue-item'

export const entryId = ({ kind, facility, code }: Pick<CatalogueEntry, 'kind' | 'facility' | 'code'>): string =>
  identify(CATALOGUE_TYPES[kind], 'catalogue', kind, facility, code)

/** Both together: the days widen, a name that was met later wins. */
export function merged(a: CatalogueEntry, b: CatalogueEntry): CatalogueEntry {
  const later = b.last >= a.last ? b : a
  const prices = new Map<string, Price>()
  for (const price of [...a.prices, ...b.prices]) {
    const key = `${price.price} ${price.fundPrice}`
    const before = prices.get(key)
    prices.set(key, before ? { ...before, ...widened(before, price) } : price)
  }
  return {
    ...a,
    ...widened(a, b),
    name: later.name || a.name || b.name,
    unit: later.unit || a.unit || b.unit,
    prices: [...prices.values()].toSorted((x, y) => (x.first < y.first ? -1 : 1)),
  }
}

const widened = (a: Seen, b: Seen): Seen => ({
  first: a.first < b.first ? a.first : b.first,
  last: a.last > b.last ? a.last : b.last,
})

export function entryResource(entry: CatalogueEntry): CatalogueResource {
  const { kind, facility, code, name } = entry
  const head = { id: entryId(entry), meta: { tag: [{ system: CATALOGUE_TAG, code: kind }] } }
  const identifier = [
    {
      system: CODES,
      value: code,
      assigner: { identifier: { system: identifierSystems.facilityCode, value: facility } },
    },
  ]
  const extension = [seen(entry), ...(entry.unit ? [{ url: UNIT, valueString: entry.unit }] : [])]
  switch (kind) {
    case 'staff':
      return {
        resourceType: 'PractitionerRole',
        ...head,
        extension,
        identifier,
        active: true,
        practitioner: { identifier: { system: identifierSystems.practisingLicence, value: code } },
      }
    case 'departments':
      return { resourceType: 'HealthcareService', ...head, extension, identifier, active: true, name: name || code }
    case 'beds':
      return { resourceType: 'Location', ...head, extension, identifier, status: 'active', name: name || code }
    case 'machines':
      return { resourceType: 'Device', ...head, extension, identifier, status: 'active' }
    default:
      return {
        resourceType: 'ChargeItemDefinition',
        ...head,
        extension,
        url: `urn:lanh:catalogue:${facility}:${kind}:${encodeURIComponent(code)}`,
        identifier,
        ...(name ? { title: name } : {}),
        status: 'active',
        effectivePeriod: { start: entry.first, end: entry.last },
        code: { coding: [{ system: `${CODES}-${kind}`, code }], ...(name ? { text: name } : {}) },
        ...(entry.prices.length > 0 ? { propertyGroup: entry.prices.map(priceGroup) } : {}),
      }
  }
}

const seen = ({ first, last }: Seen): Extension => ({ url: SEEN, valuePeriod: { start: first, end: last } })

/** The decimal stands as text beside R4's number, so that nobody has to trust a float. */
const priceGroup = (price: Price): ChargeItemDefinitionPropertyGroup => ({
  extension: [
    seen(price),
    { url: PRICE, valueString: price.price },
    ...(price.fundPrice === null ? [] : [{ url: FUND_PRICE, valueString: price.fundPrice }]),
  ],
  priceComponent: [{ type: 'base', amount: { value: Number(price.price), currency: 'VND' } }],
})

/** Whether the facility no longer uses it. */
export function isRetired(resource: CatalogueResource): boolean {
  if ('active' in resource && resource.active === false) return true
  return 'status' in resource && (resource.status === 'retired' || resource.status === 'inactive')
}

const textIn = (extensions: readonly Extension[] | undefined, url: string): string | null =>
  extensions?.find((each) => each.url === url)?.valueString ?? null

function seenIn(extensions: readonly Extension[] | undefined): Seen {
  const { start = '', end = '' } = extensions?.find(({ url }) => url === SEEN)?.valuePeriod ?? {}
  return { first: start, last: end }
}

export function entryOf(resource: CatalogueResource): CatalogueEntry {
  const { identifier, extension, meta } = resource
  const prices = resource.resourceType === 'ChargeItemDefinition' ? (resource.propertyGroup ?? []) : []
  return {
    kind: (meta?.tag?.find(({ system }) => system === CATALOGUE_TAG)?.code ?? 'services') as CatalogueKind,
    facility: identifier?.[0]?.assigner?.identifier?.value ?? '',
    code: identifier?.[0]?.value ?? '',
    name: nameOf(resource),
    unit: textIn(extension, UNIT) ?? '',
    ...seenIn(extension),
    prices: prices.map((group) => ({
      price: textIn(group.extension, PRICE) ?? '',
      fundPrice: textIn(group.extension, FUND_PRICE),
      ...seenIn(group.extension),
    })),
  }
}

function nameOf(resource: CatalogueResource): string {
  if (resource.resourceType === 'ChargeItemDefinition') return resource.title ?? ''
  return 'name' in resource ? (resource.name ?? '') : ''
}

/** A price that was met on one day only, within the days of another, is a slip and no price of the catalogue. */
export const settled = (prices: readonly Price[]): readonly Price[] =>
  prices.filter(
    ({ first, last }) =>
      first < last || !prices.some((other) => other.first < other.last && other.first <= first && last <= other.last),
  )
