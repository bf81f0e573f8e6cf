import type { Values } from '../types.ts'
import { isFilled, valueOf, type Visit } from './visit.ts'

type Condition = (row: Values, visit: Visit) => boolean

/** Groups of XML3 of which somebody must have done it, at a time. */
const PERFORMED = new Set(['1', '2', '3', '8', '18'])
/** Blood and blood products are not tendered and have no strength. */
const BLOOD = new Set(['7', '17'])

/** MA_NHOM without a leading zero. */
export function groupOf(row: Values): string {
  const group = valueOf(row, 'MA_NHOM')
  return group.startsWith('0') ? group.replace(/^0+(?=\d)/, '') : group
}

const is =
  (name: string, code: string): Condition =>
  (row) =>
    valueOf(row, name) === code
const has =
  (name: string): Condition =>
  (row) =>
    isFilled(row, name)
const performed: Condition = (row) => PERFORMED.has(groupOf(row))
const abortion = is('MA_DINH_CHI_THAI', '1')
const inList =
  (name: string, code: string): Condition =>
  (row) =>
    valueOf(row, name).split(';').includes(code)
const firstPcr = inList('MA_TINH_TRANG_DK', '1')
const handled = inList('MA_XU_TRI', '1')
const tuberculosis: Condition = (row) => /^0*[123]$/.test(valueOf(row, 'LOAI_DTRI_LAO'))
const rest: Condition = (row) =>
  ['SO_NGAY_NGHI', 'NGOAITRU_TUNGAY', 'NGOAITRU_DENNGAY'].some((name) => isFilled(row, name))

/**
 * When a field must be filled that need not always be; TABLE.FIELD → condition.
 * @source gateway workbook for QĐ 4750/QĐ-BYT, column "bắt buộc khi"
 */
export const requiredWhen: Readonly<Record<string, Condition>> = {
  'XML0.LY_DO_VNT': has('NGAY_VAO_NOI_TRU'),
  'XML0.TEN_DICH_VU': has('MA_DICH_VU'),
  'XML0.TEN_THUOC': has('MA_THUOC'),
  'XML0.TEN_VAT_TU': has('MA_VAT_TU'),
  'XML2.TT_THAU': (row) => !BLOOD.has(groupOf(row)),
  'XML3.MA_DICH_VU': (row) => !isFilled(row, 'MA_VAT_TU') && !['10', '11'].includes(groupOf(row)),
  'XML3.MA_VAT_TU': (row) => ['10', '11'].includes(groupOf(row)) && !isFilled(row, 'MA_DICH_VU'),
  'XML3.TEN_VAT_TU': has('MA_VAT_TU'),
  'XML3.TEN_DICH_VU': (row) => isFilled(row, 'MA_DICH_VU') && !isFilled(row, 'MA_VAT_TU'),
  'XML3.MA_XANG_DAU': (row) => groupOf(row) === '12',
  'XML3.TT_THAU': (row) => groupOf(row) === '10' && isFilled(row, 'MA_VAT_TU'),
  'XML3.NGUOI_THUC_HIEN': performed,
  'XML3.NGAY_TH_YL': performed,
  'XML4.NGAY_KQ': has('GIA_TRI'),
  'XML6.PHACDO_DTRI_LAO': tuberculosis,
  'XML6.NGAYBD_DTRI_LAO': tuberculosis,
  'XML6.LAN_XN_PCR': firstPcr,
  'XML6.NGAY_XN_PCR': firstPcr,
  'XML6.NGAY_KQ_XN_PCR': firstPcr,
  'XML6.MA_KQ_XN_PCR': firstPcr,
  'XML6.NGAY_BAT_DAU_XU_TRI': handled,
  'XML6.SO_NGAY_CAP_THUOC_ARV': handled,
  'XML6.MA_BAC_PHAC_DO': is('MA_PHAC_DO_DIEU_TRI', 'KHAC'),
  'XML7.NGUYENNHAN_DINHCHI': abortion,
  'XML7.THOIGIAN_DINHCHI': abortion,
  'XML7.TUOI_THAI': abortion,
  'XML7.SO_NGAY_NGHI': rest,
  'XML7.NGOAITRU_TUNGAY': rest,
  'XML7.NGOAITRU_DENNGAY': rest,
  'XML11.NGUYENNHAN_DINHCHI': abortion,
  'XML11.TUOI_THAI': abortion,
}

/** Districts were abolished on this day. @source Nghị quyết 202/2025/QH15 */
const NO_DISTRICTS = '20250701'
const noDistrict: Condition = (_row, { endDay }) => !/^\d{8}$/.test(endDay) || endDay >= NO_DISTRICTS
/** Codes of traditional medicine begin with 05; gases are measured by volume or by the bottle. */
const isHerbal = (row: Values): boolean => valueOf(row, 'MA_THUOC').startsWith('05')
const isGas = (row: Values): boolean => /^(lít|m3|m³|bình|chai khí)/i.test(valueOf(row, 'DON_VI_TINH'))
const outsideList: Condition = (row) => valueOf(row, 'PHAM_VI') === '2'

/** When a field may be blank although the workbook marks it required. @source QĐ 3176/QĐ-BYT */
export const mayBeBlank: Readonly<Record<string, Condition>> = {
  'XML1.MAHUYEN_CU_TRU': noDistrict,
  'XML6.MAHUYEN_CU_TRU': noDistrict,
  'XML9.MAHUYEN_CU_TRU': noDistrict,
  // "may be blank when the unit has no code"; of a foreigner neither province nor ward is known
  'XML1.MAXA_CU_TRU': (row) => valueOf(row, 'MA_QUOCTICH') !== '000',
  'XML1.MATINH_CU_TRU': (row) => valueOf(row, 'MA_QUOCTICH') !== '000',
  'XML2.HAM_LUONG': (row) => BLOOD.has(groupOf(row)) || isHerbal(row) || isGas(row),
  'XML2.MA_THUOC': outsideList,
}
