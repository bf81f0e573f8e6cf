/**
 * A row on its resources: what R4 has a place for is read from there, everything else stands letter for letter in the
 * extension `urn:lanh:bhxh:<table>`, one part per field. So nothing is lost whatever a field contains.
 */
import type { Extension } from '#fhir/r4'
import { type TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import type { Row } from '../types.ts'
import { keptText, textKept } from './kept-text.ts'
import { type Carrier, type MadeRow, type TableMapping } from './table-mapping.ts'

export const ROW_PREFIX = 'urn:lanh:bhxh:'
const NUMBER = 'row'
const UNKNOWN = 'unknown'
const ABSENT = 'absent'

/** What every row of a table says without saying it: its visit and its number. */
export function impliedIn(table: TableId, visit: string, number: number): Readonly<Record<string, string>> {
  const all: Readonly<Record<string, string>> = { MA_LK: visit, STT: String(number) }
  return Object.fromEntries((IMPLIED[table] ?? []).map((field) => [field, all[field] ?? '']))
}

const IMPLIED: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.values(tables).map(({ id, fields, repeats }) => [
    id,
    fields.map(({ name }) => name).filter((name) => name === 'MA_LK' || (name === 'STT' && repeats)),
  ]),
)

/** Puts the row into the extensions of its carriers. */
export function keepRow(mapping: TableMapping, row: Row, number: number, visit: string, made: MadeRow): void {
  const implied = impliedIn(mapping.table, visit, number)
  const parts = new Map(made.carriers.map((carrier) => [carrier.resourceType as string, [] as Extension[]]))
  const first = made.carriers[0]!.resourceType
  for (const field of fieldsOf(mapping, row)) {
    const text = row.values[field] ?? ''
    if (text === (saidOf(mapping, field, made.carriers) ?? implied[field] ?? '')) continue
    const keeper = parts.get(mapping.keptOn?.[field] ?? first) ?? parts.get(first)
    keeper?.push(keptText(field, text))
  }
  const unknown = Object.entries(row.unknown ?? {}).map(([tag, text]) => keptText(tag, text))
  if (unknown.length > 0) parts.get(first)?.push({ url: UNKNOWN, extension: unknown })
  const absent = absentIn(mapping.table, row)
  if (absent !== '') parts.get(first)?.push({ url: ABSENT, valueString: absent })
  for (const carrier of made.carriers) {
    const extension = [{ url: NUMBER, valueInteger: number }, ...(parts.get(carrier.resourceType) ?? [])]
    carrier.extension = [...(carrier.extension ?? []), { url: ROW_PREFIX + mapping.table, extension }]
  }
}

/** Fields whose element did not come at all, not even empty. */
const absentIn = (table: TableId, { values }: Row): string =>
  tables[table].fields.flatMap(({ name }) => (Object.hasOwn(values, name) ? [] : [name])).join(' ')

/** Every field that the row or its places may say something about. */
function fieldsOf(mapping: TableMapping, { values }: Row): Iterable<string> {
  const fields = new Set(Object.keys(values))
  for (const field of IMPLIED[mapping.table] ?? []) fields.add(field)
  for (const field of readFields(mapping)) fields.add(field)
  return fields
}

const readable = new WeakMap<TableMapping, readonly string[]>()

/** Fields that are read from a place of R4. */
function readFields(mapping: TableMapping): readonly string[] {
  let fields = readable.get(mapping)
  if (!fields) {
    fields = Object.keys(mapping.places).filter((field) => mapping.places[field]?.read)
    readable.set(mapping, fields)
  }
  return fields
}

function saidOf({ places }: TableMapping, field: string, carriers: readonly Carrier[]): string | undefined {
  const place = Object.hasOwn(places, field) ? places[field] : undefined
  const carrier = place?.read && carriers.find(({ resourceType }) => resourceType === place.type)
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
  /** fields that the row does not even have empty */
  readonly absent: readonly string[]
}

/** The parts of rows that a resource carries. */
export function rowParts(resource: Carrier, mappingOf: (table: TableId) => TableMapping): readonly RowPart[] {
  return (resource.extension ?? []).flatMap(({ url, extension = [] }) => {
    const table = url.slice(ROW_PREFIX.length)
    if (!url.startsWith(ROW_PREFIX) || !isTable(table)) return []
    const number = extension.find((part) => part.url === NUMBER)?.valueInteger ?? 1
    const unknown = extension.find((part) => part.url === UNKNOWN)?.extension ?? []
    const absent = extension.find((part) => part.url === ABSENT)?.valueString?.split(' ') ?? []
    const kept = extension.filter((part) => !OWN.has(part.url))
    const said = saidBy(resource, mappingOf(table))
    return { table, number, said, kept: textsOf(kept), unknown: textsOf(unknown), absent }
  })
}

const OWN: ReadonlySet<string> = new Set([NUMBER, UNKNOWN, ABSENT])

const isTable = (name: string): name is TableId => Object.hasOwn(tables, name)

const textsOf = (parts: readonly Extension[]): Record<string, string> =>
  Object.fromEntries(parts.map((part) => [part.url, textKept(part)]))

function saidBy(resource: Carrier, mapping: TableMapping): Record<string, string> {
  const said: Record<string, string> = {}
  for (const field of readFields(mapping)) {
    const place = mapping.places[field]
    const text = place?.type === resource.resourceType ? place.read?.(resource) : undefined
    if (text) said[field] = text
  }
  return said
}
