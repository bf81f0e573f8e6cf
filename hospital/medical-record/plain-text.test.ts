import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText } from './plain-text.ts'

test('markup goes, words and entities stay', () => {
  expect(plainText('<div xmlns="x"><p>Mạch &lt; 60</p><p>HA 120/80 &amp; &#225;n</p></div>')).toBe(
    'Mạch < 60 HA 120/80 & án',
  )
})

test('scripts and styles are no words', () => {
  expect(plainText('<div>a<script>alert(1)</script><style>b{}</style>c</div>')).toBe('a c')
})

test('an impossible character reference does not break the page', () => {
  fc.assert(fc.property(fc.string(), (text) => typeof plainText(`<div>${text}&#99999;</div>`) === 'string'))
  expect(() => plainText('&#9999999;')).not.toThrow()
})
