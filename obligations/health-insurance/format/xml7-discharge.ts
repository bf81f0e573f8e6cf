import { field, type Table } from './table.ts'

/** Giấy ra viện (Discharge certificate). Sent: Expected for MA_LOAI_KCB 03,04,09 (not for absconded or deceased per practice); one per child for multiple births. @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const dischargeTable: Table = {
  id: 'XML7',
  name: 'Giấy ra viện',
  english: 'Discharge certificate',
  root: 'CHI_TIEU_DU_LIEU_GIAY_RA_VIEN',
  list: null,
  row: 'CHI_TIEU_DU_LIEU_GIAY_RA_VIEN',
  repeats: false,
  since: '130',
  fields: [
    field('MA_LK', 'text', 100, {
      required: true,
      means:
        'Unique id of the treatment episode at the facility; joins every table of one visit (primary key of XML1, foreign key elsewhere).',
    }),
    field('SO_LUU_TRU', 'text', 200, { required: true, means: 'Archive number of the medical record.' }),
    field('MA_YTE', 'text', 200, { required: true, means: 'Patient code (same as XML1.MA_BN).' }),
    field('MA_KHOA_RV', 'text', 200, {
      required: true,
      codes: 'MA_KHOA',
      means: 'Code of the department that closed the record.',
    }),
    field('NGAY_VAO', 'minute', 12, { required: true, means: 'Time the patient arrived for care.' }),
    field('NGAY_RA', 'minute', 12, {
      required: true,
      means: 'Time the visit, outpatient course or inpatient stay ended.',
    }),
    field('MA_DINH_CHI_THAI', 'number', 1, { means: '1 pregnancy terminated, 0 not.' }),
    field('NGUYENNHAN_DINHCHI', 'text', null, {
      requiredWhen: 'MA_DINH_CHI_THAI = 1',
      means: 'Cause of pregnancy termination.',
    }),
    field('THOIGIAN_DINHCHI', 'minute', 12, {
      requiredWhen: 'MA_DINH_CHI_THAI = 1',
      means: 'Time of pregnancy termination.',
    }),
    field('TUOI_THAI', 'number', 2, {
      requiredWhen: 'MA_DINH_CHI_THAI = 1',
      means: 'Gestational age in weeks (1-42).',
    }),
    field('CHAN_DOAN_RV', 'text', 1500, {
      required: true,
      means: 'Full text of confirmed main and secondary diagnoses at end of care (no suspected ones since 3176).',
    }),
    field('PP_DIEUTRI', 'text', null, {
      required: true,
      lengthBefore3176: 1500,
      gatewayLength4750: 1500,
      means: 'Treatment method in words.',
    }),
    field('GHI_CHU', 'text', 1500, { means: "Doctor's advice / note to the patient at discharge." }),
    field('MA_TTDV', 'text', 255, {
      required: true,
      lengthBefore3176: 10,
      gatewayLength4750: 10,
      means:
        'Practising-licence number of the head of the facility or authorised signatory (before 3176: 10-digit social-insurance number).',
    }),
    field('MA_BS', 'text', 255, {
      required: true,
      lengthBefore3176: 200,
      gatewayLength4750: 200,
      means: 'Practising-licence number of the department head or authorised signing doctor.',
    }),
    field('TEN_BS', 'text', 255, {
      required: true,
      means: 'Full name of the department head or authorised signing doctor.',
    }),
    field('NGAY_CT', 'day', 8, { required: true, means: 'Date of the document.' }),
    field('MA_CHA', 'text', 10, { means: 'Social-insurance number of the father (patient under 16).' }),
    field('MA_ME', 'text', 10, { means: 'Social-insurance number of the mother (patient under 16).' }),
    field('MA_THE_TAM', 'text', 15, {
      means: 'Temporary insurance card of a newborn or organ donor without a card (TE1 + province + 10 digits).',
    }),
    field('HO_TEN_CHA', 'text', 255, { means: 'Full name of the father.' }),
    field('HO_TEN_ME', 'text', 255, { means: 'Full name of the mother.' }),
    field('SO_NGAY_NGHI', 'number', 3, {
      requiredWhen: 'any of the three rest fields present',
      lengthBefore3176: 2,
      gatewayLength4750: 2,
      means: 'Number of rest days granted.',
    }),
    field('NGOAITRU_TUNGAY', 'day', 8, {
      requiredWhen: 'any of the three rest fields present',
      means: 'First day of rest after discharge.',
    }),
    field('NGOAITRU_DENNGAY', 'day', 8, {
      requiredWhen: 'any of the three rest fields present',
      means: 'Last day of rest after discharge.',
    }),
    field('DU_PHONG', 'text', null, { gatewayLength4750: 4000, since: '4750', means: 'Reserve field.' }),
  ],
}
