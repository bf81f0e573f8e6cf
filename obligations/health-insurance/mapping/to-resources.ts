import type { ChargeItem, Claim, FhirResource } from '#fhir/r4'
import type { TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import type { Dossier, Row } from '../types.ts'
import { claimItemOf } from './charge.ts'
import { documentMapping } from './document-mapping.ts'
import { keepEnvelope } from './kept-envelope.ts'
import { keepRow } from './kept-row.ts'
import { mappings } from './mappings.ts'
import { lineKeys, rowNumbers } from './line-keys.ts'
import type { Identify, MadeRow, TableMapping, Visit } from './table-mapping.ts'
import { visitOf } from './visit.ts'

const TABLES = Object.keys(tables) as TableId[]

/**
 * A dossier as resources of R4: what a chart shows stands where R4 has a place for it, everything else in extensions,
 * so that `toDossier` gives the same dossier back.
 * @param identify makes ids: the same parts must give the same id
 * @returns the patient first (where there is a summary), then what the patient owns, the Claim among it
 */
export function toResources(dossier: Dossier, identify: Identify): readonly FhirResource[] {
  const { visit, resources } = visitOf(dossier, identify)
  const lines: NonNullable<Claim['item']> = []
  const made = TABLES.flatMap((table) => {
    const rows = dossier.tables[table] ?? []
    const keys = lineKeys(rows)
    const numbers = table === 'XML1' ? rows.map((_row, place) => place + 1) : rowNumbers(rows)
    const each = rows.map((row, place) => makeRow(table, row, numbers[place]!, keys[place]!, visit))
    for (const [place, { carriers }] of each.entries()) {
      const charge = carriers.find((carrier): carrier is ChargeItem => carrier.resourceType === 'ChargeItem')
      if (charge) lines.push({ ...claimItemOf(charge, rows[place]!.values), sequence: lines.length + 1 })
    }
    const together = mappings[table].together?.(each, visit) ?? []
    return [...each.flatMap(({ carriers, others }) => [...carriers, ...others]), ...together]
  })
  if (lines.length > 0) visit.claim.item = lines
  keepEnvelope(visit.claim, dossier)
  return [...new Set([...resources(), ...made])]
}

function makeRow(table: TableId, row: Row, number: number, key: string, visit: Visit): MadeRow {
  const mapping = mappingOfRow(table, number)
  const made = mapping.make(row, key, visit)
  keepRow(mapping, row, number, visit.dossier.visit, made)
  return made
}

/** A visit has one summary; another one that came with it is kept as a paper. */
const mappingOfRow = (table: TableId, number: number): TableMapping =>
  table === 'XML1' && number > 1 ? documentMapping('XML1') : mappings[table]
