import type { FhirResource } from '#fhir/r4'
import type { TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import type { Dossier, Row, Values } from '../types.ts'
import { envelopeIn } from './kept-envelope.ts'
import { type Implied, impliedBy, impliedFields, type RowPart, rowParts } from './kept-row.ts'
import { mappings } from './mappings.ts'
import type { Carrier } from './table-mapping.ts'

const TABLES = Object.keys(tables) as TableId[]

/**
 * The dossier that these resources came from, with what was changed in them since.
 * @param resources in any order; those that belong to no dossier are passed over
 */
export function toDossier(resources: readonly FhirResource[]): Dossier {
  const envelope = envelopeIn(resources) ?? { decision: '3176', facility: '', made: '', visit: '', signature: null }
  const implied = impliedBy(envelope.visit)
  const parts = Map.groupBy(
    resources.flatMap((resource) => rowParts(resource as Carrier, (table) => mappings[table])),
    ({ table }) => table,
  )
  const found = TABLES.flatMap((table): [TableId, Row[]][] => {
    const own = parts.get(table)
    return own ? [[table, rowsOf(table, own, implied)]] : []
  })
  return { ...envelope, tables: Object.fromEntries(found) }
}

function rowsOf(table: TableId, parts: readonly RowPart[], implied: Implied): Row[] {
  return [...Map.groupBy(parts, ({ number }) => number)]
    .toSorted(([a], [b]) => a - b)
    .map(([number, own]) => rowOf(table, number, own, implied))
}

function rowOf(table: TableId, number: number, parts: readonly RowPart[], implied: Implied): Row {
  const texts: Record<string, string> = {}
  for (const field of impliedFields(table)) texts[field] = implied(table, field, number) ?? ''
  for (const { said } of parts) Object.assign(texts, said)
  for (const { kept } of parts) Object.assign(texts, kept)
  const unknown = Object.fromEntries(parts.flatMap((part) => Object.entries(part.unknown)))
  return { values: inOrder(table, texts), unknown: Object.keys(unknown).length > 0 ? unknown : null }
}

/** Fields in the order of their table, without those that say nothing. */
function inOrder(table: TableId, texts: Values): Values {
  const names = new Set([...tables[table].fields.map(({ name }) => name), ...Object.keys(texts)])
  return Object.fromEntries([...names].flatMap((name) => (texts[name] ? [[name, texts[name]]] : [])))
}
