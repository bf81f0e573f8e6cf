import { field, type Table } from './table.ts'

/** Giấy hẹn khám lại (Re-examination appointment). Sent: When a re-examination is booked. @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const appointmentTable: Table = {
  id: 'XML14',
  name: 'Giấy hẹn khám lại',
  english: 'Re-examination appointment',
  root: 'CHI_TIEU_GIAYHEN_KHAMLAI',
  list: null,
  row: 'CHI_TIEU_GIAYHEN_KHAMLAI',
  repeats: false,
  since: '4750',
  fields: [
    field('MA_LK', 'text', 100, {
      required: true,
      gatewayLength4750: 200,
      means:
        'Unique id of the treatment episode at the facility; joins every table of one visit (primary key of XML1, foreign key elsewhere).',
    }),
    field('SO_GIAYHEN_KL', 'text', 50, {
      required: true,
      gatewayLength4750: 100,
      means: 'Number of the re-examination appointment paper.',
    }),
    field('MA_CSKCB', 'text', 5, { required: true, format: '5 chars', means: 'Facility code (5 characters).' }),
    field('HO_TEN', 'text', 255, {
      required: true,
      means:
        'Full name of the patient. Newborn without a card: named after mother/father/guardian, or after the facility when abandoned.',
    }),
    field('NGAY_SINH', 'minute', 12, {
      equalsSummary: true,
      means:
        'Date (and, when known, time) of birth. Unknown time 0000; unknown day and month 0000; newborns up to 28 days need hour and minute.',
    }),
    field('GIOI_TINH', 'number', 1, { codes: 'GIOI_TINH', equalsSummary: true, means: 'Sex code.' }),
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
    field('NGAY_VAO', 'minute', 12, { equalsSummary: true, means: 'Time the patient arrived for care.' }),
    field('NGAY_VAO_NOI_TRU', 'minute', 12, {
      equalsSummary: true,
      means: 'Time the patient entered inpatient, day or programme outpatient treatment; not earlier than NGAY_VAO.',
    }),
    field('NGAY_RA', 'minute', 12, {
      equalsSummary: true,
      means: 'Time the visit, outpatient course or inpatient stay ended.',
    }),
    field('NGAY_HEN_KL', 'day', 8, {
      required: true,
      lengthBefore3176: 12,
      gatewayLength4750: 12,
      means: 'Date of the appointment; not before NGAY_RA.',
    }),
    field('CHAN_DOAN_RV', 'text', null, {
      equalsSummary: true,
      gatewayLength4750: 4000,
      means: 'Full text of confirmed main and secondary diagnoses at end of care (no suspected ones since 3176).',
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
    field('MA_DOITUONG_KCB', 'text', 4, {
      codes: 'MA_DOITUONG_KCB',
      equalsSummary: true,
      gatewayLength4750: 10,
      means:
        'Code of the insurance situation in which the patient comes (right level, emergency, self-referred...); decided again at the end of the episode.',
    }),
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
    field('NGAY_CT', 'day', 8, { required: true, means: 'Date of the document.' }),
    field('DU_PHONG', 'text', null, { means: 'Facility digital signature since 3176.' }),
  ],
}
