import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rulesDocument } from './rules-document.ts'

const FILE = join(import.meta.dirname, '../../../docs/rules/health-insurance-rules.md')

test('the rules in the documents are the rules that are held', () => {
  if (process.env.LANH_DOCUMENTS === '1') writeFileSync(FILE, rulesDocument())
  expect(readFileSync(FILE, 'utf8')).toBe(rulesDocument())
})
