import { field, type Table } from './table.ts'

/** Giấy chứng nhận nghỉ dưỡng thai (Pregnancy-rest certificate). Sent: When a pregnancy-rest certificate is issued. @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const pregnancyRestTable: Table = {
  id: 'XML10',
  name: 'Giấy chứng nhận nghỉ dưỡng thai',
  english: 'Pregnancy-rest certificate',
  root: 'CHI_TIEU_DU_LIEU_GIAY_NGHI_DUONG_THAI',
  list: null,
  row: 'CHI_TIEU_DU_LIEU_GIAY_NGHI_DUONG_THAI',
  repeats: false,
  since: '130',
  fields: [
    field('MA_LK', 'text', 100, {
      required: true,
      means:
        'Unique id of the treatment episode at the facility; joins every table of one visit (primary key of XML1, foreign key elsewhere).',
    }),
    field('SO_SERI', 'text', 200, { required: true, means: 'Serial number of the certificate.' }),
    field('SO_CT', 'text', 200, { required: true, means: 'Document number used internally by the facility.' }),
    field('SO_NGAY', 'number', 3, {
      required: true,
      means: 'Days of rest, stated as DEN_NGAY - TU_NGAY in the decision.',
    }),
    field('DON_VI', 'text', 1024, {
      required: true,
      means: 'Employer / unit where the beneficiary pays social insurance.',
    }),
    field('CHAN_DOAN_RV', 'text', null, {
      required: true,
      means: 'Full text of confirmed main and secondary diagnoses at end of care (no suspected ones since 3176).',
    }),
    field('TU_NGAY', 'day', 8, { required: true, means: 'First day of leave (equals the examination day).' }),
    field('DEN_NGAY', 'day', 8, { required: true, means: 'Last day of leave.' }),
    field('MA_TTDV', 'text', 255, {
      required: true,
      lengthBefore3176: 10,
      gatewayLength4750: 10,
      means:
        'Practising-licence number of the head of the facility or authorised signatory (before 3176: 10-digit social-insurance number).',
    }),
    field('TEN_BS', 'text', 255, {
      required: true,
      means: 'Full name of the department head or authorised signing doctor.',
    }),
    field('MA_BS', 'text', 255, {
      required: true,
      lengthBefore3176: 200,
      gatewayLength4750: 200,
      means: 'Practising-licence number of the department head or authorised signing doctor.',
    }),
    field('NGAY_CT', 'day', 8, { required: true, means: 'Date of the document.' }),
    field('DU_PHONG', 'text', null, { gatewayLength4750: 4000, since: '4750', means: 'Reserve field.' }),
  ],
}
