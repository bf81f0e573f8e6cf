import { expect, test } from 'vitest'
import type { Composition, Encounter, FhirResource } from '#fhir/r4'
import { nativeVisit, ordinaryVisit } from '#testing/native-visits'
import { composeDossier } from './compose-dossier.ts'
import { insuranceFacts } from './facts.ts'

const paper = (
  form: string,
  facts: Readonly<Record<string, string>>,
  more: Partial<Composition> = {},
): Composition => ({
  resourceType: 'Composition',
  id: `giay-${form.toLowerCase()}`,
  extension: [insuranceFacts(facts)],
  status: 'final',
  type: { coding: [{ system: 'urn:lanh:code:form', code: form }] },
  subject: { reference: 'Patient/nguoi-benh-0' },
  encounter: { reference: 'Encounter/tu-ghi-0' },
  date: '2025-09-03T11:00:00+07:00',
  author: [{ reference: 'Practitioner/bs-1' }],
  title: form,
  ...more,
})

const composed = (resources: readonly FhirResource[]) =>
  composeDossier({ encounter: 'tu-ghi-0', resources, made: '20250930' })

test('a sick leave says its days itself and repeats diagnosis and card', () => {
  const facts = {
    SO_CT: 'CT-1',
    SO_SERI: 'S-1',
    SO_KCB: 'K-1',
    DON_VI: 'Công ty thử',
    MA_BHXH: '0199000001',
    SO_NGAY_NGHI: '3',
    TU_NGAY: '20250903',
    DEN_NGAY: '20250905',
    MAU_SO: 'CT07',
  }
  const result = composed([...nativeVisit(ordinaryVisit(0)), paper('TT25-M07', facts)])
  expect(result?.findings().filter(({ severity }) => severity !== 'warning')).toEqual([])
  expect(result?.dossier.tables.XML11?.[0]?.values).toMatchObject({
    ...facts,
    MA_BS: '000911/ZZ-GPHN',
    NGAY_CT: '20250903',
    MA_THE_BHYT: 'DN4018800000000',
    CHAN_DOAN_RV: 'Viêm dạ dày (K29.7); Tăng huyết áp (I10)',
  })
})

test('a transfer repeats the visit and says in sections what the doctor wrote', () => {
  const resources = nativeVisit(ordinaryVisit(0)).map((each): FhirResource => {
    if (each.resourceType !== 'Encounter') return each
    const hospitalization: Encounter['hospitalization'] = {
      ...each.hospitalization,
      destination: { reference: 'Organization/noi-den' },
      dischargeDisposition: { coding: [{ system: 'urn:lanh:code:insurance-discharge', code: '2' }] },
    }
    return { ...each, hospitalization }
  })
  const destination: FhirResource = {
    resourceType: 'Organization',
    id: 'noi-den',
    identifier: [{ system: 'http://fhir.ehealth.gov.vn/core/sid/provider-code', value: '00932' }],
  }
  const section = ['DAU_HIEU_LS', 'QT_BENHLY', 'HUONG_DIEU_TRI'].map((field) => ({
    code: { coding: [{ system: 'urn:lanh:code:insurance-field', code: `XML13.${field}` }] },
    text: {
      status: 'generated' as const,
      div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${field} &amp; hết</p></div>`,
    },
  }))
  const facts = {
    SO_HOSO: 'H1',
    SO_CHUYENTUYEN: 'C1',
    GIAY_CHUYEN_TUYEN: 'G1',
    MA_LYDO_CT: '1',
    PHUONGTIEN_VC: 'Xe cứu thương',
    MA_BAC_SI: '',
  }
  const result = composed([...resources, destination, paper('XML13', facts, { section })])
  expect(result?.findings().filter(({ severity }) => severity !== 'warning')).toEqual([])
  expect(result?.dossier.tables.XML13?.[0]?.values).toMatchObject({
    MA_CSKCB_DEN: '00932',
    HO_TEN: 'Đỗ Thị Minh Thử',
    DAU_HIEU_LS: 'DAU_HIEU_LS & hết',
    PP_DIEUTRI: 'Điều trị nội khoa',
    MA_TTDV: '000910/ZZ-GPHN',
  })
})

test('a paper that nobody signed is none', () => {
  const draft = paper('TT25-M07', {}, { status: 'preliminary' })
  expect(composed([...nativeVisit(ordinaryVisit(0)), draft])?.dossier.tables.XML11).toBeUndefined()
})
