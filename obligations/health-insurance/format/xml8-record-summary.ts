import { field, type Table } from './table.ts'

/** Tóm tắt hồ sơ bệnh án (Medical record summary). Sent: MA_LOAI_KCB 03,04,06. @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const recordSummaryTable: Table = {
  id: 'XML8',
  name: 'Tóm tắt hồ sơ bệnh án',
  english: 'Medical record summary',
  root: 'CHI_TIEU_DU_LIEU_TOM_TAT_HO_SO_BENH_AN',
  list: null,
  row: 'CHI_TIEU_DU_LIEU_TOM_TAT_HO_SO_BENH_AN',
  repeats: false,
  since: '130',
  fields: [
    field('MA_LK', 'text', 100, {
      required: true,
      means:
        'Unique id of the treatment episode at the facility; joins every table of one visit (primary key of XML1, foreign key elsewhere).',
    }),
    field('MA_LOAI_KCB', 'text', 2, {
      required: true,
      codes: 'MA_LOAI_KCB',
      means: 'Type of care code (02,03,04 in 130; 05,06,08,09 added by 3176).',
    }),
    field('HO_TEN_CHA', 'text', 255, { means: 'Full name of the father.' }),
    field('HO_TEN_ME', 'text', 255, { means: 'Full name of the mother.' }),
    field('NGUOI_GIAM_HO', 'text', 255, { means: 'Full name of the guardian.' }),
    field('DON_VI', 'text', 1024, { means: 'Employer / unit where the beneficiary pays social insurance.' }),
    field('NGAY_VAO', 'minute', 12, { required: true, means: 'Time the patient arrived for care.' }),
    field('NGAY_RA', 'minute', 12, {
      required: true,
      means: 'Time the visit, outpatient course or inpatient stay ended.',
    }),
    field('CHAN_DOAN_VAO', 'text', null, {
      required: true,
      means: 'Diagnosis at reception (preliminary; may contain suspected or differential diagnoses).',
    }),
    field('CHAN_DOAN_RV', 'text', null, {
      required: true,
      means: 'Full text of confirmed main and secondary diagnoses at end of care (no suspected ones since 3176).',
    }),
    field('QT_BENHLY', 'text', null, { required: true, means: 'Disease process and clinical course.' }),
    field('TOMTAT_KQ', 'text', null, { required: true, means: 'Summary of diagnostic test results.' }),
    field('PP_DIEUTRI', 'text', null, { required: true, means: 'Treatment method in words.' }),
    field('NGAY_SINHCON', 'day', 8, { means: 'Birth date of a child that died after birth.' }),
    field('NGAY_CONCHET', 'day', 8, { means: 'Date of death of the child.' }),
    field('SO_CONCHET', 'number', 2, { means: 'Number of children that died.' }),
    field('KET_QUA_DTRI', 'number', 1, { required: true, codes: 'KET_QUA_DTRI', means: 'Outcome code.' }),
    field('GHI_CHU', 'text', null, { means: 'Note for persons lacking legal capacity or abandoned children.' }),
    field('MA_TTDV', 'text', 255, {
      required: true,
      lengthBefore3176: 10,
      gatewayLength4750: 10,
      means:
        'Practising-licence number of the head of the facility or authorised signatory (before 3176: 10-digit social-insurance number).',
    }),
    field('NGAY_CT', 'day', 8, { required: true, means: 'Date of the document.' }),
    field('MA_THE_TAM', 'text', 15, {
      means: 'Temporary insurance card of a newborn or organ donor without a card (TE1 + province + 10 digits).',
    }),
    field('DU_PHONG', 'text', null, { means: 'Reserve field.' }),
  ],
}
