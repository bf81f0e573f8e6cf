import type { FhirResource, Observation } from '#fhir/r4'
import { expect, test } from 'vitest'
import { entrySummary } from './entry-summary.ts'
import { timelineDays } from './timeline.ts'

const measured = (id: string, category: string, at: string, value: number, high = 100): Observation => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  category: [{ coding: [{ code: category }] }],
  code: { text: `Chỉ số ${id}` },
  effectiveDateTime: at,
  valueQuantity: { value, unit: 'x' },
  referenceRange: [{ high: { value: high } }],
})
const note: FhirResource = {
  resourceType: 'DocumentReference',
  id: 'n1',
  status: 'current',
  description: 'Tờ điều trị',
  date: '2024-03-14T23:30:00Z',
  author: [{ display: 'BS. Lê Thị B' }],
  content: [{ attachment: {} }],
}

test('a late evening in Greenwich belongs to the next morning in the hospital', () => {
  expect(timelineDays([note]).map((day) => day.day)).toEqual(['2024-03-15'])
})

test('measurements taken together are one line, the abnormal ones leading', () => {
  const at = '2024-03-15T08:00:00+07:00'
  const [day] = timelineDays([
    measured('a', 'vital-signs', at, 80),
    measured('b', 'vital-signs', at, 120),
    measured('c', 'laboratory', at, 5),
    note,
  ])
  expect(day?.entries.map((entry) => [entry.kind, entry.findings.length])).toEqual([
    ['vitals', 2],
    ['result', 1],
    ['note', 0],
  ])
  expect(day?.entries[0]?.findings.map((finding) => [finding.name, finding.interpretation])).toEqual([
    ['Chỉ số b', 'high'],
    ['Chỉ số a', 'normal'],
  ])
})

test('a report carries the results it reports', () => {
  const at = '2024-03-15T08:00:00+07:00'
  const report: FhirResource = {
    resourceType: 'DiagnosticReport',
    id: 'r',
    status: 'final',
    code: { text: 'Sinh hoá máu' },
    effectiveDateTime: at,
    result: [{ reference: 'Observation/a' }, { reference: 'Observation/b' }],
  }
  const results = [measured('a', 'laboratory', at, 1), measured('b', 'laboratory', at, 120)]
  const [day] = timelineDays([...results, report, measured('c', 'laboratory', at, 3)])
  expect(day?.entries.map((entry) => [entry.title, entry.findings.map((finding) => finding.name)])).toEqual([
    ['Sinh hoá máu', ['Chỉ số b', 'Chỉ số a']],
    ['Chỉ số c', ['Chỉ số c']],
  ])
})

test('doses given at one moment are one line', () => {
  const dose = (id: string): FhirResource => ({
    resourceType: 'MedicationAdministration',
    id,
    status: 'completed',
    subject: {},
    medicationCodeableConcept: { text: `Thuốc ${id}` },
    effectiveDateTime: '2024-03-15T08:00:00+07:00',
    dosage: { text: '1 viên' },
  })
  const [day] = timelineDays([dose('x'), dose('y')])
  expect(day?.entries.map((entry) => entry.findings.map((one) => `${one.name}: ${one.value}`))).toEqual([
    ['Thuốc x: 1 viên', 'Thuốc y: 1 viên'],
  ])
})

test('entries without a time are kept, under no day', () => {
  const undated: FhirResource = { resourceType: 'Condition', id: 'c', subject: {}, code: { text: 'Tăng huyết áp' } }
  expect(timelineDays([note, undated]).map((day) => day.day)).toEqual(['2024-03-15', ''])
})

test('each kind of entry says what it is, in the words of its author', () => {
  expect(entrySummary(note)).toEqual({ title: 'Tờ điều trị', detail: '', author: 'BS. Lê Thị B' })
  expect(
    entrySummary({
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      subject: {},
      medicationCodeableConcept: { text: 'Amlodipin 5 mg' },
      dosageInstruction: [{ text: 'Uống 1 viên sáng' }],
    }),
  ).toMatchObject({ title: 'Amlodipin 5 mg', detail: 'Uống 1 viên sáng' })
  expect(entrySummary({ resourceType: 'Goal', lifecycleStatus: 'active', description: {}, subject: {} }).title).toBe(
    'Goal',
  )
})
