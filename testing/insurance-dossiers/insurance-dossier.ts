/** Invented dossiers, the ordinary mix: out of a hundred visits 85 are for an hour, the others for some days. */
import type { Dossier, Row, TableId, Values } from '#obligations/health-insurance'
import { tables } from '#obligations/health-insurance'
import {
  BED,
  DIAGNOSES,
  type Diagnosis,
  type Drug,
  DRUGS,
  EXAMINATION,
  FAMILY,
  GIVEN,
  INFUSIONS,
  MIDDLE,
  type Service,
  TESTS,
} from './lists.ts'

const FACILITY = '00921'
const DOCTORS = ['000901/ZZ-GPHN', '000902/ZZ-GPHN', '000903/ZZ-GPHN', '000904/ZZ-GPHN']
const DIRECTOR = '000900/ZZ-GPHN'

/** Below 15 % of the base salary of 2,340,000 đồng nobody pays a share. */
const FREE_BELOW = 351_000

/** Numbers that look like chance and are the same for the same number. */
function chance(seed: number): (below: number) => number {
  let state = (seed + 1) * 0x9e3779b9
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x85ebca6b) + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
    return ((mixed ^ (mixed >>> 16)) >>> 0) % below
  }
}

const pick = <T>(list: readonly T[], below: (count: number) => number): T => list[below(list.length)]!
const pad = (value: number, length: number): string => String(value).padStart(length, '0')

/** yyyyMMddHHmm, some minutes after a day's beginning in 2025 */
const minute = (day: number, minutes: number): string =>
  new Date(Date.UTC(2025, 7, 1 + day, 0, minutes)).toISOString().replaceAll(/[-:T]/g, '').slice(0, 12)

/** A line that is paid for, before the share of the visit is known. */
interface Line {
  readonly table: 'XML2' | 'XML3'
  readonly amount: number
  readonly values: Values
}

interface Visit {
  readonly visit: string
  readonly doctor: string
  readonly department: string
  readonly came: number
  readonly day: number
  readonly diagnoses: readonly Diagnosis[]
}

/**
 * The dossier of visit number `n`. Every fifth visit is by somebody who was there before. Checks find no errors in it.
 * @param n 0, 1, 2 …
 */
export function insuranceDossier(n: number): Dossier {
  const below = chance(n)
  const stays = n % 20 < 3
  const nights = stays ? 2 + below(5) : 0
  const visit: Visit = {
    visit: `LK${FACILITY}.${pad(n, 8)}`,
    doctor: pick(DOCTORS, below),
    department: stays ? 'K03' : 'K01',
    came: 420 + below(400),
    day: below(60),
    diagnoses: [pick(DIAGNOSES.slice(0, 3), below), pick(DIAGNOSES.slice(3), below)].slice(0, 1 + below(2)),
  }
  const lines = [...serviceLines(visit, nights, below), ...drugLines(visit, nights, below)]
  const total = lines.reduce((sum, { amount }) => sum + amount, 0)
  const share = total < FREE_BELOW ? 100 : 80
  const leaves = minute(visit.day + nights, stays ? 840 : visit.came + 150)
  const rows = (table: 'XML2' | 'XML3'): Row[] =>
    lines.filter((line) => line.table === table).map((line, place) => row(table, paid(line, share, visit, place)))
  const summary = summaryOf(n, visit, lines, { nights, leaves, share })
  const results = resultRows(visit, lines, below)
  const given: Partial<Record<TableId, readonly Row[]>> = {
    XML1: [row('XML1', summary)],
    XML2: rows('XML2'),
    XML3: rows('XML3'),
    ...(results.length > 0 ? { XML4: results } : {}),
    ...(stays ? stayTables(visit, summary, nights, below) : {}),
  }
  return {
    decision: '3176',
    facility: FACILITY,
    made: leaves.slice(0, 8),
    visit: visit.visit,
    tables: given,
    signature: null,
  }
}

/** Every field of the table, empty where nothing is said. */
const row = (table: TableId, values: Values): Row => ({
  values: { ...Object.fromEntries(fieldsOf(table).map((name) => [name, ''])), ...values },
  unknown: null,
})

const fieldsOf = (table: TableId): readonly string[] => tables[table].fields.map(({ name }) => name)

function serviceLines(visit: Visit, nights: number, below: (count: number) => number): Line[] {
  const tests = TESTS.slice(0, below(3) + (nights > 0 ? 1 : 0))
  const beds = nights > 0 ? [serviceLine(visit, BED, nights, 60, { MA_GIUONG: `H${pad(1 + below(40), 3)}` })] : []
  return [
    serviceLine(visit, EXAMINATION, 1, 5, {}),
    ...tests.map((test, place) => {
      const done = visit.came + 40 + place
      return serviceLine(visit, test, 1, 15, {
        NGAY_TH_YL: minute(visit.day, visit.came + 25),
        NGAY_KQ: minute(visit.day, done),
        MA_MAY: test.machine ?? '',
      })
    }),
    ...beds,
  ]
}

function serviceLine(visit: Visit, service: Service, count: number, after: number, more: Values): Line {
  const amount = service.price * count
  const values: Values = {
    MA_DICH_VU: service.code,
    MA_NHOM: service.group,
    TEN_DICH_VU: service.name,
    DON_VI_TINH: service.group === '15' ? 'Ngày' : 'Lần',
    PHAM_VI: '1',
    SO_LUONG: `${count}.000`,
    DON_GIA_BV: `${service.price}.000`,
    DON_GIA_BH: `${service.price}.000`,
    TYLE_TT_DV: '100',
    TYLE_TT_BH: '100',
    MA_KHOA: service.group === '13' ? 'K01' : visit.department,
    MA_BAC_SI: visit.doctor,
    NGUOI_THUC_HIEN: visit.doctor,
    MA_BENH: visit.diagnoses.map(({ code }) => code).join(';'),
    NGAY_YL: minute(visit.day, visit.came + after),
    MA_PTTT: '1',
    ...more,
  }
  return { table: 'XML3', amount, values }
}

function drugLines(visit: Visit, nights: number, below: (count: number) => number): Line[] {
  const taken = DRUGS.slice(below(3), 3 + below(4)).map((each) =>
    drugLine(visit, each, (1 + below(3)) * 10, visit.day + nights, 835),
  )
  const given = Array.from({ length: nights }, (_, day) =>
    INFUSIONS.map((each) => drugLine(visit, each, 2, visit.day + day, day === 0 ? visit.came + 70 : 480)),
  ).flat()
  return nights > 0 ? [...given, ...taken] : taken.map((line) => at(line, minute(visit.day, visit.came + 100)))
}

const at = (line: Line, time: string): Line => ({ ...line, values: { ...line.values, NGAY_YL: time, NGAY_TH_YL: '' } })

function drugLine(visit: Visit, drug: Drug, count: number, day: number, minutes: number): Line {
  const values: Values = {
    MA_THUOC: drug.code,
    MA_NHOM: '4',
    TEN_THUOC: drug.name,
    DON_VI_TINH: drug.unit,
    HAM_LUONG: drug.strength,
    DUONG_DUNG: drug.route,
    DANG_BAO_CHE: drug.form,
    LIEU_DUNG: `1 ${drug.unit}/lần * 2 lần/ngày * ${Math.ceil(count / 2)} ngày [${count} ${drug.unit}]`,
    CACH_DUNG: 'Dùng theo chỉ định của bác sĩ',
    SO_DANG_KY: `VD-9${drug.code.slice(3)}-ZZ`,
    TT_THAU: 'QD901/ZZ;G1;N1;2025',
    PHAM_VI: '1',
    TYLE_TT_BH: '100',
    SO_LUONG: `${count}.000`,
    DON_GIA: `${drug.price}.000`,
    MA_KHOA: visit.department,
    MA_BAC_SI: visit.doctor,
    NGAY_YL: minute(day, minutes),
    NGAY_TH_YL: minute(day, minutes + 5),
    MA_PTTT: '1',
    NGUON_CTRA: '1',
  }
  return { table: 'XML2', amount: drug.price * count, values }
}

/** Hundredths of a đồng as the tables write them. */
const money = (hundredths: number): string => `${Math.trunc(hundredths / 100)}.${pad(hundredths % 100, 2)}`

function paid({ amount, values }: Line, share: number, { visit }: Visit, place: number): Values {
  return {
    MA_LK: visit,
    STT: String(place + 1),
    ...values,
    THANH_TIEN_BV: money(amount * 100),
    THANH_TIEN_BH: money(amount * 100),
    T_NGUONKHAC_NSNN: '0.00',
    T_NGUONKHAC_VTNN: '0.00',
    T_NGUONKHAC_VTTN: '0.00',
    T_NGUONKHAC_CL: '0.00',
    T_NGUONKHAC: '0.00',
    MUC_HUONG: String(share),
    T_BNTT: '0.00',
    T_BNCCT: money(amount * (100 - share)),
    T_BHTT: money(amount * share),
  }
}

function summaryOf(
  n: number,
  visit: Visit,
  lines: readonly Line[],
  { nights, leaves, share }: { nights: number; leaves: string; share: number },
): Values {
  const person = n % 5 === 4 ? n - 4 : n
  const total = lines.reduce((sum, { amount }) => sum + amount, 0)
  const drugs = lines.reduce((sum, { amount, table }) => sum + (table === 'XML2' ? amount : 0), 0)
  const [main, ...others] = visit.diagnoses
  const came = minute(visit.day, visit.came)
  const diagnosis = `${visit.diagnoses.map(({ name }) => name).join('; ')} [${visit.diagnoses.map(({ code }) => code).join(', ')}]`
  return {
    MA_LK: visit.visit,
    STT: '1',
    ...personOf(person),
    LY_DO_VV: 'Mệt mỏi',
    LY_DO_VNT: nights > 0 ? 'Cần điều trị và theo dõi' : '',
    CHAN_DOAN_VAO: main!.name,
    CHAN_DOAN_RV: diagnosis,
    MA_BENH_CHINH: main!.code,
    MA_BENH_KT: others.map(({ code }) => code).join(';'),
    MA_DOITUONG_KCB: '1.1',
    NGAY_VAO: came,
    NGAY_VAO_NOI_TRU: nights > 0 ? minute(visit.day, visit.came + 45) : '',
    NGAY_RA: leaves,
    SO_NGAY_DTRI: nights > 0 ? String(nights + 1) : '0',
    PP_DIEU_TRI: 'Điều trị nội khoa',
    KET_QUA_DTRI: '2',
    MA_LOAI_RV: '1',
    GHI_CHU: 'Uống thuốc theo đơn',
    NGAY_TTOAN: leaves,
    T_THUOC: money(drugs * 100),
    T_VTYT: '0.00',
    T_TONGCHI_BV: money(total * 100),
    T_TONGCHI_BH: money(total * 100),
    T_BNTT: '0.00',
    T_BNCCT: money(total * (100 - share)),
    T_BHTT: money(total * share),
    T_NGUONKHAC: '0.00',
    T_BHTT_GDV: money(total * share),
    NAM_QT: leaves.slice(0, 4),
    THANG_QT: leaves.slice(4, 6),
    MA_LOAI_KCB: nights > 0 ? '03' : '01',
    MA_KHOA: nights > 0 ? 'K01;K03' : 'K01',
    MA_CSKCB: FACILITY,
    CAN_NANG: `${45 + (person % 40)}.00`,
    MA_HSBA: `BA${pad(n, 8)}`,
    MA_TTDV: DIRECTOR,
  }
}

/** Somebody who does not exist: the numbers have the right form and sequences that nobody was given. */
function personOf(person: number): Values {
  const below = chance(person + 7_000_000)
  const female = below(2)
  const year = 40 + below(59)
  return {
    MA_BN: `BN9${pad(person, 8)}`,
    HO_TEN: `${pick(FAMILY, below)} ${pick(MIDDLE, below)} ${pick(GIVEN, below)}`,
    SO_CCCD: `001${female}${year}${pad(person % 1_000_000, 6)}`,
    NGAY_SINH: `19${year}${pad(1 + below(12), 2)}${pad(1 + below(28), 2)}0000`,
    GIOI_TINH: female ? '2' : '1',
    MA_QUOCTICH: '000',
    MA_DANTOC: '01',
    MA_NGHE_NGHIEP: '63',
    DIA_CHI: `Số ${1 + below(200)}, Phường Ba Đình, Thành phố Hà Nội`,
    MATINH_CU_TRU: '01',
    MAXA_CU_TRU: '00004',
    MA_THE_BHYT: `DN40199${pad(person, 8)}`,
    MA_DKBD: FACILITY,
    GT_THE_TU: '20250101',
    GT_THE_DEN: '20251231',
  }
}

function resultRows(
  { visit, day, came, doctor }: Visit,
  lines: readonly Line[],
  below: (count: number) => number,
): Row[] {
  const done = new Set(lines.map(({ values }) => values.MA_DICH_VU))
  const indicators = TESTS.filter(({ code }) => done.has(code)).flatMap((test, place) =>
    (test.indicators ?? []).map((indicator) => ({ test, indicator, time: minute(day, came + 40 + place) })),
  )
  return indicators.map(({ test, indicator: [code, name, unit, low, high], time }, place) =>
    row('XML4', {
      MA_LK: visit,
      STT: String(place + 1),
      MA_DICH_VU: test.code,
      MA_CHI_SO: code,
      TEN_CHI_SO: name,
      GIA_TRI: (low + ((high - low) * below(100)) / 100).toFixed(1),
      DON_VI_DO: unit,
      NGAY_KQ: time,
      MA_BS_DOC_KQ: doctor,
    }),
  )
}

function stayTables(
  { visit, day, doctor, department }: Visit,
  summary: Values,
  nights: number,
  below: (count: number) => number,
): Partial<Record<TableId, readonly Row[]>> {
  const notes = Array.from({ length: nights }, (_, night) =>
    row('XML5', {
      MA_LK: visit,
      STT: String(night + 1),
      DIEN_BIEN_LS: `Ngày ${night + 1}: tỉnh, tiếp xúc tốt. CSST<M${70 + below(20)}_T36.${5 + below(4)}_HA120/80_NT18>`,
      THOI_DIEM_DBLS: minute(day + night + 1, 480),
      NGUOI_THUC_HIEN: doctor,
    }),
  )
  const { NGAY_VAO = '', NGAY_RA = '', CHAN_DOAN_RV = '', MA_BN = '', CHAN_DOAN_VAO = '' } = summary
  const both = {
    MA_LK: visit,
    NGAY_VAO,
    NGAY_RA,
    CHAN_DOAN_RV,
    PP_DIEUTRI: 'Điều trị nội khoa',
    MA_TTDV: DIRECTOR,
    NGAY_CT: NGAY_RA.slice(0, 8),
    GHI_CHU: 'Uống thuốc theo đơn',
  }
  return {
    XML5: notes,
    XML7: [
      row('XML7', {
        ...both,
        SO_LUU_TRU: `LT${visit.slice(-8)}`,
        MA_YTE: MA_BN,
        MA_KHOA_RV: department,
        MA_DINH_CHI_THAI: '0',
        MA_BS: doctor,
        TEN_BS: 'Bs. Ngô Kim Tâm',
      }),
    ],
    XML8: [
      row('XML8', {
        ...both,
        MA_LOAI_KCB: '03',
        CHAN_DOAN_VAO,
        QT_BENHLY: 'Mệt mỏi vài ngày trước khi vào viện.',
        TOMTAT_KQ: 'Kết quả phù hợp chẩn đoán.',
        KET_QUA_DTRI: '2',
      }),
    ],
  }
}
