import { expect, test } from 'vitest'
import type { Table } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import { fieldLabel } from './field-labels.ts'

/** Tables whose rows are charts, not papers; XML12 is typed on the portal. */
const NO_PAPERS = new Set(['XML1', 'XML2', 'XML3', 'XML4', 'XML5', 'XML12'])

test('every field of a paper has a Vietnamese name', () => {
  const papers: readonly Table[] = Object.values(tables).filter(({ id }) => !NO_PAPERS.has(id))
  const fields = new Set(papers.flatMap((table) => table.fields.map(({ name }) => name)))
  const unnamed = [...fields].filter(
    (name) => !['MA_LK', 'STT', 'DU_PHONG'].includes(name) && fieldLabel(name) === name,
  )
  expect(unnamed).toEqual([])
})
