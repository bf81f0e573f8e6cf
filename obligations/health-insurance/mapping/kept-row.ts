/**
 * A row on its resources: what R4 has a place for is read from there, everything else stands letter for letter in the
 * extension `urn:lanh:bhxh:<table>`, one part per field. So nothing is lost whatever a field contains.
 */
import type { Extension } from '#fhir/r4'
import { type TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import type { Row } from '../types.ts'
import { keptText, textKept } from './kept-text.ts'
import { type Carrier, type MadeRow, type Place, type TableMapping, typeAt } from './table-mapping.ts'

export const ROW_PREFIX = 'urn:lanh:bhxh:'
const NUMBER = 'row'
const UNKNOWN = 'unknown'

/** What every row says without saying it: its visit and its number. */
export type Implied = (table: TableId, field: string, number: number) => string | undefined

export const impliedBy =
  (visit: string): Implied =>
  (table, field, number) =>
    field === 'MA_LK' ? visit : field === 'STT' && hasNumber.has(table) ? String(number) : undefined

const hasNumber: ReadonlySet<string> = new Set(
  Object.values(tables)
    .filter(({ fields, repeats }) => repeats && fields.some(({ name }) => name === 'STT'))
    .map(({ id }) => id),
)

/** Puts the row into the extensions of its carriers. */
export function keepRow(mapping: TableMapping, row: Row, number: number, implied: Implied, made: MadeRow): void {
  const parts = new Map(made.carriers.map((carrier) => [carrier.resourceType as string, [] as Extension[]]))
  const first = made.carriers[0]!.resourceType
  for (const field of fieldsOf(mapping, row)) {
    const text = row.values[field] ?? ''
    if (text === (saidOf(mapping, field, made.carriers) ?? implied(mapping.table, field, number) ?? '')) continue
    const keeper = parts.get(mapping.keptOn?.[field] ?? first) ?? parts.get(first)
    keeper?.push(keptText(field, text))
  }
  const unknown = Object.entries(row.unknown ?? {}).map(([tag, text]) => keptText(tag, text))
  if (unknown.length > 0) parts.get(first)?.push({ url: UNKNOWN, extension: unknown })
  for (const carrier of made.carriers) {
    const extension = [{ url: NUMBER, valueInteger: number }, ...(parts.get(carrier.resourceType) ?? [])]
    carrier.extension = [...(carrier.extension ?? []), { url: ROW_PREFIX + mapping.table, extension }]
  }
}

const fieldsOf = ({ table, places }: TableMapping, { values }: Row): readonly string[] => [
  ...new Set([...Object.keys(values), ...impliedFields(table), ...Object.keys(places)]),
]

export const impliedFields = (table: TableId): readonly string[] =>
  hasNumber.has(table) ? ['MA_LK', 'STT'] : ['MA_LK']

function saidOf({ places }: TableMapping, field: string, carriers: readonly Carrier[]): string | undefined {
  const place = places[field]
  const carrier = place?.read && carriers.find(({ resourceType }) => resourceType === typeAt(place))
  return carrier && (place?.read?.(carrier) || undefined)
}

/** What one carrier knows of a row. */
export interface RowPart {
  readonly table: TableId
  readonly number: number
  /** from places of R4 */
  readonly said: Readonly<Record<string, string>>
  /** from the extension: goes before what is said elsewhere; '' where the row had nothing */
  readonly kept: Readonly<Record<string, string>>
  readonly unknown: Readonly<Record<string, string>>
}

/** The parts of rows that a resource carries. */
export function rowParts(resource: Carrier, mappingOf: (table: TableId) => TableMapping): readonly RowPart[] {
  return (resource.extension ?? []).flatMap(({ url, extension = [] }) => {
    const table = url.slice(ROW_PREFIX.length)
    if (!url.startsWith(ROW_PREFIX) || !isTable(table)) return []
    const number = extension.find((part) => part.url === NUMBER)?.valueInteger ?? 1
    const unknown = extension.find((part) => part.url === UNKNOWN)?.extension ?? []
    const kept = extension.filter((part) => part.url !== NUMBER && part.url !== UNKNOWN)
    const said = saidBy(resource, mappingOf(table).places)
    return { table, number, said, kept: textsOf(kept), unknown: textsOf(unknown) }
  })
}

const isTable = (name: string): name is TableId => Object.hasOwn(tables, name)

const textsOf = (parts: readonly Extension[]): Record<string, string> =>
  Object.fromEntries(parts.map((part) => [part.url, textKept(part)]))

function saidBy(resource: Carrier, places: Readonly<Record<string, Place>>): Record<string, string> {
  const said: Record<string, string> = {}
  for (const [field, place] of Object.entries(places)) {
    const text = place.read && typeAt(place) === resource.resourceType ? place.read(resource) : undefined
    if (text) said[field] = text
  }
  return said
}
