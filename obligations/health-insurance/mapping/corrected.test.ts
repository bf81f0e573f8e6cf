import { expect, test } from 'vitest'
import type { Dossier, Row } from '../types.ts'
import { toResources } from './to-resources.ts'

const row = (values: Readonly<Record<string, string>>): Row => ({ values, unknown: null })

const drug = (STT: string): Row =>
  row({ STT, TEN_THUOC: `Thuốc ${STT}`, SO_LUONG: '2.000', DON_GIA: '1100.000', NGAY_YL: '202503010900' })

const dossier: Dossier = {
  decision: '3176',
  facility: '79999',
  made: '20250301',
  visit: 'LK1',
  tables: {
    XML1: [row({ MA_BN: 'BN1', HO_TEN: 'Nguyễn Văn An', NGAY_VAO: '202503010800', NGAY_RA: '202503011000' })],
    XML2: ['1', '2', '3', '4'].map(drug),
  },
  signature: null,
}

const textsOf = (of: Dossier): ReadonlyMap<string, string> =>
  new Map(
    toResources(of, (...parts) => parts.join('.')).map((each) => [
      `${each.resourceType}/${each.id}`,
      JSON.stringify(each),
    ]),
  )

test('the same dossier becomes the same resources', () => {
  expect(textsOf(structuredClone(dossier))).toEqual(textsOf(dossier))
})

test('a line left out of a corrected dossier is gone; of what stays only the claim is another', () => {
  const corrected = { ...dossier, tables: { ...dossier.tables, XML2: dossier.tables.XML2!.toSpliced(1, 1) } }
  const [before, after] = [textsOf(dossier), textsOf(corrected)]
  expect([...after.keys()].filter((name) => !before.has(name))).toEqual([])
  expect([...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name.split('/')[0])).toEqual([
    'Claim',
  ])
  expect([...before.keys()].filter((name) => !after.has(name)).map((name) => name.split('/')[0])).toEqual([
    'MedicationRequest',
    'ChargeItem',
    'MedicationDispense',
  ])
})
