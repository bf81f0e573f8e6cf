import type { FhirResource } from '#fhir/r4'
import type { TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import type { Dossier, Row } from '../types.ts'
import { envelopeIn } from './kept-envelope.ts'
import { impliedIn, type RowPart, rowParts } from './kept-row.ts'
import { mappings } from './mappings.ts'
import type { Carrier } from './table-mapping.ts'
import { inTableOrder } from './table-order.ts'

const TABLES = Object.keys(tables) as TableId[]

/**
 * The dossier that these resources came from, with what was changed in them since.
 * @param resources in any order; those that belong to no dossier are passed over
 */
export function toDossier(resources: readonly FhirResource[]): Dossier {
  const envelope = envelopeIn(resources) ?? { decision: '3176', facility: '', made: '', visit: '', signature: null }
  const parts = Map.groupBy(
    resources.flatMap((resource) => rowParts(resource as Carrier, (table) => mappings[table])),
    ({ table }) => table,
  )
  const found = TABLES.flatMap((table): [TableId, Row[]][] => {
    const own = parts.get(table)
    return own ? [[table, rowsOf(table, own, envelope.visit)]] : []
  })
  return { ...envelope, tables: Object.fromEntries(found) }
}

function rowsOf(table: TableId, parts: readonly RowPart[], visit: string): Row[] {
  return [...Map.groupBy(parts, ({ number }) => number)]
    .toSorted(([a], [b]) => a - b)
    .map(([number, own]) => rowOf(table, number, own, visit))
}

function rowOf(table: TableId, number: number, parts: readonly RowPart[], visit: string): Row {
  const texts: Record<string, string> = { ...impliedIn(table, visit, number) }
  for (const { said } of parts) Object.assign(texts, said)
  for (const { kept } of parts) Object.assign(texts, kept)
  const unknown = Object.fromEntries(parts.flatMap((part) => Object.entries(part.unknown)))
  const absent = new Set(parts.flatMap((part) => part.absent))
  return { values: inTableOrder(table, texts, absent), unknown: Object.keys(unknown).length > 0 ? unknown : null }
}
