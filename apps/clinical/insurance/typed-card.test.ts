import { expect, test } from 'vitest'
import { questionOf, readChipCard } from './typed-card.ts'

test('the code of a chip card fills the three fields, a number does not', () => {
  expect(readChipCard('000000000000||Nguyễn Văn Thử|01011980|Nam|Hà Nội|01012024')).toEqual({
    card: '000000000000',
    name: 'Nguyễn Văn Thử',
    birth: '01/01/1980',
  })
  expect(readChipCard('HC4010000000000')).toBeNull()
  expect(readChipCard('1|2|3')).toBeNull()
})

test('a question has a number, a name and a day or a year', () => {
  const typed = { card: 'hc4 0100 0000 0000', name: ' Nguyễn Văn Thử ', birth: '1/1/1980' }
  expect(questionOf(typed, '2026-11-24')).toEqual({
    card: 'HC4010000000000',
    name: 'Nguyễn Văn Thử',
    birthDate: '1980-01-01',
  })
  expect(questionOf({ ...typed, birth: '1980' }, '2026-11-24')?.birthDate).toBe('1980')
  for (const wrong of [{ birth: '31/02/1980' }, { birth: '01/1980' }, { birth: '' }, { card: ' ' }, { name: '' }])
    expect(questionOf({ ...typed, ...wrong }, '2026-11-24')).toBeNull()
})
