import { identifierSystems } from '#fhir/naming'
import type { Claim, Encounter } from '#fhir/r4'
import { insuranceSystems } from './code-systems.ts'
import { momentOf, writtenOf } from './moments.ts'
import { codeOf } from './parts.ts'
import { exact, type Place, shown, type TableMapping } from './table-mapping.ts'
import { weightOf } from './vital-signs.ts'
import { textOf } from './written-number.ts'

const PLACES: Readonly<Record<string, Place>> = {
  MA_BN: shown('Patient.identifier (patientCode)'),
  HO_TEN: shown('Patient.name.text'),
  SO_CCCD: shown('Patient.identifier (personalId, formerId or passport, by its form)'),
  NGAY_SINH: shown('Patient.birthDate at the precision that is known, minute in patient-birthTime'),
  GIOI_TINH: shown('Patient.gender'),
  MA_QUOCTICH: shown('Patient.extension (patient-nationality)'),
  MA_DANTOC: shown('Patient.extension (race of VN Core)'),
  MA_NGHE_NGHIEP: shown('Patient.extension (occupation of VN Core)'),
  DIA_CHI: shown('Patient.address.text'),
  MATINH_CU_TRU: shown('Patient.address.extension (administrative-address)'),
  MAHUYEN_CU_TRU: shown('Patient.address.extension (administrative-address)'),
  MAXA_CU_TRU: shown('Patient.address.extension (administrative-address)'),
  DIEN_THOAI: shown('Patient.telecom'),
  MA_THE_BHYT: shown('Coverage.subscriberId, one Coverage a card; Patient.identifier (insuranceCard)'),
  MA_DKBD: shown('Coverage.class (registered-facility)'),
  GT_THE_TU: shown('Coverage.period.start'),
  GT_THE_DEN: shown('Coverage.period.end'),
  NGAY_MIEN_CCT: shown('Coverage.costToBeneficiary.exception (co-payment-exempt)'),
  NAM_NAM_LIEN_TUC: shown('Coverage.costToBeneficiary.exception (five-years)'),
  MA_KHUVUC: shown('Coverage.class (area)'),
  LY_DO_VV: exact<Encounter>('Encounter.reasonCode[0].text', ({ reasonCode }) => reasonCode?.[0]?.text),
  CHAN_DOAN_VAO: shown('Condition.code.text (Encounter.diagnosis AD)'),
  CHAN_DOAN_RV: shown('Condition.code.text of the main disease'),
  MA_BENH_CHINH: shown('Condition.code (Encounter.diagnosis DD)'),
  MA_BENH_KT: shown('Condition.code (Encounter.diagnosis CM), one Condition a code'),
  MA_BENH_YHCT: shown('Condition.code (Encounter.diagnosis CM), one Condition a code'),
  MA_DOITUONG_KCB: exact<Encounter>('Encounter.hospitalization.admitSource', ({ hospitalization }) =>
    codeOf(hospitalization?.admitSource, insuranceSystems.visitReason),
  ),
  MA_NOI_DI: shown('Encounter.hospitalization.origin'),
  MA_NOI_DEN: shown('Encounter.hospitalization.destination'),
  NGAY_VAO: exact<Encounter>('Encounter.period.start', ({ period }) => writtenOf(period?.start)),
  NGAY_RA: exact<Encounter>('Encounter.period.end', ({ period }) => writtenOf(period?.end)),
  SO_NGAY_DTRI: exact<Encounter>('Encounter.length', ({ length }) => textOf(length)),
  MA_LOAI_RV: exact<Encounter>('Encounter.hospitalization.dischargeDisposition', ({ hospitalization }) =>
    codeOf(hospitalization?.dischargeDisposition, insuranceSystems.discharge),
  ),
  MA_LOAI_KCB: exact<Encounter>('Encounter.type[0] (and Encounter.class)', ({ type }) =>
    codeOf(type?.[0], insuranceSystems.visitKind),
  ),
  MA_KHOA: shown('Encounter.location, one Location a department'),
  MA_CSKCB: shown('Encounter.serviceProvider, Claim.provider'),
  MA_HSBA: exact<Encounter>(
    'Encounter.identifier (recordNumber)',
    ({ identifier }) => identifier?.find(({ system }) => system === identifierSystems.recordNumber)?.value,
  ),
  CAN_NANG: shown('Observation.valueQuantity (LOINC 29463-7)'),
  NGAY_TTOAN: shown('Claim.created'),
  T_TONGCHI_BV: exact<Claim>('Claim.total', ({ total }) => textOf(total)),
}

/** Money, cards and the month of settlement belong to the claim. */
const ON_CLAIM: readonly string[] = `
  MA_THE_BHYT MA_DKBD GT_THE_TU GT_THE_DEN NGAY_MIEN_CCT NAM_NAM_LIEN_TUC MA_KHUVUC NGAY_TTOAN T_THUOC T_VTYT
  T_TONGCHI_BV T_TONGCHI_BH T_BNTT T_BNCCT T_BHTT T_NGUONKHAC T_BHTT_GDV NAM_QT THANG_QT MA_TTDV`
  .trim()
  .split(/\s+/)

/** XML1: what the whole visit shares is made by `visitOf`; the row is carried by its Encounter and its Claim. */
export const summaryMapping: TableMapping = {
  table: 'XML1',
  becomes: 'Encounter and Claim; Patient, Coverage, Condition, Observation',
  places: PLACES,
  keptOn: Object.fromEntries(ON_CLAIM.map((field) => [field, 'Claim'])),
  make: ({ values }, _key, visit) => {
    const weight = weightOf(values.CAN_NANG, momentOf(values.NGAY_VAO), visit)
    return { carriers: [visit.encounter, visit.claim], others: weight ? [weight] : [] }
  },
}
