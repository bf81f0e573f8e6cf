import { expect, test } from 'vitest'
import { diagnosisNames } from './diagnosis-names.ts'

const named = (text: string, ...codes: string[]) => {
  const names = diagnosisNames(text, codes)
  return names && codes.map((code) => names.get(code))
}

test.each([
  ['Viêm dạ dày; Tăng huyết áp [K29.7, I10]', ['K29.7', 'I10'], ['Viêm dạ dày', 'Tăng huyết áp']],
  ['Sốt Dengue (Dengue cổ điển) [A90]', ['A90'], ['Sốt Dengue (Dengue cổ điển)']],
  ['I10 - Tăng huyết áp; K29.7: Viêm dạ dày', ['K29.7', 'I10'], ['Viêm dạ dày', 'Tăng huyết áp']],
  ['Tăng huyết áp (I10); Viêm dạ dày (K29.7)', ['I10', 'K29.7'], ['Tăng huyết áp', 'Viêm dạ dày']],
])('%s', (text, codes, names) => {
  expect(named(text, ...codes)).toEqual(names)
})

test.each([
  ['codes in another order than the names may be another disease', 'Viêm dạ dày; Tăng huyết áp [I10, K29.7]'],
  ['more names than codes', 'Viêm dạ dày; sau mổ; Tăng huyết áp [K29.7, I10]'],
  ['no codes in the text', 'Viêm dạ dày; Tăng huyết áp'],
  ['a code that stands for another', 'K29.71 - Viêm dạ dày; I10 - Tăng huyết áp'],
  ['nothing', ''],
])('not taken apart: %s', (_why, text) => {
  expect(named(text, 'K29.7', 'I10')).toBeNull()
})
