import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { validate } from '#fhir/validation'
import type { TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import type { Dossier, Row, Values } from '../types.ts'
import { readDossierFile } from '../read/read-file.ts'
import { toDossier } from './to-dossier.ts'
import { toResources } from './to-resources.ts'

const identify = (kind: string, ...parts: string[]): string =>
  hash('sha256', JSON.stringify([kind, ...parts]), 'hex').slice(0, 32)

/** '' and absent are one. */
const said = ({ values, unknown }: Row) => ({
  values: Object.fromEntries(Object.entries(values).filter(([, text]) => text !== '')),
  unknown: unknown && Object.keys(unknown).length > 0 ? unknown : null,
})

const plain = ({ tables: of, ...envelope }: Dossier) => ({
  ...envelope,
  tables: Object.fromEntries(
    Object.entries(of)
      .filter(([, rows]) => rows.length > 0)
      .map(([table, rows]) => [table, rows.map(said)]),
  ),
})

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

test('any dossier comes back field by field', () => {
  fc.assert(
    fc.property(dossiers, (dossier) => {
      expect(plain(toDossier(stored(dossier)))).toEqual(plain(dossier))
    }),
    { numRuns: 150 },
  )
})

test('whatever a dossier says, its resources are valid', () => {
  fc.assert(
    fc.property(dossiers, (dossier) => {
      expect(faultsOf(dossier)).toEqual([])
    }),
    { numRuns: 400 },
  )
})

const SAMPLES = fileURLToPath(new URL('../../../../shared/data/bhxh-samples/', import.meta.url))

const samples = existsSync(SAMPLES)
  ? ['valid', 'lenient'].flatMap((folder) => readdirSync(SAMPLES + folder).map((file) => `${folder}/${file}`))
  : []

const dossiersIn = (file: string): readonly Dossier[] => {
  const read = readDossierFile(readFileSync(SAMPLES + file))
  return read.ok ? read.dossiers.map(({ dossier }) => dossier) : []
}

test.skipIf(samples.length === 0)('dossiers of other hospitals come back field by field, as valid resources', () => {
  for (const file of samples) {
    const found = dossiersIn(file)
    expect(found.length, file).toBeGreaterThan(0)
    for (const dossier of found) {
      expect(plain(toDossier(stored(dossier))), file).toEqual(plain(dossier))
      expect(faultsOf(dossier), file).toEqual([])
    }
  }
})
