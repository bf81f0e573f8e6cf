import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOf, lengthOf, listed } from './pieces.ts'

test('the bytes of pieces are those of their text', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('Nguyễn Văn Á 👩‍⚕️'))
  fc.assert(
    fc.property(fc.array(text), (pieces) => {
      expect(bytesOf(pieces).equals(Buffer.from(pieces.join('')))).toBe(true)
      expect(lengthOf(pieces)).toBe(pieces.join('').length)
    }),
  )
})

test('commas stand between elements only', () => {
  expect(listed([]).join('')).toBe('')
  expect(listed([['{', '}']]).join('')).toBe('{}')
  expect(listed([['{', '}'], ['1'], ['2']]).join('')).toBe('{},1,2')
})
