import { expect, test } from 'vitest'
import { readDay } from './read-day.ts'

const read = (text: string) => readDay(text, '2026-03-01')

test('a day is read as people type it', () => {
  expect(['15/03/2024', '15032024', '1/3/2026', '1503', '15/3', '2025-12-31', 'h', 'H-1', ''].map(read)).toEqual([
    '2024-03-15',
    '2024-03-15',
    '2026-03-01',
    '2026-03-15',
    '2026-03-15',
    '2025-12-31',
    '2026-03-01',
    '2026-02-28',
    '',
  ])
})

test('what is no day is not guessed', () => {
  expect(['31/02/2026', '2026-02-30', 'mai', '15', '99/99', '1/13'].map(read)).toEqual(Array(6).fill(null))
})
