import { field, type Table } from './table.ts'

/** Tổng hợp khám bệnh, chữa bệnh (Encounter summary). Sent: Every encounter; exactly one. @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const summaryTable: Table = {
  id: 'XML1',
  name: 'Tổng hợp khám bệnh, chữa bệnh',
  english: 'Encounter summary',
  root: 'TONG_HOP',
  list: null,
  row: 'TONG_HOP',
  repeats: false,
  since: '130',
  fields: [
    field('MA_LK', 'text', 100, {
      required: true,
      means:
        'Unique id of the treatment episode at the facility; joins every table of one visit (primary key of XML1, foreign key elsewhere).',
    }),
    field('STT', 'number', 10, {
      means: 'Running number from 1 within one transmission (row number inside the table).',
    }),
    field('MA_BN', 'text', 100, { required: true, means: 'Patient number used by the facility (hospital MRN).' }),
    field('HO_TEN', 'text', 255, {
      required: true,
      means:
        'Full name of the patient. Newborn without a card: named after mother/father/guardian, or after the facility when abandoned.',
    }),
    field('SO_CCCD', 'text', null, {
      lengthBefore3176: 15,
      gatewayLength4750: 15,
      format: '12 digits (9 digits, or 1 capital letter + 7 digits, also accepted by the 4750 gateway)',
      means:
        'National personal identification number (12 digits); passport number for foreigners; blank for newborns or unconscious patients. Older 9-digit ID still tolerated.',
    }),
    field('NGAY_SINH', 'minute', 12, {
      required: true,
      means:
        'Date (and, when known, time) of birth. Unknown time 0000; unknown day and month 0000; newborns up to 28 days need hour and minute.',
    }),
    field('GIOI_TINH', 'number', 1, { required: true, codes: 'GIOI_TINH', means: 'Sex code.' }),
    field('NHOM_MAU', 'text', 5, { gatewayLength4750: 10, since: '4750', means: 'Blood group when known.' }),
    field('MA_QUOCTICH', 'text', 3, { required: true, codes: 'MA_QUOCTICH', means: 'Nationality code.' }),
    field('MA_DANTOC', 'text', 2, { required: true, codes: 'MA_DANTOC', means: 'Ethnic group code.' }),
    field('MA_NGHE_NGHIEP', 'text', 2, {
      required: true,
      codes: 'MA_NGHE_NGHIEP',
      lengthBefore3176: 5,
      gatewayLength4750: 5,
      means: 'Occupation code; "00" when the person has no occupation; portal list for people outside working age.',
    }),
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
    field('DIEN_THOAI', 'text', 15, { means: 'Contact phone of patient or relative; only if volunteered.' }),
    field('MA_THE_BHYT', 'text', null, {
      format:
        '15 chars: 2 letters + benefit digit 1-5 + 2-digit province + 10-digit insurance number; ";"-joined when several',
      means: 'Health-insurance card number(s); several cards in one episode joined with ";"; blank when not insured.',
    }),
    field('MA_DKBD', 'text', null, {
      means:
        'Code(s) of the primary registration facility on the card(s), 5 chars each, ";"-joined in the order of the cards.',
    }),
    field('GT_THE_TU', 'days', null, { means: 'Card valid-from date(s), ";"-joined in the order of the cards.' }),
    field('GT_THE_DEN', 'days', null, { means: 'Card valid-to date(s), ";"-joined in the order of the cards.' }),
    field('NGAY_MIEN_CCT', 'dayOrMinute', 12, {
      means:
        'Date from which the patient is exempt from co-payment (8 digits from the certificate, or 12 digits when reached during the stay).',
    }),
    field('LY_DO_VV', 'text', null, { required: true, means: 'Reason for the visit (complaint).' }),
    field('LY_DO_VNT', 'text', null, { means: 'Reason for inpatient / day-treatment admission, including symptoms.' }),
    field('MA_LY_DO_VNT', 'text', 5, {
      means: 'Code of the admission reason; used only once the Ministry publishes the list.',
    }),
    field('CHAN_DOAN_VAO', 'text', null, {
      required: true,
      means: 'Diagnosis at reception (preliminary; may contain suspected or differential diagnoses).',
    }),
    field('CHAN_DOAN_RV', 'text', null, {
      required: true,
      means: 'Full text of confirmed main and secondary diagnoses at end of care (no suspected ones since 3176).',
    }),
    field('MA_BENH_CHINH', 'text', 7, { required: true, codes: 'ICD10', means: 'ICD-10 code of the main disease.' }),
    field('MA_BENH_KT', 'text', 100, {
      codes: 'ICD10',
      means: 'ICD-10 codes of secondary diseases or symptoms, ";"-joined, at most 12.',
    }),
    field('MA_BENH_YHCT', 'text', 150, {
      codes: 'ICD_YHCT',
      lengthBefore3176: 255,
      gatewayLength4750: 255,
      means: 'Traditional-medicine disease codes, main first then secondary (at most 13), ";"-joined.',
    }),
    field('MA_PTTT_QT', 'text', 125, {
      codes: 'ICD9CM',
      means: 'ICD-9-CM procedure codes of surgeries/procedures, ";"-joined.',
    }),
    field('MA_DOITUONG_KCB', 'text', 4, {
      required: true,
      codes: 'MA_DOITUONG_KCB',
      gatewayLength4750: 5,
      means:
        'Code of the insurance situation in which the patient comes (right level, emergency, self-referred...); decided again at the end of the episode.',
    }),
    field('MA_NOI_DI', 'text', 5, {
      format: '5 chars',
      means: 'Code of the facility that transferred the patient here (or that issued the re-examination appointment).',
    }),
    field('MA_NOI_DEN', 'text', 5, {
      format: '5 chars',
      means: 'Code of the facility to which the patient is transferred.',
    }),
    field('MA_TAI_NAN', 'number', 1, {
      codes: 'MA_TAI_NAN',
      gatewayLength4750: 2,
      means: 'Accident / injury cause code.',
    }),
    field('NGAY_VAO', 'minute', 12, { required: true, means: 'Time the patient arrived for care.' }),
    field('NGAY_VAO_NOI_TRU', 'minute', 12, {
      means: 'Time the patient entered inpatient, day or programme outpatient treatment; not earlier than NGAY_VAO.',
    }),
    field('NGAY_RA', 'minute', 12, {
      required: true,
      means: 'Time the visit, outpatient course or inpatient stay ended.',
    }),
    field('GIAY_CHUYEN_TUYEN', 'text', 50, {
      means: 'Number of the transfer paper or of the re-examination appointment presented.',
    }),
    field('SO_NGAY_DTRI', 'number', 3, {
      required: true,
      means: 'Number of treatment days (rule depends on MA_LOAI_KCB; see calculation rules).',
    }),
    field('PP_DIEU_TRI', 'text', null, { means: 'Treatment method in words (e.g. medical / surgical treatment).' }),
    field('KET_QUA_DTRI', 'number', 1, { required: true, codes: 'KET_QUA_DTRI', means: 'Outcome code.' }),
    field('MA_LOAI_RV', 'number', 1, { required: true, codes: 'MA_LOAI_RV', means: 'Type of discharge code.' }),
    field('GHI_CHU', 'text', null, { means: "Doctor's advice / note to the patient at discharge." }),
    field('NGAY_TTOAN', 'minute', 12, { means: 'Time the patient settled the bill; blank if not yet settled.' }),
    field('T_THUOC', 'money', 15, {
      required: true,
      means: 'Total drugs, blood and blood products = sum of XML2.THANH_TIEN_BV.',
    }),
    field('T_VTYT', 'money', 15, {
      required: true,
      means: 'Total medical supplies = sum of XML3.THANH_TIEN_BV over supply groups (10, 11).',
    }),
    field('T_TONGCHI_BV', 'money', 15, {
      required: true,
      means: 'Total cost at hospital price = sum of THANH_TIEN_BV over XML2 and XML3.',
    }),
    field('T_TONGCHI_BH', 'money', 15, {
      required: true,
      means: 'Total cost inside insurance scope = sum of THANH_TIEN_BH over XML2 and XML3.',
    }),
    field('T_BNTT', 'money', 15, { required: true, means: 'Amount the patient pays outside insurance scope.' }),
    field('T_BNCCT', 'money', 15, { required: true, means: 'Patient co-payment inside insurance scope.' }),
    field('T_BHTT', 'money', 15, { required: true, means: 'Amount claimed from the insurance fund.' }),
    field('T_NGUONKHAC', 'money', 15, {
      required: true,
      means: 'Amount paid by other sources = sum of the four T_NGUONKHAC_* parts.',
    }),
    field('T_BHTT_GDV', 'money', 15, {
      required: true,
      means:
        'Part of T_BHTT settled by fee-for-service (outside capitation/DRG) = sum of line T_BHTT with MA_PTTT = 1.',
    }),
    field('NAM_QT', 'number', 4, { required: true, format: 'yyyy', means: 'Year of the claim settlement period.' }),
    field('THANG_QT', 'number', 2, {
      required: true,
      format: 'MM',
      means: 'Month (01-12) of the claim settlement period.',
    }),
    field('MA_LOAI_KCB', 'text', 2, {
      required: true,
      codes: 'MA_LOAI_KCB',
      means: 'Type of care code (outpatient exam, inpatient, day, ...).',
    }),
    field('MA_KHOA', 'text', 50, {
      required: true,
      codes: 'MA_KHOA',
      means: 'Department code(s) that treated the patient, ";"-joined in order.',
    }),
    field('MA_CSKCB', 'text', 5, { required: true, format: '5 chars', means: 'Facility code (5 characters).' }),
    field('MA_KHUVUC', 'text', 2, { codes: 'MA_KHUVUC', means: 'Residence-area code on the card (K1, K2, K3).' }),
    field('CAN_NANG', 'text', 6, {
      required: true,
      format: 'decimal kg, 2 decimals',
      means:
        'Weight in kg, two decimals; needed for children under 1 year and newborn inpatients (gateway flags it required).',
    }),
    field('CAN_NANG_CON', 'text', 100, {
      means: 'Birth weight of the newborn(s) in grams, ";"-joined for multiple births.',
    }),
    field('NAM_NAM_LIEN_TUC', 'day', 8, { means: 'Date on which the holder reached five continuous insured years.' }),
    field('NGAY_TAI_KHAM', 'days', 50, { means: 'Re-examination date(s) booked, ";"-joined.' }),
    field('MA_HSBA', 'text', 100, { required: true, means: 'Medical record (chart) number of the episode.' }),
    field('MA_TTDV', 'text', 255, {
      lengthBefore3176: 10,
      gatewayLength4750: 10,
      means:
        'Practising-licence number of the head of the facility or authorised signatory (before 3176: 10-digit social-insurance number).',
    }),
    field('DU_PHONG', 'text', null, { means: 'Reserve; since 3176 holds the height in cm when used clinically.' }),
  ],
}
