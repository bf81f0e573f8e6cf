import { field, type Table } from './table.ts'

/** Giấy chuyển tuyến (Transfer / referral paper). Sent: MA_LOAI_RV 2 or 5. @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const transferTable: Table = {
  id: 'XML13',
  name: 'Giấy chuyển tuyến',
  english: 'Transfer / referral paper',
  root: 'CHI_TIEU_GIAYCHUYENTUYEN',
  list: null,
  row: 'CHI_TIEU_GIAYCHUYENTUYEN',
  repeats: false,
  since: '4750',
  fields: [
    field('MA_LK', 'text', 100, {
      required: true,
      gatewayLength4750: 250,
      means:
        'Unique id of the treatment episode at the facility; joins every table of one visit (primary key of XML1, foreign key elsewhere).',
    }),
    field('SO_HOSO', 'text', 50, { required: true, gatewayLength4750: 100, means: 'Number of the transfer dossier.' }),
    field('SO_CHUYENTUYEN', 'text', 50, {
      required: true,
      gatewayLength4750: 100,
      means: 'Number in the transfer register.',
    }),
    field('GIAY_CHUYEN_TUYEN', 'text', 50, {
      required: true,
      gatewayLength4750: 100,
      means: 'Number of the transfer paper or of the re-examination appointment presented.',
    }),
    field('MA_CSKCB', 'text', 5, { equalsSummary: true, format: '5 chars', means: 'Facility code (5 characters).' }),
    field('MA_CSKCB_DI', 'text', 100, {
      equalsSummary: true,
      lengthBefore3176: 5,
      gatewayLength4750: 5,
      formerly: 'MA_NOI_DI',
      means: 'Code(s) of the facility/facilities the patient had come from, ";"-joined.',
    }),
    field('MA_CSKCB_DEN', 'text', 5, {
      equalsSummary: true,
      formerly: 'MA_NOI_DEN',
      format: '5 chars',
      means: 'Code of the receiving facility.',
    }),
    field('HO_TEN', 'text', 255, {
      required: true,
      equalsSummary: true,
      means:
        'Full name of the patient. Newborn without a card: named after mother/father/guardian, or after the facility when abandoned.',
    }),
    field('NGAY_SINH', 'minute', 12, {
      equalsSummary: true,
      means:
        'Date (and, when known, time) of birth. Unknown time 0000; unknown day and month 0000; newborns up to 28 days need hour and minute.',
    }),
    field('GIOI_TINH', 'number', 1, { codes: 'GIOI_TINH', equalsSummary: true, means: 'Sex code.' }),
    field('MA_QUOCTICH', 'text', 3, { codes: 'MA_QUOCTICH', equalsSummary: true, means: 'Nationality code.' }),
    field('MA_DANTOC', 'text', 2, { codes: 'MA_DANTOC', equalsSummary: true, means: 'Ethnic group code.' }),
    field('MA_NGHE_NGHIEP', 'text', 5, {
      codes: 'MA_NGHE_NGHIEP',
      equalsSummary: true,
      means: 'Occupation code; "00" when the person has no occupation; portal list for people outside working age.',
    }),
    field('DIA_CHI', 'text', 1024, {
      equalsSummary: true,
      means: 'Current place of residence written out (house, street/hamlet, commune, province; nation for foreigners).',
    }),
    field('MA_THE_BHYT', 'text', null, {
      equalsSummary: true,
      gatewayLength4750: 200,
      format:
        '15 chars: 2 letters + benefit digit 1-5 + 2-digit province + 10-digit insurance number; ";"-joined when several',
      means: 'Health-insurance card number(s); several cards in one episode joined with ";"; blank when not insured.',
    }),
    field('GT_THE_DEN', 'days', null, {
      equalsSummary: true,
      gatewayLength4750: 200,
      means: 'Card valid-to date(s), ";"-joined in the order of the cards.',
    }),
    field('NGAY_VAO', 'minutes', 100, {
      equalsSummary: true,
      lengthBefore3176: 12,
      gatewayLength4750: 12,
      means: 'Time the patient arrived for care.',
    }),
    field('NGAY_VAO_NOI_TRU', 'minute', 12, {
      equalsSummary: true,
      means: 'Time the patient entered inpatient, day or programme outpatient treatment; not earlier than NGAY_VAO.',
    }),
    field('NGAY_RA', 'minutes', 100, {
      equalsSummary: true,
      lengthBefore3176: 12,
      gatewayLength4750: 12,
      means: 'Time the visit, outpatient course or inpatient stay ended.',
    }),
    field('DAU_HIEU_LS', 'text', null, {
      required: true,
      gatewayLength4750: 4000,
      means: 'Clinical signs at transfer.',
    }),
    field('CHAN_DOAN_RV', 'text', null, {
      equalsSummary: true,
      gatewayLength4750: 4000,
      means: 'Full text of confirmed main and secondary diagnoses at end of care (no suspected ones since 3176).',
    }),
    field('QT_BENHLY', 'text', null, {
      required: true,
      gatewayLength4750: 4000,
      means: 'Disease process and clinical course.',
    }),
    field('TOMTAT_KQ', 'text', null, { gatewayLength4750: 4000, means: 'Summary of diagnostic test results.' }),
    field('PP_DIEUTRI', 'text', null, {
      equalsSummary: true,
      gatewayLength4750: 4000,
      means: 'Treatment given before transfer (methods, techniques, drugs).',
    }),
    field('MA_BENH_CHINH', 'text', 7, {
      codes: 'ICD10',
      equalsSummary: true,
      gatewayLength4750: 50,
      means: 'ICD-10 code of the main disease.',
    }),
    field('MA_BENH_KT', 'text', 100, {
      codes: 'ICD10',
      equalsSummary: true,
      gatewayLength4750: 200,
      means: 'ICD-10 codes of secondary diseases or symptoms, ";"-joined, at most 12.',
    }),
    field('MA_BENH_YHCT', 'text', 150, {
      codes: 'ICD_YHCT',
      equalsSummary: true,
      lengthBefore3176: 255,
      gatewayLength4750: 255,
      means: 'Traditional-medicine disease codes, main first then secondary (at most 13), ";"-joined.',
    }),
    field('TINH_TRANG_CT', 'text', null, {
      equalsSummary: true,
      gatewayLength4750: 4000,
      formerly: 'PP_DIEU_TRI',
      means: 'Condition of the patient at transfer.',
    }),
    field('MA_LOAI_RV', 'number', 1, { codes: 'MA_LOAI_RV', equalsSummary: true, means: 'Type of discharge code.' }),
    field('MA_LYDO_CT', 'number', 1, { required: true, codes: 'MA_LYDO_CT', means: 'Reason code of the transfer.' }),
    field('HUONG_DIEU_TRI', 'text', null, {
      required: true,
      gatewayLength4750: 4000,
      means: 'Planned treatment direction.',
    }),
    field('PHUONGTIEN_VC', 'text', 255, { required: true, means: 'Means of transport.' }),
    field('HOTEN_NGUOI_HT', 'text', 255, { means: 'Name of the escort.' }),
    field('CHUCDANH_NGUOI_HT', 'text', 255, { means: 'Title/qualification of the escort.' }),
    field('MA_BAC_SI', 'text', 255, {
      required: true,
      means:
        'Practising-licence number(s) of the ordering clinician(s), ";"-joined; suffixes .TX.facility (telehealth), .HD.facility (mobilised).',
    }),
    field('MA_TTDV', 'text', 255, {
      required: true,
      lengthBefore3176: 10,
      gatewayLength4750: 10,
      means:
        'Practising-licence number of the head of the facility or authorised signatory (before 3176: 10-digit social-insurance number).',
    }),
    field('DU_PHONG', 'text', null, { gatewayLength4750: 4000, means: 'Facility digital signature since 3176.' }),
  ],
}
