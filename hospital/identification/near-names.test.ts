import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areNearNames } from './near-names.ts'

test.each([
  ['Nguyễn Thị Thanh Hoa', 'Nguyễn Thị Thanh Hòa', true],
  ['Trần Văn Hoan', 'Trần Văn Hoàng', true],
  ['Trần Văn Hoàng', 'Trần Văn Hoàn', true],
  ['Lê Văn Tâm', 'Lê Văn Tám', true],
  ['Lê Văn Tâm', 'Lê Văn Nam', true],
  ['Lê Văn Tâm', 'Lê Thị Tâm', false],
  ['Lê Văn Tâm', 'Phạm Văn Tâm', false],
  ['', '', false],
])('%s and %s: %s', (one, other, near) => {
  expect(areNearNames(one, other)).toBe(near)
})

test('nearness goes both ways, and every name is near to itself', () => {
  const name = fc.stringMatching(/^[a-z]{1,6}( [a-z]{1,6}){0,2}$/)
  fc.assert(
    fc.property(name, name, (one, other) => {
      expect(areNearNames(one, other)).toBe(areNearNames(other, one))
      expect(areNearNames(one, one)).toBe(true)
    }),
  )
})
