import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { resourceTypes } from '#fhir/definitions'
import { indexEntries } from './index-entries.ts'
import { parametersOf } from './parameters.ts'
import { parseSearch } from './parse-search.ts'
import { context } from './search-world.ts'

const naughty = new URL('../../../shared/data/naughty-strings/strings.json', import.meta.url)
const anyType = fc.constantFrom(
  'Patient',
  'Observation',
  'Encounter',
  'ValueSet',
  'MolecularSequence',
  'DocumentReference',
)
const SHAPES = [
  '',
  ':not',
  ':text',
  ':missing',
  ':exact',
  ':contains',
  ':in',
  ':of-type',
  ':identifier',
  ':below',
  ':above',
  ':Patient',
  ':',
  ':iterate',
]
const OTHERS = [
  '_id',
  '_lastUpdated',
  '_sort',
  '_count',
  '_include',
  '_revinclude',
  '_elements',
  '_summary',
  '_total',
  '_type',
  '_cursor',
  '_has:Observation:patient:code',
  '_has:',
  '_has:::',
  'patient.name',
  'subject:Patient.',
  '..',
  '',
  'constructor',
  '__proto__',
  'toString',
]

/** Text made of what searches are made of. */
const searchText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '|',
        ',',
        '$',
        '\\',
        ':',
        '.',
        '-',
        'gt',
        'ap',
        '2024',
        '2024-02-30',
        'T10:00',
        '+',
        '%',
        '1e999',
        '0',
        'Patient/',
        '#',
        'urn:',
        'http://a/b',
        ' ',
        '\u0000',
        '\ud800',
        'é',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
  )
  .map((parts) => parts.join(''))

describe('whatever a request says', () => {
  test('the search is read or refused, with the parameter named', async () => {
    const name = fc.oneof(
      anyType.chain((type) =>
        fc
          .tuple(fc.constantFrom(...parametersOf(type).keys()), fc.constantFrom(...SHAPES))
          .map(([code, shape]) => code + shape),
      ),
      fc.constantFrom(...OTHERS),
      searchText,
    )
    await fc.assert(
      fc.asyncProperty(
        fc.option(anyType),
        fc.array(fc.tuple(name, searchText), { maxLength: 4 }),
        fc.constantFrom('strict' as const, 'lenient' as const),
        async (type, query, handling) => {
          const parsed = await parseSearch(type, query, { ...context, handling, expandValueSet: async () => null })
          if (parsed.ok) expect(parsed.value.applied.length).toBeLessThanOrEqual(query.length)
          else
            for (const { rule, at, message } of parsed.refusals) {
              expect(rule).toMatch(/^SEARCH-\d+$/)
              expect(at).toBeDefined()
              expect(message.vi).not.toBe(message.en)
            }
        },
      ),
      { numRuns: 2000 },
    )
  })

  test.skipIf(!existsSync(naughty))('naughty strings do no harm (needs ../shared/data)', async () => {
    const strings = JSON.parse(readFileSync(naughty, 'utf8')) as string[]
    for (const text of strings) {
      for (const code of [...parametersOf('Patient').keys(), ...parametersOf('Observation').keys(), ...OTHERS]) {
        await parseSearch('Patient', [[code, text]], context)
        await parseSearch(
          'Observation',
          [
            [code, text],
            [text, code],
          ],
          context,
        )
      }
    }
  })
})

describe('whatever a resource holds', () => {
  test('it is indexed without a throw, in numbers the store can keep', () => {
    const value = fc.anything({
      maxDepth: 3,
      withNullPrototype: false,
      values: [
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.constantFrom('2024-01-01', 'Patient/1', 'http://x'),
      ],
    })
    const odd = fc.constantFrom(...resourceTypes).chain((resourceType) => {
      const roots = [
        ...new Set(
          [...parametersOf(resourceType).values()].flatMap(
            ({ expression }) => /^\(?[A-Z]\w*\.(\w+)/.exec(expression)?.[1] ?? [],
          ),
        ),
      ]
      return fc
        .dictionary(fc.constantFrom(...roots, 'valueQuantity', 'contained', 'meta'), value)
        .map((members) => ({ ...members, resourceType, id: 'a' }))
    })
    fc.assert(
      fc.property(odd, (resource) => {
        const { terms, ranges, strings, date } = indexEntries(resource)
        for (const term of terms) expect(BigInt.asIntN(64, term)).toBe(term)
        for (const { low, high, parameter } of ranges) {
          expect([low, high].some(Number.isNaN)).toBe(false)
          expect(parameter | 0).toBe(parameter)
        }
        for (const { folded } of strings) expect(folded.isWellFormed() && !folded.includes('\0')).toBe(true)
        if (date !== null) expect([date.low, date.high].some(Number.isNaN)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  test('what is no resource is a fault', () => {
    for (const thing of [null, 1, 'x', [], {}, { resourceType: 'Patient' }, { resourceType: 'Nothing', id: 'a' }]) {
      expect(() => indexEntries(thing)).toThrow('only a resource')
    }
  })
})
