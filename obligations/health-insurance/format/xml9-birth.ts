import { field, type Table } from './table.ts'

/** Giấy chứng sinh (Birth certificate). Sent: Births; one per child. @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const birthTable: Table = {
  id: 'XML9',
  name: 'Giấy chứng sinh',
  english: 'Birth certificate',
  root: 'CHI_TIEU_DU_LIEU_GIAY_CHUNG_SINH',
  list: 'DSACH_GIAYCHUNGSINH',
  row: 'DU_LIEU_GIAY_CHUNG_SINH',
  repeats: true,
  since: '130',
  fields: [
    field('MA_LK', 'text', 100, {
      required: true,
      means:
        'Unique id of the treatment episode at the facility; joins every table of one visit (primary key of XML1, foreign key elsewhere).',
    }),
    field('MA_BHXH_NND', 'text', 10, { means: 'Social-insurance number of the mother / carer.' }),
    field('MA_THE_NND', 'text', 15, { means: 'Insurance card of the mother / carer.' }),
    field('HO_TEN_NND', 'text', 255, { required: true, means: 'Full name of the mother / carer.' }),
    field('NGAYSINH_NND', 'day', 8, { required: true, means: 'Birth date of the mother / carer.' }),
    field('MA_DANTOC_NND', 'text', 2, {
      required: true,
      codes: 'MA_DANTOC',
      means: 'Ethnic group of the mother / carer.',
    }),
    field('SO_CCCD_NND', 'text', null, {
      required: true,
      lengthBefore3176: 15,
      gatewayLength4750: 15,
      format: '12 digits (9 digits, or 1 capital letter + 7 digits, also accepted by the 4750 gateway)',
      means: 'Personal ID of the mother / carer.',
    }),
    field('NGAYCAP_CCCD_NND', 'day', 8, { required: true, means: 'Issue date of that ID.' }),
    field('NOICAP_CCCD_NND', 'text', 1024, { required: true, means: 'Issuing authority of that ID.' }),
    field('NOI_CU_TRU_NND', 'text', 1024, { required: true, means: 'Residence of the mother / carer.' }),
    field('MA_QUOCTICH', 'text', 3, { required: true, codes: 'MA_QUOCTICH', means: 'Nationality code.' }),
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
    field('HO_TEN_CHA', 'text', 255, { means: 'Full name of the father.' }),
    field('MA_THE_TAM', 'text', 15, {
      required: true,
      means: 'Temporary insurance card of a newborn or organ donor without a card (TE1 + province + 10 digits).',
    }),
    field('HO_TEN_CON', 'text', 255, { means: 'Intended name of the child.' }),
    field('GIOI_TINH_CON', 'number', 1, { required: true, codes: 'GIOI_TINH', means: 'Sex of the child.' }),
    field('SO_CON', 'number', 2, { required: true, means: 'Number of children in this delivery.' }),
    field('LAN_SINH', 'number', 2, { required: true, means: 'Which delivery of the mother (including this one).' }),
    field('SO_CON_SONG', 'number', 2, { required: true, means: 'Number of living children (including this one).' }),
    field('CAN_NANG_CON', 'number', 10, { required: true, means: 'Birth weight in grams.' }),
    field('NGAY_SINH_CON', 'minute', 12, { required: true, means: 'Date and time of birth of the child.' }),
    field('NOI_SINH_CON', 'text', 1024, { required: true, means: 'Place of birth.' }),
    field('TINH_TRANG_CON', 'text', null, { required: true, means: 'Condition of the child.' }),
    field('SINHCON_PHAUTHUAT', 'number', 1, { required: true, means: '1 surgical delivery, 0 not.' }),
    field('SINHCON_DUOI32TUAN', 'number', 1, { required: true, means: '1 birth before 32 weeks, 0 not.' }),
    field('GHI_CHU', 'text', null, { required: true, means: 'Note on surgical and/or <32-week delivery.' }),
    field('NGUOI_DO_DE', 'text', 255, { required: true, means: 'Name of the birth attendant.' }),
    field('NGUOI_GHI_PHIEU', 'text', 255, { required: true, means: 'Name of the person who filled in the form.' }),
    field('NGAY_CT', 'day', 8, { required: true, means: 'Date of the document.' }),
    field('SO', 'text', 200, { required: true, means: 'Number of the birth certificate document at the facility.' }),
    field('QUYEN_SO', 'text', 200, { required: true, means: 'Book number of the certificate.' }),
    field('MA_TTDV', 'text', 255, {
      required: true,
      lengthBefore3176: 10,
      gatewayLength4750: 10,
      means:
        'Practising-licence number of the head of the facility or authorised signatory (before 3176: 10-digit social-insurance number).',
    }),
    field('DU_PHONG', 'text', null, { gatewayLength4750: 4000, since: '4750', means: 'Reserve field.' }),
  ],
}
