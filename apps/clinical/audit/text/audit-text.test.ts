import { expect, test } from 'vitest'
import { auditEn } from './en.ts'
import { auditVi } from './vi.ts'

const flat = (texts: object, path = ''): readonly (readonly [string, string])[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as const] : flat(value as object, `${path}${key}.`),
  )

const gaps = (text: string | undefined): readonly string[] => (text?.match(/\{\{\w+\}\}/g) ?? []).toSorted()

test('both languages of audit have the same texts with the same gaps to fill', () => {
  const english = new Map(flat(auditEn))
  expect(flat(auditVi).map(([key]) => key)).toEqual([...english.keys()])
  for (const [key, text] of flat(auditVi)) expect([key, gaps(english.get(key))]).toEqual([key, gaps(text)])
})

test('Vietnamese is written in composed letters', () => {
  for (const [key, text] of flat(auditVi)) expect([key, text.normalize('NFC')]).toEqual([key, text])
})
