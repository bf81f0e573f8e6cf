import { expect, test } from 'vitest'
import type { Encounter, FhirResource } from '#fhir/r4'
import { nativeVisit, ordinaryVisit } from '#testing/native-visits'
import { composeCheckIn } from './check-in.ts'

const checkIn = (n: number, resources: readonly FhirResource[] = nativeVisit(ordinaryVisit(n))) =>
  composeCheckIn({ encounter: `tu-ghi-${n}`, resources, made: '20250903' })!

test('at its first cost a visit says who came with which card, and what was ordered', () => {
  const { dossier, findings } = checkIn(0)
  expect(findings).toEqual([])
  expect(dossier.tables.XML0?.[0]?.values).toMatchObject({
    MA_LK: 'TG00931.0',
    STT: '1',
    HO_TEN: 'Đỗ Thị Minh Thử',
    MA_THE_BHYT: 'DN4018800000000',
    MA_DKBD: '00931',
    MA_DOITUONG_KCB: '1.1',
    MA_LOAI_KCB: '01',
    MA_DICH_VU: '02.1896',
    TEN_DICH_VU: 'Khám Nội',
    MA_THUOC: '',
    NGAY_YL: '202509030820',
  })
})

test('at arrival nobody has left yet, and in the ward the first cost there counts', () => {
  const resources = nativeVisit(ordinaryVisit(2)).map((each) => {
    if (each.resourceType !== 'Encounter') return each
    const { end: _end, ...period } = each.period ?? {}
    return { ...each, status: 'in-progress', period } satisfies Encounter
  })
  const admitted = resources.map((each) =>
    each.resourceType === 'MedicationRequest' ? { ...each, authoredOn: '2025-09-03T10:00:00+07:00' } : each,
  )
  expect(checkIn(2, resources).dossier.tables.XML0?.[0]?.values).toMatchObject({ NGAY_VAO_NOI_TRU: '202509030900' })
  const { dossier, findings } = checkIn(2, admitted)
  expect(findings).toEqual([])
  expect(dossier.tables.XML0?.[0]?.values).toMatchObject({
    MA_THUOC: '40.904',
    MA_DICH_VU: '',
    LY_DO_VNT: expect.any(String),
  })
})

test('without a cost there is nothing to send, and the finding names the visit', () => {
  const resources = nativeVisit(ordinaryVisit(0)).filter(({ resourceType }) => resourceType !== 'ChargeItem')
  const { findings } = checkIn(0, resources)
  expect(findings.map(({ rule, resource }) => [rule, resource])).toContainEqual(['BHYT-MIX-12', 'Encounter/tu-ghi-0'])
})
