import type { TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import { documentMapping } from './document-mapping.ts'
import { drugMapping } from './drug-mapping.ts'
import { noteMapping } from './note-mapping.ts'
import { resultMapping } from './result-mapping.ts'
import { serviceMapping } from './service-mapping.ts'
import { summaryMapping } from './summary-mapping.ts'
import type { TableMapping } from './table-mapping.ts'

const OWN: readonly TableMapping[] = [summaryMapping, drugMapping, serviceMapping, resultMapping, noteMapping]

/** How every table becomes resources and back; a table without a mapping of its own is a paper. */
export const mappings: Readonly<Record<TableId, TableMapping>> = Object.fromEntries(
  (Object.keys(tables) as TableId[]).map((id) => [id, OWN.find(({ table }) => table === id) ?? documentMapping(id)]),
) as Record<TableId, TableMapping>
