import { expect, test } from 'vitest'
import { importRefusal } from './import/refusals.ts'
import { sentence } from './import-command.ts'

test('a refusal of an import is told in Vietnamese first, then in English, with its place and rule', () => {
  expect(sentence(importRefusal('IMPORT-4', 'Bundle.entry[3]'))).toBe(
    '    Bundle.entry[3]: Mục không có tài nguyên / The entry has no resource (IMPORT-4)',
  )
})
