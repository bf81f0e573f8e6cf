import { field, type Table } from './table.ts'

/** Chi tiết dịch vụ cận lâm sàng (Laboratory / imaging results). Sent: Only when laboratory/imaging/function tests were done. @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const resultsTable: Table = {
  id: 'XML4',
  name: 'Chi tiết dịch vụ cận lâm sàng',
  english: 'Laboratory / imaging results',
  root: 'CHITIEU_CHITIET_DICHVUCANLAMSANG',
  list: 'DSACH_CHI_TIET_CLS',
  row: 'CHI_TIET_CLS',
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
    field('MA_DICH_VU', 'text', 50, {
      codes: 'DVKT',
      lengthBefore3176: 15,
      means: 'Technical service, examination or bed code from the shared national catalogue.',
    }),
    field('MA_CHI_SO', 'text', 255, {
      codes: 'CHI_SO_CLS',
      lengthBefore3176: 50,
      gatewayLength4750: 50,
      means: 'Code of the test/imaging indicator.',
    }),
    field('TEN_CHI_SO', 'text', 255, { required: true, means: 'Name of the indicator.' }),
    field('GIA_TRI', 'text', 255, { lengthBefore3176: 50, gatewayLength4750: 50, means: 'Value of the indicator.' }),
    field('DON_VI_DO', 'text', 50, { means: 'Unit of the indicator.' }),
    field('MO_TA', 'text', null, { means: 'Descriptive finding (imaging, function tests).' }),
    field('KET_LUAN', 'text', null, { means: 'Conclusion of the reader; left blank when GIA_TRI carries the result.' }),
    field('NGAY_KQ', 'minute', 12, {
      requiredWhen: 'GIA_TRI present',
      means: 'Time the result was available or the procedure ended.',
    }),
    field('MA_BS_DOC_KQ', 'text', 255, {
      means: 'Practising-licence number of the person who read or approved the result.',
    }),
    field('DU_PHONG', 'text', null, { means: 'Reserve field.' }),
  ],
}
