import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tables } from '../format/tables.ts'
import { readDossierFile } from '../read/read-file.ts'
import { hasSamples, manifest, sample } from '../samples-for-test.ts'
import type { Dossier } from '../types.ts'
import { innerXml, writeCheckIn, writeDossierFile } from './write-file.ts'

const SENT = Object.values(tables).filter(({ id }) => !['XML0', 'XML1', 'XML12'].includes(id))

/** Texts that try to leave their element. */
const text = fc.oneof(
  fc.constantFrom(
    '',
    'a & b',
    '</MA_LK>',
    ']]>',
    '<![CDATA[x',
    'Nguyễn Thị Ðồng',
    '  hai đầu ',
    'a\r\nb\tc',
    '&#0;',
    '😀',
  ),
  fc.string({ unit: 'grapheme' }),
)

const rowOf = (id: keyof typeof tables) =>
  fc
    .record(Object.fromEntries(tables[id].fields.map(({ name }) => [name, text])))
    .map((values) => ({ values, unknown: null }))

const dossier: fc.Arbitrary<Dossier> = fc
  .tuple(rowOf('XML1'), ...SENT.map(({ id, repeats }) => fc.array(rowOf(id), { maxLength: repeats ? 3 : 1 })))
  .map(([summary, ...rest]) => ({
    decision: '3176',
    facility: '00999',
    made: '20250102',
    visit: summary.values.MA_LK ?? '',
    tables: {
      XML1: [summary],
      ...Object.fromEntries(SENT.flatMap(({ id }, i) => ((rest[i]?.length ?? 0) > 0 ? [[id, rest[i]]] : []))),
    },
    signature: null,
  }))

/** XML has no place for most control characters: they are left out. */
const writable = (value: Dossier): Dossier =>
  JSON.parse(JSON.stringify(value), (_key, each: unknown) =>
    typeof each === 'string' ? each.replace(/[^\P{Cc}\t\n\r\u007F-\u009F]|[\uFFFE\uFFFF]|\p{Cs}/gu, '') : each,
  )

test('what is written is read again, character for character', () => {
  fc.assert(
    fc.property(dossier, (given) => {
      const read = readDossierFile(new TextEncoder().encode(writeDossierFile([given], given.made)))
      expect(read.ok && read.dossiers[0]?.dossier.tables).toEqual(writable(given).tables)
    }),
    { numRuns: 60 },
  )
})

test('every field of the decision stands in its order, also where it is empty', () => {
  const written = innerXml('XML5', [{ values: { MA_LK: '1' }, unknown: { LA: 'x' } }])
  expect([...written.matchAll(/<(\w+)>[^<]*<\/\1>/g)].map(([, name]) => name)).toEqual(
    tables.XML5.fields.map(({ name }) => name),
  )
})

test('a check-in message is read again', () => {
  const given: Dossier = {
    decision: '3176',
    facility: '00999',
    made: '',
    visit: 'LK1',
    tables: {
      XML0: [{ values: Object.fromEntries(tables.XML0.fields.map(({ name }) => [name, name])), unknown: null }],
    },
    signature: null,
  }
  const read = readDossierFile(new TextEncoder().encode(writeCheckIn(given)))
  expect(read.ok && read.dossiers[0]?.dossier.tables).toEqual(given.tables)
})

describe.skipIf(!hasSamples)('outside samples (skipped where ../shared/data/bhxh-samples is absent)', () => {
  test.each(manifest.valid.map(({ file }) => file))('%s is written as it was read', (file) => {
    const read = readDossierFile(sample(file))
    if (!read.ok) throw new Error('refused')
    const given = read.dossiers.map((each) => each.dossier)
    const again = readDossierFile(new TextEncoder().encode(writeDossierFile(given, given[0]?.made ?? '')))
    expect(again.ok && again.dossiers.map((each) => each.dossier.tables)).toEqual(given.map((each) => each.tables))
  })
})
