import { expect, test } from 'vitest'
import { administrationEn } from './en.ts'
import { administrationVi } from './vi.ts'

const flat = (texts: object, path = ''): readonly (readonly [string, string])[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as const] : flat(value as object, `${path}${key}.`),
  )

const gaps = (text: string | undefined): readonly string[] => (text?.match(/\{\{\w+\}\}/g) ?? []).toSorted()

test('both languages of accounts and rights have the same texts with the same gaps to fill', () => {
  const english = new Map(flat(administrationEn))
  expect(flat(administrationVi).map(([key]) => key)).toEqual([...english.keys()])
  for (const [key, text] of flat(administrationVi)) expect([key, gaps(english.get(key))]).toEqual([key, gaps(text)])
})

test('Vietnamese is written in composed letters', () => {
  for (const [key, text] of flat(administrationVi)) expect([key, text.normalize('NFC')]).toEqual([key, text])
})
