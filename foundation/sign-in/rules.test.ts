import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RULES } from './refusals.ts'

test('every rule stands in its document, and nothing else does', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/rules/sign-in.md'), 'utf8')
  const documented = [...text.matchAll(/^\| (SIGN-IN-\d+) /gm)].map(([, id]) => id)
  expect(documented).toEqual(Object.keys(RULES))
})
