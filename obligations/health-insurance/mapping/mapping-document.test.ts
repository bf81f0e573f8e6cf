import { expect, test } from 'vitest'
import { tables } from '../format/tables.ts'
import { mappingDocument } from './mapping-document.ts'
import { mappings } from './mappings.ts'

test('the page about the mapping says what the mapping does', async () => {
  await expect(mappingDocument()).toMatchFileSnapshot('../../../docs/rules/insurance-mapping.md')
})

test('only fields that a decision knows have a place', () => {
  for (const { table, places } of Object.values(mappings)) {
    const known = tables[table].fields.map(({ name }) => name)
    expect(Object.keys(places).filter((name) => !known.includes(name))).toEqual([])
  }
})
