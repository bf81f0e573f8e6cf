import { expect, test } from 'vitest'
import { dosageSentence } from './dosage-sentence.ts'

test('what the prescriber wrote is not rewritten', () => {
  expect(dosageSentence([{ text: 'Uống 1 viên sáng, 1 viên tối' }], 'vi')).toBe('Uống 1 viên sáng, 1 viên tối')
})

test('a coded dosage becomes one sentence', () => {
  const dosage = {
    route: { text: 'Uống' },
    doseAndRate: [{ doseQuantity: { value: 1.5, unit: 'viên' } }],
    timing: {
      repeat: {
        frequency: 2,
        period: 1,
        periodUnit: 'd' as const,
        when: ['PC' as const],
        boundsDuration: { value: 7, code: 'd' },
      },
    },
  }
  expect(dosageSentence([dosage], 'vi')).toBe('Uống 1,5 viên, 2 lần/ngày, sau ăn, trong 7 ngày')
  expect(dosageSentence([dosage], 'en')).toBe('Uống 1,5 viên, 2 ×/d, after meals, for 7 d')
})

test('longer intervals and as-needed doses are said', () => {
  const repeat = { frequency: 1, period: 8, periodUnit: 'h' as const }
  expect(dosageSentence([{ timing: { repeat }, asNeededBoolean: true }], 'vi')).toBe('mỗi 8 giờ, khi cần')
})

test('several steps are joined, nothing known is nothing said', () => {
  expect(dosageSentence([{ text: 'Ngày đầu 2 viên' }, { text: 'sau đó 1 viên' }], 'vi')).toBe(
    'Ngày đầu 2 viên; sau đó 1 viên',
  )
  expect(dosageSentence(undefined, 'vi')).toBe('')
  expect(dosageSentence([{}], 'vi')).toBe('')
})
