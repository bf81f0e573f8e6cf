import { field, type Table } from './table.ts'

/** Giám định y khoa (Medical assessment council record). Sent: Not sent in the dossier: typed directly on the portal (130, article 3.3). @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const assessmentTable: Table = {
  id: 'XML12',
  name: 'Giám định y khoa',
  english: 'Medical assessment council record',
  root: null,
  list: null,
  row: null,
  repeats: false,
  since: '130',
  fields: [
    field('NGUOI_CHU_TRI', 'text', 255, { required: true, means: 'Chair of the medical assessment council.' }),
    field('CHUC_VU', 'number', 1, { required: true, means: '1 chair, 2 signs on behalf of the chair.' }),
    field('NGAY_HOP', 'day', 8, { required: true, means: 'Council meeting date.' }),
    field('HO_TEN', 'text', 255, { required: true, means: 'Full name of the assessed person.' }),
    field('NGAY_SINH', 'day', 8, {
      required: true,
      means:
        'Date (and, when known, time) of birth. Unknown time 0000; unknown day and month 0000; newborns up to 28 days need hour and minute.',
    }),
    field('SO_CCCD', 'text', null, {
      required: true,
      lengthBefore3176: 15,
      gatewayLength4750: 15,
      format: '12 digits (9 digits, or 1 capital letter + 7 digits, also accepted by the 4750 gateway)',
      means:
        'National personal identification number (12 digits); passport number for foreigners; blank for newborns or unconscious patients. Older 9-digit ID still tolerated.',
    }),
    field('NGAY_CAP_CCCD', 'day', 8, { required: true, means: 'Issue date of the ID.' }),
    field('NOI_CAP_CCCD', 'text', 1024, { required: true, means: 'Issuing authority of the ID.' }),
    field('DIA_CHI', 'text', 1024, {
      required: true,
      means: 'Current place of residence written out (house, street/hamlet, commune, province; nation for foreigners).',
    }),
    field('MATINH_CU_TRU', 'text', 3, {
      required: true,
      codes: 'TINH',
      means: 'Province code of residence (permanent or temporary), as updated on the portal.',
    }),
    field('MAHUYEN_CU_TRU', 'text', 3, {
      required: true,
      codes: 'HUYEN',
      means:
        'District code of residence. Districts were abolished on 01/07/2025: blank is accepted in files seen since then.',
    }),
    field('MAXA_CU_TRU', 'text', 5, {
      required: true,
      codes: 'XA',
      means: 'Commune/ward code of residence; may be blank when the unit has no code.',
    }),
    field('MA_BHXH', 'text', 10, { required: true, means: 'Social-insurance number.' }),
    field('MA_THE_BHYT', 'text', 15, {
      format: '15 chars: 2 letters + benefit digit 1-5 + 2-digit province + 10-digit insurance number',
      means: 'Health-insurance card number(s); several cards in one episode joined with ";"; blank when not insured.',
    }),
    field('NGHE_NGHIEP', 'text', 100, { means: 'Occupation in words.' }),
    field('DIEN_THOAI', 'text', 15, {
      required: true,
      means: 'Contact phone of patient or relative; only if volunteered.',
    }),
    field('MA_DOI_TUONG', 'text', 20, { required: true, codes: 'MA_DOI_TUONG', means: 'Assessment subject code(s).' }),
    field('KHAM_GIAM_DINH', 'number', 1, { required: true, codes: 'KHAM_GIAM_DINH', means: 'Kind of assessment.' }),
    field('SO_BIEN_BAN', 'text', 200, { required: true, means: 'Number in the council minutes.' }),
    field('TYLE_TTCT_CU', 'number', 3, { means: 'Previous body-injury percentage.' }),
    field('DANG_HUONG_CHE_DO', 'text', 10, {
      required: true,
      codes: 'DANG_HUONG_CHE_DO',
      gatewayLength4750: 3,
      means: 'Benefit regime(s) currently received.',
    }),
    field('NGAY_CHUNG_TU', 'day', 8, { required: true, means: 'Document date (council meeting).' }),
    field('SO_GIAY_GIOI_THIEU', 'text', 200, { required: true, means: 'Letter-of-referral number.' }),
    field('NGAY_DE_NGHI', 'day', 8, { required: true, means: 'Request date.' }),
    field('MA_DONVI', 'text', 200, { required: true, means: 'Code of the referring organisation.' }),
    field('GIOI_THIEU_CUA', 'text', 1024, { required: true, means: 'Name of the referring organisation.' }),
    field('KET_QUA_KHAM', 'text', null, { required: true, means: 'Council examination result.' }),
    field('SO_VAN_BAN_CAN_CU', 'text', 200, { required: true, means: 'Number of the legal text used as basis.' }),
    field('TYLE_TTCT_MOI', 'number', 3, { required: true, means: 'Body-injury percentage of this assessment.' }),
    field('TONG_TYLE_TTCT', 'number', 3, { required: true, means: 'Total body-injury percentage.' }),
    field('DANG_KHUYETTAT', 'number', 1, { codes: 'DANG_KHUYETTAT', means: 'Kind of disability.' }),
    field('MUC_DO_KHUYETTAT', 'number', 1, { codes: 'MUC_DO_KHUYETTAT', means: 'Degree of disability.' }),
    field('DE_NGHI', 'text', null, { required: true, means: 'Proposal.' }),
    field('DUOC_XACDINH', 'text', null, { required: true, means: 'Determination note.' }),
    field('DU_PHONG', 'text', null, { means: 'Reserve field.' }),
  ],
}
