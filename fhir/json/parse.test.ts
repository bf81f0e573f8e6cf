import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { childrenOf, memberOf, nameOf, parseJson, parseJsonText, ROOT, sourceOf } from './index.ts'

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8')
const rulesOf = (input: string | Buffer): readonly string[] => {
  const outcome = parseJson(typeof input === 'string' ? bytes(input) : input)
  return outcome.ok ? [] : outcome.refusals.map((refusal) => refusal.rule)
}

test('the value is the one the engine reads, and the text is kept as it was', () => {
  const text = '{ "a" : [1.50, -0, 1e2, true, false, null, "x\\u00e9\\n"], "b": {} }'
  const outcome = parseJson(bytes(text))
  expect(outcome).toMatchObject({ ok: true, value: { text, value: JSON.parse(text) } })
})

describe('what is refused', () => {
  const cases: readonly [rule: string, input: string | Buffer][] = [
    ['FHIR-JSON-1', Buffer.from([0x22, 0xff, 0x22])],
    ['FHIR-JSON-2', '\ufeff{}'],
    ['FHIR-JSON-3', ''],
    ['FHIR-JSON-3', '{"a":1,}'],
    ['FHIR-JSON-3', '[01]'],
    ['FHIR-JSON-3', '{"a":1} x'],
    ['FHIR-JSON-3', '"a\tb"'],
    ['FHIR-JSON-4', '{"a":1,"b":{"a":2},"a":3}'],
    ['FHIR-JSON-5', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['FHIR-JSON-6', '"\\ud800"'],
    ['FHIR-JSON-6', '"\\udc00\\ud800"'],
    ['FHIR-JSON-7', '"\\u0000"'],
    ['FHIR-JSON-8', '[1e999]'],
    ['FHIR-JSON-8', `[${'9'.repeat(400)}]`],
    ['FHIR-JSON-9', '{"__proto__":{"admin":true}}'],
    ['FHIR-JSON-12', '{"\\u0069d":"1"}'],
    ['FHIR-JSON-13', `[${'{},'.repeat(5_000_000)}{}]`],
  ]
  test.each(cases)('%s', (rule, input) => expect(rulesOf(input)).toEqual([rule]))
})

test('a refusal names line, column and offset', () => {
  const outcome = parseJson(bytes('{\n  "a": 1,\n  "a": 2\n}'))
  expect(outcome.ok ? '' : outcome.refusals[0]!.message.en).toContain('(line 3, column 3, offset 14)')
})

test('FHIR-JSON-4 is found among thousands of members, in time that grows with the length', () => {
  const names = Array.from({ length: 200_000 }, (_, i) => `"n${i}":0`)
  const started = performance.now()
  expect(rulesOf(`{${names.join(',')}}`)).toEqual([])
  expect(rulesOf(`{${names.join(',')},"n7":1}`)).toEqual(['FHIR-JSON-4'])
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('the tape gives back every member as it was written', () => {
  const text = '{"id" : "1","meta":{ "tag":[ ] , "x":[1,{"y":"z"}]}, "n":1.500}'
  const outcome = parseJsonText(text)
  if (!outcome.ok) throw new Error('refused')
  const meta = memberOf(outcome.value, ROOT, 'meta')
  expect(childrenOf(outcome.value, ROOT).map((node) => nameOf(outcome.value, node))).toEqual(['id', 'meta', 'n'])
  expect(sourceOf(outcome.value, meta)).toBe('{ "tag":[ ] , "x":[1,{"y":"z"}]}')
  expect(sourceOf(outcome.value, memberOf(outcome.value, ROOT, 'n'))).toBe('1.500')
  expect(memberOf(outcome.value, meta, 'y')).toBe(-1)
})

test('whatever the engine writes is read back equal', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (text) => {
      const outcome = parseJson(bytes(text))
      if (outcome.ok) expect(outcome.value.value).toEqual(JSON.parse(text))
      else expect(['FHIR-JSON-7', 'FHIR-JSON-9', 'FHIR-JSON-12', 'FHIR-JSON-6']).toContain(outcome.refusals[0]!.rule)
    }),
  )
})

test('whatever the engine refuses is refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[],:"\\u01e-+.tn ') }), (text) => {
      expect(isJson(text) || rulesOf(text).length > 0).toBe(true)
    }),
  )
})

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const archive = resolve(import.meta.dirname, '../../../shared/data/json-parsing/json-parsing.tar.gz')

describe.skipIf(!existsSync(archive))('JSONTestSuite (skipped where ../shared/data/json-parsing is absent)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'json-suite-'))
  if (existsSync(archive)) execFileSync('tar', ['xzf', archive, '-C', folder])
  const suite = existsSync(archive)
    ? readdirSync(join(folder, 'test_parsing')).map(
        (name) => [name, readFileSync(join(folder, 'test_parsing', name))] as const,
      )
    : []
  rmSync(folder, { recursive: true, force: true })
  /** Rules of FHIR and of safety that go beyond the grammar of JSON. */
  const beyondGrammar = ['FHIR-JSON-4', 'FHIR-JSON-7', 'FHIR-JSON-12']

  test.each(suite)('%s', (name, content) => {
    const rules = rulesOf(content)
    if (name.startsWith('y_')) expect(beyondGrammar).toEqual(expect.arrayContaining([...rules]))
    if (name.startsWith('n_')) expect(rules).toHaveLength(1)
  })
})
