import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Entry, proofText, readRegister, registerPage, shareShown } from './register.ts'

const ROOT = join(import.meta.dirname, '../..')
const STANDARD = join(ROOT, '../shared/data/owasp-asvs/asvs-5.0.0-flat.json')
const PAGE = join(ROOT, 'docs/security/asvs.md')
const entries = readRegister()

test.skipIf(!existsSync(STANDARD))(
  'every requirement of levels 1 and 2 has its entry (skipped where ../shared/data/owasp-asvs is absent)',
  () => {
    const { requirements } = JSON.parse(readFileSync(STANDARD, 'utf8')) as {
      requirements: readonly { req_id: string; L: string; chapter_id: string }[]
    }
    const wanted = requirements
      .filter(({ L }) => L === '1' || L === '2')
      .map(({ req_id: id, L, chapter_id: chapter }) => ({ id, level: Number(L), chapter }))
    expect(entries.map(({ id, level, chapter }) => ({ id, level, chapter }))).toEqual(wanted)
  },
)

test('every entry says how it is met, or why it does not apply', () => {
  const whole = ({ applies, why, state, how, tests }: Entry) =>
    applies ? state !== undefined && (how ?? '').length > 3 && tests !== undefined : (why ?? '').length > 10
  expect(entries.filter((entry) => !whole(entry)).map(({ id }) => id)).toEqual([])
  const bare = entries.filter(({ state, tests }) => state === 'shown' && (tests ?? []).length === 0)
  expect(bare.map(({ id }) => id)).toEqual([])
})

test('every test and every place that is named exists', () => {
  const wrong: string[] = []
  for (const { id, tests } of entries)
    for (const proof of tests ?? []) {
      const file = join(ROOT, proof.file)
      const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
      const isTest = proof.title === undefined || proof.file.endsWith('.test.ts')
      if (proofText(proof).length < 3 || !isTest || !text.includes(proofText(proof)))
        wrong.push(`${id}: ${proof.file}: ${proofText(proof)}`)
    }
  expect(wrong).toEqual([])
})

test('at least 80 % of what applies is shown', () => {
  expect(shareShown(entries)).toBeGreaterThanOrEqual(0.8)
})

test('the page counts what the register says', () => {
  if (process.env['LANH_DOCUMENTS'] === '1') writeFileSync(PAGE, registerPage(entries))
  expect(readFileSync(PAGE, 'utf8')).toBe(registerPage(entries))
})
