import { field, type Table } from './table.ts'

/** Giấy chứng nhận nghỉ việc hưởng BHXH (Sick-leave certificate). Sent: When a sick-leave certificate is issued. @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const sickLeaveTable: Table = {
  id: 'XML11',
  name: 'Giấy chứng nhận nghỉ việc hưởng BHXH',
  english: 'Sick-leave certificate',
  root: 'CHI_TIEU_DU_LIEU_GIAY_CHUNG_NHAN_NGHI_VIEC_HUONG_BAO_HIEM_XA_HOI',
  list: null,
  row: 'CHI_TIEU_DU_LIEU_GIAY_CHUNG_NHAN_NGHI_VIEC_HUONG_BAO_HIEM_XA_HOI',
  repeats: false,
  since: '130',
  fields: [
    field('MA_LK', 'text', 100, {
      required: true,
      means:
        'Unique id of the treatment episode at the facility; joins every table of one visit (primary key of XML1, foreign key elsewhere).',
    }),
    field('SO_CT', 'text', 200, { required: true, means: 'Document number used internally by the facility.' }),
    field('SO_SERI', 'text', 200, { required: true, means: 'Serial number of the certificate.' }),
    field('SO_KCB', 'text', 200, { required: true, means: 'Internal register number of the document.' }),
    field('DON_VI', 'text', 1024, {
      required: true,
      means: 'Employer / unit where the beneficiary pays social insurance.',
    }),
    field('MA_BHXH', 'text', 10, { required: true, means: 'Social-insurance number.' }),
    field('MA_THE_BHYT', 'text', null, {
      format:
        '15 chars: 2 letters + benefit digit 1-5 + 2-digit province + 10-digit insurance number; ";"-joined when several',
      means: 'Health-insurance card number(s); several cards in one episode joined with ";"; blank when not insured.',
    }),
    field('CHAN_DOAN_RV', 'text', null, {
      required: true,
      means: 'Full text of confirmed main and secondary diagnoses at end of care (no suspected ones since 3176).',
    }),
    field('PP_DIEUTRI', 'text', null, { required: true, means: 'Treatment method in words.' }),
    field('MA_DINH_CHI_THAI', 'number', 1, { means: '1 pregnancy terminated, 0 not.' }),
    field('NGUYENNHAN_DINHCHI', 'text', null, {
      requiredWhen: 'MA_DINH_CHI_THAI = 1',
      means: 'Cause of pregnancy termination.',
    }),
    field('TUOI_THAI', 'number', 2, {
      requiredWhen: 'MA_DINH_CHI_THAI = 1',
      means: 'Gestational age in weeks (1-42).',
    }),
    field('SO_NGAY_NGHI', 'number', 3, { required: true, means: 'Number of rest days granted.' }),
    field('TU_NGAY', 'day', 8, { required: true, means: 'First day of leave (equals the examination day).' }),
    field('DEN_NGAY', 'day', 8, { required: true, means: 'Last day of leave.' }),
    field('HO_TEN_CHA', 'text', 255, { means: 'Full name of the father.' }),
    field('HO_TEN_ME', 'text', 255, { means: 'Full name of the mother.' }),
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
    field('NGAY_CT', 'day', 8, { required: true, means: 'Date of the document.' }),
    field('MA_THE_TAM', 'text', 15, {
      means: 'Temporary insurance card of a newborn or organ donor without a card (TE1 + province + 10 digits).',
    }),
    field('MAU_SO', 'text', 5, { format: 'CT07', means: 'Form code, default CT07.' }),
    field('DU_PHONG', 'text', null, { gatewayLength4750: 4000, since: '4750', means: 'Reserve field.' }),
  ],
}
