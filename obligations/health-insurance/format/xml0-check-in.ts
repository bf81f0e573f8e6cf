import { field, type Table } from './table.ts'

/** Bảng check-in (trạng thái KCB) (Check-in / care status message). Sent: First cost of an encounter, and first cost in a ward for inpatient/day/outpatient programme; emergency (MA_DOITUONG_KCB=2) and laboratory-only facilities exempt. @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const checkInTable: Table = {
  id: 'XML0',
  name: 'Bảng check-in (trạng thái KCB)',
  english: 'Check-in / care status message',
  root: 'CHI_TIEU_TRANG_THAI_KCB',
  list: 'DSACH_TRANG_THAI_KCB',
  row: 'TRANG_THAI_KCB',
  repeats: true,
  since: '130',
  fields: [
    field('MA_LK', 'text', 100, {
      required: true,
      means:
        'Unique id of the treatment episode at the facility; joins every table of one visit (primary key of XML1, foreign key elsewhere).',
    }),
    field('STT', 'number', 10, {
      required: true,
      means: 'Running number from 1 within one transmission (row number inside the table).',
    }),
    field('MA_BN', 'text', 100, { required: true, means: 'Patient number used by the facility (hospital MRN).' }),
    field('HO_TEN', 'text', 255, {
      required: true,
      means:
        'Full name of the patient. Newborn without a card: named after mother/father/guardian, or after the facility when abandoned.',
    }),
    field('SO_CCCD', 'text', 15, {
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
    field('MA_THE_BHYT', 'text', 15, {
      format: '15 chars: 2 letters + benefit digit 1-5 + 2-digit province + 10-digit insurance number',
      means: 'Health-insurance card number(s); several cards in one episode joined with ";"; blank when not insured.',
    }),
    field('MA_DKBD', 'text', 5, {
      means:
        'Code(s) of the primary registration facility on the card(s), 5 chars each, ";"-joined in the order of the cards.',
    }),
    field('GT_THE_TU', 'day', 8, { means: 'Card valid-from date(s), ";"-joined in the order of the cards.' }),
    field('GT_THE_DEN', 'day', 8, { means: 'Card valid-to date(s), ";"-joined in the order of the cards.' }),
    field('MA_DOITUONG_KCB', 'text', 4, {
      required: true,
      codes: 'MA_DOITUONG_KCB',
      gatewayLength4750: 5,
      means:
        'Code of the insurance situation in which the patient comes (right level, emergency, self-referred...); decided again at the end of the episode.',
    }),
    field('NGAY_VAO', 'minute', 12, { required: true, means: 'Time the patient arrived for care.' }),
    field('NGAY_VAO_NOI_TRU', 'minute', 12, {
      since: '4750',
      means: 'Time the patient entered inpatient, day or programme outpatient treatment; not earlier than NGAY_VAO.',
    }),
    field('LY_DO_VNT', 'text', null, {
      requiredWhen: 'NGAY_VAO_NOI_TRU present',
      gatewayLength4750: 4000,
      since: '4750',
      means: 'Reason for inpatient / day-treatment admission, including symptoms.',
    }),
    field('MA_LY_DO_VNT', 'text', 5, {
      gatewayLength4750: 10,
      since: '4750',
      means: 'Code of the admission reason; used only once the Ministry publishes the list.',
    }),
    field('MA_LOAI_KCB', 'text', 2, {
      required: true,
      codes: 'MA_LOAI_KCB',
      means: 'Type of care code (outpatient exam, inpatient, day, ...).',
    }),
    field('MA_CSKCB', 'text', 5, { required: true, format: '5 chars', means: 'Facility code (5 characters).' }),
    field('MA_DICH_VU', 'text', 50, {
      requiredWhen: 'MA_THUOC and MA_VAT_TU empty',
      codes: 'DVKT',
      means: 'First service/examination charged at the encounter or in the ward (give one of service, drug or supply).',
    }),
    field('TEN_DICH_VU', 'text', 1024, {
      requiredWhen: 'MA_DICH_VU present',
      means: 'Name of the service, examination or bed.',
    }),
    field('MA_THUOC', 'text', 255, {
      requiredWhen: 'MA_DICH_VU and MA_VAT_TU empty',
      codes: 'HOAT_CHAT',
      since: '4750',
      means: 'Drug code when the first charge in the ward is a drug.',
    }),
    field('TEN_THUOC', 'text', 1024, {
      requiredWhen: 'MA_THUOC present',
      gatewayLength4750: 2000,
      since: '4750',
      means: 'Trade name of the drug.',
    }),
    field('MA_VAT_TU', 'text', 255, {
      requiredWhen: 'MA_DICH_VU and MA_THUOC empty',
      codes: 'VTYT',
      since: '4750',
      means: 'Supply code when the first charge in the ward is a supply.',
    }),
    field('TEN_VAT_TU', 'text', 1024, {
      requiredWhen: 'MA_VAT_TU present',
      gatewayLength4750: 2000,
      since: '4750',
      means: 'Medical-supply name.',
    }),
    field('NGAY_YL', 'minute', 12, { required: true, means: 'Time the order was given.' }),
    field('DU_PHONG', 'text', null, { gatewayLength4750: 4000, since: '4750', means: 'Reserve field.' }),
  ],
}
