import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listOf, trimmed } from './visit.ts'

test('a text loses the blanks around it and nothing else', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(' ', '\t', '\u00A0', '\uFEFF', 'ạ', 'b') }))
  fc.assert(fc.property(text, (each) => trimmed(each) === each.trim()))
  expect(trimmed(undefined)).toBe('')
})

test('a list is what stands between its semicolons', () => {
  expect(['', ' ', ';', 'A', 'A;', 'A; B ;C', ' A;;B;'].map(listOf)).toEqual([
    [],
    [],
    [],
    ['A'],
    ['A'],
    ['A', 'B', 'C'],
    ['A', '', 'B'],
  ])
})
