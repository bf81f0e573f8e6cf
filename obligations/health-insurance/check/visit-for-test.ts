import type { TableId } from '../format/table.ts'
import type { Dossier, Values } from '../types.ts'
import { checkDossier, type CheckOptions } from './check-dossier.ts'

/** A dossier of these rows, of a visit that ended on a day of 2025 unless they say otherwise. */
export const dossierOf = (tables: Partial<Record<TableId, readonly Values[]>>): Dossier => ({
  decision: '3176',
  facility: '00921',
  made: '20250901',
  visit: 'LK1',
  tables: Object.fromEntries(
    Object.entries({ XML1: [{}], ...tables }).map(([id, rows]) => [
      id,
      rows.map((values) => ({ values: { ...(id === 'XML1' ? ENDED : {}), ...values }, unknown: null })),
    ]),
  ),
  signature: null,
})

const ENDED: Values = { MA_LK: 'LK1', NGAY_VAO: '202508300800', NGAY_RA: '202508301000' }

/** Where one rule finds something: "XML3[2].MUC_HUONG". */
export const foundBy = (
  rule: string,
  tables: Parameters<typeof dossierOf>[0],
  options: CheckOptions = {},
): readonly string[] =>
  checkDossier(dossierOf(tables), options)
    .filter((finding) => finding.rule === rule)
    .map(({ table, row, field }) => `${table}${row === null ? '' : `[${row}]`}.${field}`)
