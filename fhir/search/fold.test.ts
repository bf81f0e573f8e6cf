import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from './fold.ts'

describe('fold', () => {
  test.each([
    ['Nguyễn Văn Á', 'nguyen van a'],
    ['ĐẶNG THỊ ĐÀO', 'dang thi dao'],
    ['đ', 'd'],
    ['Đ', 'd'],
    ['hòa', 'hoa'],
    ['hoà', 'hoa'],
    ['Thuỷ', 'thuy'],
    ['Thủy', 'thuy'],
    ['Mỹ', 'my'],
    ['Mĩ', 'mi'],
    ['  Lê   Thị\tHồng ', 'le thi hong'],
    ["O'Brien-Smith, Jr.", 'obrien smith jr'],
    ['Ýwqữợ', 'ywquo'],
    ['Straße', 'strasse'],
    ['Ｆｕｌｌ １２', 'full 12'],
    ['İstanbul', 'istanbul'],
    ['', ''],
    ['***', ''],
    ['हिन्दी', 'हिन्दी'],
  ])('%j becomes %j', (text, folded) => {
    expect(fold(text)).toBe(folded)
    expect(fold(text.normalize('NFD'))).toBe(folded.normalize('NFKD'))
  })

  test('is idempotent and blind to composition and case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
        expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')))
      }),
    )
  })

  test('folds every Vietnamese vowel to its base letter', () => {
    const vowels = {
      a: 'àáảãạăằắẳẵặâầấẩẫậ',
      e: 'èéẻẽẹêềếểễệ',
      i: 'ìíỉĩị',
      o: 'òóỏõọôồốổỗộơờớởỡợ',
      u: 'ùúủũụưừứửữự',
      y: 'ỳýỷỹỵ',
    }
    for (const [base, letters] of Object.entries(vowels))
      for (const letter of letters)
        for (const form of [
          letter,
          letter.toUpperCase(),
          letter.normalize('NFD'),
          letter.toUpperCase().normalize('NFD'),
        ])
          expect(fold(form)).toBe(base)
  })
})
