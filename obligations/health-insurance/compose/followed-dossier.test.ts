import { hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Condition, Coverage, FhirResource, Patient } from '#fhir/r4'
import { insuranceDossier } from '#testing/insurance-dossiers'
import { toResources } from '../mapping/to-resources.ts'
import { readDossierFile } from '../read/read-file.ts'
import { hasSamples, manifest, sample } from '../samples-for-test.ts'
import type { Dossier, Values } from '../types.ts'
import { toDossier } from './followed-dossier.ts'

const identify = (kind: string, ...parts: string[]): string =>
  hash('sha256', JSON.stringify([kind, ...parts]), 'hex').slice(0, 32)

const stored = (dossier: Dossier): FhirResource[] =>
  JSON.parse(JSON.stringify(toResources(dossier, identify))) as FhirResource[]

/** The summary after somebody changed one kind of resource in the chart. */
function summaryAfter<T extends FhirResource>(
  dossier: Dossier,
  type: T['resourceType'],
  change: (resource: T) => void,
): Values {
  const resources = stored(dossier)
  for (const resource of resources) if (resource.resourceType === type) change(resource as T)
  return toDossier(resources).tables.XML1![0]!.values
}

const dossier = insuranceDossier(1)
const summary = dossier.tables.XML1![0]!.values

describe('what was corrected in the chart stands in the dossier', () => {
  test.each<[what: string, change: (patient: Patient) => void, values: Values]>([
    ['the name', (patient) => (patient.name = [{ text: 'Trần Thị Sửa' }]), { HO_TEN: 'Trần Thị Sửa' }],
    ['the birth', (patient) => (patient.birthDate = '1970-02-03'), { NGAY_SINH: '197002030000' }],
    ['the sex', (patient) => (patient.gender = 'other'), { GIOI_TINH: '3' }],
    ['the address', (patient) => (patient.address![0]!.text = 'Số 1, Xã Mới'), { DIA_CHI: 'Số 1, Xã Mới' }],
  ])('%s of the patient, and nothing else', (_what, change, values) => {
    expect(summaryAfter<Patient>(dossier, 'Patient', change)).toEqual({ ...summary, ...values })
  })

  test('number and period of a card', () => {
    const card = summaryAfter<Coverage>(dossier, 'Coverage', (coverage) => {
      coverage.identifier![0]!.value = 'DN4019999999999'
      coverage.period = { start: '2025-02-01', end: '2026-01-31' }
    })
    const values = { MA_THE_BHYT: 'DN4019999999999', GT_THE_TU: '20250201', GT_THE_DEN: '20260131' }
    expect(card).toEqual({ ...summary, ...values })
  })

  test('the code of the main disease, and with it the text of the diagnosis', () => {
    const old = summary.MA_BENH_CHINH
    const after = summaryAfter<Condition>(dossier, 'Condition', (condition) => {
      const [coding] = condition.code?.coding ?? []
      if (coding?.code === old)
        Object.assign(condition.code!, { coding: [{ ...coding, code: 'J02.9' }], text: 'Viêm họng' })
    })
    expect(after.MA_BENH_CHINH).toBe('J02.9')
    expect(after.CHAN_DOAN_RV).toContain('Viêm họng')
    expect(after.MA_BENH_KT).toBe(summary.MA_BENH_KT)
  })
})

test('papers that repeat the summary follow it', () => {
  const stay = insuranceDossier(0)
  const resources = stored(stay)
  for (const each of resources) if (each.resourceType === 'Condition') each.code!.text = `${each.code!.text} đã sửa`
  const { tables } = toDossier(resources)
  expect(tables.XML1![0]!.values.CHAN_DOAN_RV).toContain('đã sửa')
  expect(tables.XML7![0]!.values.CHAN_DOAN_RV).toBe(tables.XML1![0]!.values.CHAN_DOAN_RV)
})

test('a chart that said otherwise before the dossier came changes nothing in it', () => {
  const resources = stored(dossier)
  for (const each of resources) if (each.resourceType === 'Patient') each.name = [{ text: 'TEN TRONG BENH AN CU' }]
  const patient = resources.filter(({ resourceType }) => resourceType === 'Patient')
  expect(toDossier(resources, patient)).toEqual(dossier)
})

describe.skipIf(!hasSamples)('dossiers of others (skipped where ../shared is absent)', () => {
  const files = [...manifest.valid, ...manifest.lenient, ...manifest.invalid].map(({ file }) => file)
  test('that nobody corrected come back as they came', () => {
    for (const file of files) {
      const read = readDossierFile(sample(file))
      for (const { dossier: each } of read.ok ? read.dossiers : []) {
        const rows = ({ tables }: Dossier) =>
          Object.entries(tables)
            .map(([table, found]) => [
              table,
              found.map(({ values }) =>
                Object.entries(values)
                  .filter(([, text]) => text !== '')
                  .toSorted(),
              ),
            ])
            .filter(([, found]) => found!.length > 0)
        expect([file, rows(toDossier(stored(each).toReversed()))]).toEqual([file, rows(each)])
      }
    }
  })
})
