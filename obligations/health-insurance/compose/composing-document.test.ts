import { expect, test } from 'vitest'
import { tables } from '../format/tables.ts'
import { composedSources, composingDocument } from './composing-document.ts'

test('the page about composing says where each field comes from', async () => {
  await expect(composingDocument()).toMatchFileSnapshot('../../../docs/rules/insurance-composing.md')
})

test.each(composedSources.map(([id, , sources]) => [id, sources] as const))(
  '%s: sources are of fields that it has',
  (id, sources) => {
    const known = new Set(tables[id].fields.map(({ name }) => name))
    expect(Object.keys(sources).filter((field) => !known.has(field))).toEqual([])
  },
)

test.each(composedSources.map(([id, , sources]) => [id, sources] as const))(
  '%s: every required field has a source',
  (id, sources) => {
    const required = tables[id].fields.filter(({ required }) => required).map(({ name }) => name)
    expect(required.filter((field) => !(field in sources))).toEqual([])
  },
)
