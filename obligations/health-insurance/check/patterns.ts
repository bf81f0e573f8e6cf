import type { Values } from '../types.ts'
import { valueOf, type Visit } from './visit.ts'

export interface Pattern {
  readonly holds: (text: string, row: Values, visit: Visit) => boolean
  /** false where another form is only unusual */
  readonly strict: boolean
}

const strictly = (pattern: RegExp): Pattern => ({ holds: (text) => pattern.test(text), strict: true })
const usually = (pattern: RegExp): Pattern => ({ holds: (text) => pattern.test(text), strict: false })
const listed =
  (pattern: RegExp): Pattern['holds'] =>
  (text) =>
    text
      .replace(/;$/, '')
      .split(';')
      .every((part) => pattern.test(part.trim()))

const IDENTITY = /^(\d{9}|\d{12}|[A-Z]\d{7})$/
const PASSPORT = /^[A-Z0-9]{5,15}$/i
const CARD = /^[A-Z]{2}[1-5]\d{12}$/
const ICD = /^[A-Z]\d{2}(\.[0-9A-Z]{1,3})?[+*†]?$/
const FACILITY = /^[0-9A-Z]{5}$/
/** A licence number has letters or a slash; ten digits were the social-insurance number before 3176. */
const LICENCE = /^(?!\d{10}$).+/

const identity: Pattern = {
  // A foreigner's passport has another form; the nationality stands in XML1.
  holds: (text, row, { summary }) =>
    IDENTITY.test(text) ||
    ((valueOf(row, 'MA_QUOCTICH') || valueOf(summary, 'MA_QUOCTICH') || '000') !== '000' && PASSPORT.test(text)),
  strict: true,
}
const cards: Pattern = { holds: listed(CARD), strict: true }
const facility = strictly(FACILITY)
const blankOrOne = strictly(/^1$/)
const weeks: Pattern = { holds: (text) => /^\d{1,2}$/.test(text) && +text >= 1 && +text <= 42, strict: true }
const percent: Pattern = { holds: (text) => /^\d{1,3}(\.\d{1,2})?$/.test(text) && +text <= 100, strict: true }
const icdList: Pattern = { holds: listed(ICD), strict: true }
const licence = usually(LICENCE)

/**
 * How texts must look, by FIELD or by TABLE.FIELD where one table differs.
 * @source QĐ 3176/QĐ-BYT, columns "diễn giải"; gateway workbook for QĐ 4750/QĐ-BYT
 */
export const patterns: Readonly<Record<string, Pattern>> = {
  SO_CCCD: identity,
  SO_CCCD_NND: identity,
  MA_THE_BHYT: cards,
  MA_THE_NND: cards,
  MA_CSKCB: facility,
  MA_NOI_DI: facility,
  MA_NOI_DEN: facility,
  MA_CSKCB_DEN: facility,
  MA_DKBD: { holds: listed(FACILITY), strict: true },
  MA_BENH_CHINH: strictly(/^[A-Z]\d{2}(\.[0-9A-Z]{1,3})?[+*†]?$/),
  MA_BENH_KT: icdList,
  MA_BENH: icdList,
  VET_THUONG_TP: blankOrOne,
  TAI_SU_DUNG: blankOrOne,
  MA_DINH_CHI_THAI: usually(/^[01]$/),
  GOI_VTYT: strictly(/^G([1-9]|[1-9]\d|[1-9]\d\d)$/),
  THANG_QT: strictly(/^(0?[1-9]|1[0-2])$/),
  NAM_QT: strictly(/^20\d\d$/),
  TUOI_THAI: weeks,
  MUC_HUONG: percent,
  TYLE_TT_BH: percent,
  TYLE_TT_DV: percent,
  'XML1.CAN_NANG': usually(/^\d{1,3}(\.\d{1,2})?$/),
  'XML9.CAN_NANG_CON': usually(/^\d{3,5}(\.\d+)?$/),
  'XML1.CAN_NANG_CON': { holds: listed(/^\d{3,5}(\.\d+)?$/), strict: false },
  MA_QUOCTICH: usually(/^[0-9A-Z]{2,3}$/),
  MA_NGHE_NGHIEP: usually(/^\d{2}$/),
  MA_KHOA: usually(/^K\d\d(\.\d+)?([;_].*)?$/),
  MA_KHOA_RV: usually(/^K\d\d/),
  MA_GIUONG: { holds: listed(/^[HTCK]\d{3}$/), strict: false },
  MA_MAY: { holds: listed(/^[A-Z]{2,3}\.\d\..+$/), strict: false },
  TT_THAU: usually(/^[^;]+(;[^;]+){2,4}$/),
  MAU_SO: strictly(/^CT07$/),
  MA_TTDV: licence,
  MA_BS: licence,
  SO_CON: usually(/^\d{1,2}$/),
  SINHCON_PHAUTHUAT: usually(/^[01]$/),
  SINHCON_DUOI32TUAN: usually(/^[01]$/),
}
