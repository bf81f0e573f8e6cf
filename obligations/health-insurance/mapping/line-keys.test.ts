import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineKeys, rowNumbers } from './line-keys.ts'

const keysOf = (...numbers: string[]) => lineKeys(numbers.map((STT) => ({ values: { STT }, unknown: null })))

test('a line goes by its number, twins by their order, lines without a number by their place', () => {
  expect(keysOf('1', '02', '3')).toEqual(['1', '2', '3'])
  expect(keysOf('1', '3')).toEqual(['1', '3'])
  expect(keysOf('1', '1', '1')).toEqual(['1', '1 (2)', '1 (3)'])
  expect(keysOf('', '1', '')).toEqual(['1', '1 (2)', '3'])
})

test('no two lines of a table have one key', () => {
  const numbers = fc.array(fc.constantFrom('', '0', '1', '01', '2', '1 (2)', 'x', '__proto__'))
  fc.assert(
    fc.property(numbers, (written) => {
      expect(new Set(keysOf(...written)).size).toBe(written.length)
    }),
  )
})

test('lines are numbered as they are written, as far as that keeps their order', () => {
  const numbersOf = (...numbers: string[]) => rowNumbers(numbers.map((STT) => ({ values: { STT }, unknown: null })))
  expect(numbersOf('1', '2', '4')).toEqual([1, 2, 4])
  expect(numbersOf('2', '1')).toEqual([1, 2])
  expect(numbersOf('1', '1')).toEqual([1, 2])
  expect(numbersOf('1', '02', '')).toEqual([1, 2, 3])
})

test('a table whose lines all have one number is no burden', () => {
  expect(keysOf(...Array.from({ length: 50_000 }, () => '1'))).toHaveLength(50_000)
})
