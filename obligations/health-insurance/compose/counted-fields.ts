/** What is counted of what was read: field → of what, for people to read. The counting itself is that of money/. */
type Counted = Readonly<Record<string, { readonly how: 'counted'; readonly at: string }>>

const counted = (fields: Readonly<Record<string, string>>): Counted =>
  Object.fromEntries(Object.entries(fields).map(([field, at]) => [field, { how: 'counted', at }]))

const LINE = {
  STT: 'place in the order of ChargeItem.occurrence',
  T_NGUONKHAC: 'the four T_NGUONKHAC_ fields',
  MUC_HUONG:
    'Coverage (level of the card), MA_DOITUONG_KCB, exemption, total of the visit; a fact of ChargeItem goes before',
}

export const countedInDrugs = counted({
  ...LINE,
  THANH_TIEN_BV: 'SO_LUONG × DON_GIA',
  THANH_TIEN_BH: 'SO_LUONG × DON_GIA × TYLE_TT_BH',
  T_BNTT: 'THANH_TIEN_BV − THANH_TIEN_BH, less other sources',
  T_BNCCT: 'THANH_TIEN_BH − T_BHTT, less other sources',
  T_BHTT: 'THANH_TIEN_BH × MUC_HUONG, less other sources',
})

export const countedInServices = counted({
  ...LINE,
  THANH_TIEN_BV: 'SO_LUONG × DON_GIA_BV × TYLE_TT_DV; above the insurance price the share is taken off that price',
  THANH_TIEN_BH: 'SO_LUONG × DON_GIA_BH × TYLE_TT_DV × TYLE_TT_BH',
  T_BNTT: 'THANH_TIEN_BV − THANH_TIEN_BH, less other sources',
  T_BNCCT: 'THANH_TIEN_BH − T_BHTT, less other sources',
  T_BHTT: 'THANH_TIEN_BH × MUC_HUONG, less other sources',
})

export const countedInSummary = counted({
  T_THUOC: 'sum of XML2.THANH_TIEN_BV',
  T_VTYT: 'sum of XML3.THANH_TIEN_BV of the groups 10 and 11',
  T_TONGCHI_BV: 'sum of THANH_TIEN_BV',
  T_TONGCHI_BH: 'sum of THANH_TIEN_BH',
  T_BNTT: 'sum of T_BNTT',
  T_BNCCT: 'sum of T_BNCCT',
  T_BHTT: 'sum of T_BHTT',
  T_NGUONKHAC: 'sum of T_NGUONKHAC',
  T_BHTT_GDV: 'sum of T_BHTT of the lines with MA_PTTT 1',
  NAM_QT: 'NGAY_TTOAN, else NGAY_RA',
  THANG_QT: 'NGAY_TTOAN, else NGAY_RA',
})

const ROW = { STT: 'place in the table' }
export const countedInResults = counted(ROW)
export const countedInNotes = counted(ROW)
