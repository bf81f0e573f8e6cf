import { field, type Table } from './table.ts'

/** Quản lý điều trị lao (Tuberculosis treatment record). Sent: TB patients. @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const tuberculosisTable: Table = {
  id: 'XML15',
  name: 'Quản lý điều trị lao',
  english: 'Tuberculosis treatment record',
  root: 'CHI_TIEU_DIEUTRI_BENHLAO',
  list: 'DSACH_CHITIET_DIEUTRI_BENHLAO',
  row: 'CHITIET_DIEUTRI_BENHLAO',
  repeats: true,
  since: '4750',
  fields: [
    field('MA_LK', 'text', 100, {
      required: true,
      gatewayLength4750: 200,
      means:
        'Unique id of the treatment episode at the facility; joins every table of one visit (primary key of XML1, foreign key elsewhere).',
    }),
    field('STT', 'number', 10, {
      means: 'Running number from 1 within one transmission (row number inside the table).',
    }),
    field('MA_BN', 'text', 100, {
      required: true,
      gatewayLength4750: 200,
      means: 'Patient number used by the facility (hospital MRN).',
    }),
    field('HO_TEN', 'text', 255, {
      equalsSummary: true,
      means:
        'Full name of the patient. Newborn without a card: named after mother/father/guardian, or after the facility when abandoned.',
    }),
    field('SO_CCCD', 'text', null, {
      equalsSummary: true,
      lengthBefore3176: 15,
      gatewayLength4750: 15,
      format: '12 digits (9 digits, or 1 capital letter + 7 digits, also accepted by the 4750 gateway)',
      means:
        'National personal identification number (12 digits); passport number for foreigners; blank for newborns or unconscious patients. Older 9-digit ID still tolerated.',
    }),
    field('PHANLOAI_LAO_VITRI', 'number', 1, {
      required: true,
      codes: 'PHANLOAI_LAO_VITRI',
      means: 'TB class by site.',
    }),
    field('PHANLOAI_LAO_TS', 'number', 1, {
      required: true,
      codes: 'PHANLOAI_LAO_TS',
      means: 'TB class by treatment history.',
    }),
    field('PHANLOAI_LAO_HIV', 'number', 1, {
      required: true,
      codes: 'PHANLOAI_LAO_HIV',
      means: 'TB class by HIV status.',
    }),
    field('PHANLOAI_LAO_VK', 'number', 1, {
      required: true,
      codes: 'PHANLOAI_LAO_VK',
      means: 'TB class by bacteriological evidence.',
    }),
    field('PHANLOAI_LAO_KT', 'number', 1, {
      required: true,
      codes: 'PHANLOAI_LAO_KT',
      means: 'TB class by drug resistance.',
    }),
    field('LOAI_DTRI_LAO', 'number', 1, { required: true, codes: 'LOAI_DTRI_LAO', means: 'Type of TB treatment.' }),
    field('NGAYBD_DTRI_LAO', 'day', 8, { required: true, means: 'TB treatment start date.' }),
    field('PHACDO_DTRI_LAO', 'number', 2, {
      required: true,
      codes: 'PHACDO_DTRI_LAO',
      means: 'TB regimen code (1-27 since 3176).',
    }),
    field('NGAYKT_DTRI_LAO', 'day', 8, { means: 'TB treatment end date; blank while ongoing.' }),
    field('KET_QUA_DTRI_LAO', 'number', 1, {
      required: true,
      codes: 'KET_QUA_DTRI_LAO',
      means: 'TB treatment outcome.',
    }),
    field('MA_CSKCB', 'text', 5, { equalsSummary: true, format: '5 chars', means: 'Facility code (5 characters).' }),
    field('NGAYKD_HIV', 'day', 8, { means: 'Date HIV infection was confirmed; blank for exposure treatment.' }),
    field('BDDT_ARV', 'day', 8, { required: true, means: 'Date ARV treatment started.' }),
    field('NGAY_BAT_DAU_DT_CTX', 'day', 8, { required: true, means: 'Cotrimoxazole start date.' }),
    field('DU_PHONG', 'text', null, { gatewayLength4750: 40000, means: 'Facility digital signature since 3176.' }),
  ],
}
