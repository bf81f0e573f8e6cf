import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rulesDocument } from './rules-document.ts'

const FILE = join(import.meta.dirname, '../../docs/rules/access.md')

test('the rules of access in the documents are those that are held', () => {
  if (process.env.LANH_DOCUMENTS === '1') writeFileSync(FILE, rulesDocument())
  expect(readFileSync(FILE, 'utf8')).toBe(rulesDocument())
})
