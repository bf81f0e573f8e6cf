import { expect, test } from 'vitest'
import { fieldLabels } from './labels.ts'
import { tables } from './tables.ts'

test('every field of every table has a name for people, and no name is left over', () => {
  const names = new Set(Object.values(tables).flatMap(({ fields }) => fields.map(({ name }) => name)))
  expect(Object.keys(fieldLabels).toSorted()).toEqual([...names].toSorted())
  for (const [name, label] of Object.entries(fieldLabels)) expect([name, label.normalize('NFC')]).toEqual([name, label])
})
