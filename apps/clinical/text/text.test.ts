import { expect, test } from 'vitest'
import { en } from './en.ts'
import { vi } from './vi.ts'

/** Every text with its path, so that a failure names it. */
const flat = (texts: object, path = ''): readonly (readonly [string, string])[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as const] : flat(value as object, `${path}${key}.`),
  )

const placeholders = (text: string): readonly string[] => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted()

test('both languages have the same texts with the same gaps to fill', () => {
  const english = new Map(flat(en))
  const vietnamese = flat(vi)
  expect(vietnamese.map(([key]) => key)).toEqual([...english.keys()])
  for (const [key, text] of vietnamese)
    expect([key, placeholders(english.get(key) ?? '')]).toEqual([key, placeholders(text)])
})

test('Vietnamese is written in composed letters and carries no English word of the trade', () => {
  for (const [key, text] of flat(vi)) {
    expect([key, text.normalize('NFC')]).toEqual([key, text])
    expect([key, /\b(patient|error|loading|server|click|timeline|overview)\b/i.test(text)]).toEqual([key, false])
  }
})
