import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type JsonDocument, parseJsonText } from '#fhir/json'
import type { Outcome } from '#fhir/outcome'
import { applyJsonPatch } from './index.ts'

const read = (text: string): JsonDocument => {
  const outcome = parseJsonText(text)
  if (!outcome.ok) throw new Error(outcome.refusals[0]!.message.en)
  return outcome.value
}

const patched = (text: string, patch: unknown): Outcome<string> =>
  applyJsonPatch(read(text), read(JSON.stringify(patch)))

const ruleOf = (text: string, patch: unknown): string | undefined => {
  const outcome = patched(text, patch)
  return outcome.ok ? undefined : outcome.refusals[0]!.rule
}

test('what a patch does not touch keeps its spelling', () => {
  const text = '{"a": 1.50, "b":[ 1.0, "\\u00e9" ],"c":{"d" : 2}}'
  const outcome = patched(text, [
    { op: 'add', path: '/c/e', value: 1 },
    { op: 'replace', path: '/b/0', value: 7 },
  ])
  expect(outcome).toEqual({ ok: true, value: '{"a":1.50,"b":[7,"\\u00e9"],"c":{"d":2,"e":1}}' })
})

test('a copy and its original are edited apart', () => {
  const outcome = patched('{"a":{"x":{"y":1}}}', [
    { op: 'add', path: '/a/x/z', value: 2 },
    { op: 'copy', from: '/a', path: '/b' },
    { op: 'remove', path: '/b/x/y' },
    { op: 'replace', path: '/a/x/y', value: 3 },
  ])
  expect(outcome).toEqual({ ok: true, value: '{"a":{"x":{"y":3,"z":2}},"b":{"x":{"z":2}}}' })
})

describe('what is refused', () => {
  const cases: readonly [rule: string, text: string, patch: unknown][] = [
    ['FHIR-PATCH-1', '{}', { op: 'add', path: '/a', value: 1 }],
    ['FHIR-PATCH-2', '{}', [{ op: 'constructor', path: '/a', value: 1 }]],
    ['FHIR-PATCH-2', '{}', [7]],
    ['FHIR-PATCH-2', '{}', [{ op: 'add', path: '/a~2', value: 1 }]],
    ['FHIR-PATCH-2', '{"a":{}}', [{ op: 'move', from: '/a', path: '/a/b' }]],
    ['FHIR-PATCH-3', '{}', [{ op: 'remove', path: '' }]],
    ['FHIR-PATCH-3', '{}', [{ op: 'add', path: '/__proto__/admin', value: true }]],
    ['FHIR-PATCH-3', '{}', [{ op: 'add', path: '/constructor/prototype/admin', value: true }]],
    ['FHIR-PATCH-3', '{"a":[1]}', [{ op: 'add', path: '/a/99999999999', value: true }]],
    ['FHIR-PATCH-4', '{"a":1}', [{ op: 'test', path: '/a', value: 2 }]],
    ['FHIR-PATCH-5', '{}', Array.from({ length: 1001 }, () => ({ op: 'add', path: '/a', value: 1 }))],
    [
      'FHIR-PATCH-5',
      '{"a":["0123456789"]}',
      Array.from({ length: 60 }, () => ({ op: 'copy', from: '/a', path: '/a/-' })),
    ],
  ]
  test.each(cases)('%s', (rule, text, patch) => {
    const started = performance.now()
    expect(ruleOf(text, patch)).toBe(rule)
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(({} as Record<string, unknown>).admin).toBeUndefined()
  })
})

interface Case {
  readonly comment?: string
  readonly doc: unknown
  readonly patch: unknown
  readonly expected?: unknown
  readonly error?: string
  readonly disabled?: boolean
}

const folder = resolve(import.meta.dirname, '../../../shared/data/fhir-patch')
const namesWithEscapes = /\\[^":]*":/
const suites = ['json-patch-tests.json', 'rfc6902-tests.json', 'rfc6902-spec_tests.json']

describe.skipIf(!existsSync(folder))('published cases (skipped where ../shared/data/fhir-patch is absent)', () => {
  for (const suite of existsSync(folder) ? suites : []) {
    const cases = JSON.parse(readFileSync(join(folder, suite), 'utf8')) as readonly Case[]
    test.each(
      cases.filter((one) => one.disabled !== true).map((one, i) => [`${suite} ${i} ${one.comment ?? ''}`, one]),
    )('%s', (_, { doc, patch, expected, error }) => {
      const text = JSON.stringify(doc)
      // a record cannot have such names, so there is nothing to patch
      if (namesWithEscapes.test(text))
        return expect(parseJsonText(text)).toMatchObject({ refusals: [{ rule: 'FHIR-JSON-12' }] })
      const outcome = patched(text, patch)
      expect(outcome.ok).toBe(error === undefined)
      if (outcome.ok && expected !== undefined) expect(JSON.parse(outcome.value)).toEqual(expected)
    })
  }
})
