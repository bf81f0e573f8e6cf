import { hash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { validate } from '#fhir/validation'
import type { TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import type { Dossier, Row, Values } from '../types.ts'
import { toDossier } from './to-dossier.ts'
import { toResources } from './to-resources.ts'

const identify = (kind: string, ...parts: string[]): string =>
  hash('sha256', JSON.stringify([kind, ...parts]), 'hex').slice(0, 32)

/** As the record keeps it: as JSON text. */
const stored = (dossier: Dossier) =>
  JSON.parse(JSON.stringify(toResources(dossier, identify))) as ReturnType<typeof toResources>

const faultsOf = (dossier: Dossier) =>
  stored(dossier).flatMap((resource) =>
    validate(resource)
      .filter(({ severity }) => severity === 'error')
      .map((refusal) => `${resource.resourceType}: ${JSON.stringify(refusal)}`),
  )

/** Believable and unbelievable text for a field. */
const textFor = (kind: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: BELIEVABLE[kind] ?? fc.constantFrom('I10', 'J00;K29.7', '07', 'Viêm họng cấp', '1') },
    fc.constant(''),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(' ', ' x ', '<b>&', '\u0085', '\u0001', '\n', '00', '-', ';;', '１'),
  )

const day = fc
  .tuple(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 0, max: 31 }))
  .map(([month, date]) => `2025${String(month).padStart(2, '0')}${String(date).padStart(2, '0')}`)
const minute = fc.tuple(day, fc.constantFrom('0000', '0759', '2359', '2400')).map((parts) => parts.join(''))
const number = fc.oneof(
  fc.integer({ min: 0, max: 100 }).map(String),
  fc.constantFrom('1.500', '0.30', '100000.00', '007', '1e5', '12345678901234567.5', '-0', '-3.10', '<5', '.5'),
)
const BELIEVABLE: Readonly<Record<string, fc.Arbitrary<string>>> = {
  day,
  days: fc.array(day, { maxLength: 3 }).map((list) => list.join(';')),
  minute,
  minutes: minute,
  dayOrMinute: fc.oneof(day, minute),
  number,
  money: number,
  quantity: number,
}

const valuesOf = (table: TableId): fc.Arbitrary<Values> =>
  fc.record(Object.fromEntries(tables[table].fields.map(({ name, kind }) => [name, textFor(kind)])), {
    requiredKeys: [],
  }) as fc.Arbitrary<Values>

const unknown = fc.dictionary(fc.constantFrom('LA', 'MA_LA', '__proto__'), fc.string({ minLength: 1 }), { minKeys: 1 })

const rowOf = (table: TableId): fc.Arbitrary<Row> => fc.record({ values: valuesOf(table), unknown: fc.option(unknown) })

const dossiers: fc.Arbitrary<Dossier> = fc.record({
  decision: fc.constantFrom('4210', '130', '4750', '3176'),
  facility: fc.constantFrom('79999', ''),
  made: fc.constantFrom('20250301', ''),
  visit: fc.constantFrom('LK1', 'LK 2', '<>'),
  signature: fc.option(fc.string()),
  tables: fc.record(
    Object.fromEntries(
      (Object.keys(tables) as TableId[]).map((id) => [id, fc.array(rowOf(id), { minLength: 1, maxLength: 2 })]),
    ),
    { requiredKeys: [] },
  ),
})

test('any dossier comes back field by field', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(dossiers, (dossier) => {
      expect(toDossier(stored(dossier))).toEqual(dossier)
    }),
    { numRuns: 80 },
  )
})

test('whatever a dossier says, its resources are valid', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(dossiers, (dossier) => {
      expect(faultsOf(dossier)).toEqual([])
    }),
    { numRuns: 80 },
  )
})
