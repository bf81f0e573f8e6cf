import { field, type Table } from './table.ts'

/** Chi tiết diễn biến lâm sàng (Clinical course notes). Sent: MA_LOAI_KCB 02,05,08 or inpatient, day, commune-stay or <4h inpatient. @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const notesTable: Table = {
  id: 'XML5',
  name: 'Chi tiết diễn biến lâm sàng',
  english: 'Clinical course notes',
  root: 'CHITIEU_CHITIET_DIENBIENLAMSANG',
  list: 'DSACH_CHI_TIET_DIEN_BIEN_BENH',
  row: 'CHI_TIET_DIEN_BIEN_BENH',
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
    field('DIEN_BIEN_LS', 'text', null, {
      required: true,
      means:
        'Clinical course / nursing note. Vital signs convention since 4750: CSST<M75_T37_HA120/70_NT18_...> (M pulse, T temperature, HA blood pressure, NT respiration).',
    }),
    field('GIAI_DOAN_BENH', 'text', null, { means: 'Disease stage when determined.' }),
    field('HOI_CHAN', 'text', null, { means: 'Consultation result.' }),
    field('PHAU_THUAT', 'text', null, { means: 'Description of the surgery or procedure.' }),
    field('THOI_DIEM_DBLS', 'minute', 12, { required: true, means: 'Time of the clinical note.' }),
    field('NGUOI_THUC_HIEN', 'text', 255, {
      required: true,
      means: 'Practising-licence number(s) of the person(s) who performed it, ";"-joined.',
    }),
    field('DU_PHONG', 'text', null, { means: 'Reserve field.' }),
  ],
}
