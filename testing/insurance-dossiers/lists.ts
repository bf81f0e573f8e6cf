/** What invented visits are made of. Names of services and drugs look like real ones; codes of drugs and tenders do not exist. */

export interface Drug {
  readonly code: string
  readonly name: string
  readonly strength: string
  readonly unit: string
  readonly route: string
  readonly form: string
  readonly price: number
}

export interface Service {
  readonly code: string
  readonly name: string
  /** MA_NHOM */
  readonly group: string
  readonly price: number
  readonly machine?: string
  /** indicator, name, unit, from, to */
  readonly indicators?: readonly (readonly [code: string, name: string, unit: string, low: number, high: number])[]
}

const drug = (
  code: string,
  name: string,
  strength: string,
  unit: string,
  route: string,
  form: string,
  price: number,
): Drug => ({ code, name, strength, unit, route, form, price })

export const DRUGS: readonly Drug[] = [
  drug('40.901', 'Amlolanh 5', '5mg', 'Viên', '1.01', 'Viên nén', 600),
  drug('40.902', 'Metfolanh 850', '850mg', 'Viên', '1.01', 'Viên nén', 750),
  drug('40.903', 'Paralanh 500', '500mg', 'Viên', '1.01', 'Viên nén', 300),
  drug('40.904', 'Amoxilanh 500', '500mg', 'Viên', '1.01', 'Viên nang', 1250),
  drug('40.905', 'Omelanh 20', '20mg', 'Viên', '1.01', 'Viên nang', 450),
  drug('40.906', 'Loralanh 10', '10mg', 'Viên', '1.01', 'Viên nén', 500),
  drug('40.907', 'Atorlanh 20', '20mg', 'Viên', '1.01', 'Viên nén bao phim', 850),
]

export const INFUSIONS: readonly Drug[] = [
  drug('40.951', 'Ceflanh 1g', '1g', 'Lọ', '2.10', 'Bột pha tiêm', 14_500),
  drug('40.952', 'Natrilanh 0,9%', '0,9%; 500ml', 'Chai', '2.15', 'Dung dịch tiêm truyền', 9_000),
]

export const EXAMINATION: Service = { code: '02.1896', name: 'Khám Nội', group: '13', price: 42_100 }
export const BED: Service = {
  code: 'K03.1917',
  name: 'Giường Nội khoa loại 1 Hạng III - Khoa Nội tổng hợp',
  group: '15',
  price: 187_100,
}

export const TESTS: readonly Service[] = [
  {
    code: '22.0121.1369',
    name: 'Tổng phân tích tế bào máu ngoại vi (máy đếm laser)',
    group: '1',
    price: 45_800,
    machine: 'HH.1.9001',
    indicators: [
      ['WBC', 'Số lượng bạch cầu', 'G/L', 4, 12],
      ['RBC', 'Số lượng hồng cầu', 'T/L', 3.8, 5.6],
      ['HGB', 'Huyết sắc tố', 'g/L', 105, 160],
      ['PLT', 'Số lượng tiểu cầu', 'G/L', 140, 400],
    ],
  },
  {
    code: '23.0075.1494',
    name: 'Định lượng Glucose [Máu]',
    group: '1',
    price: 21_800,
    machine: 'SH.1.9002',
    indicators: [['GLUCOSE', 'Glucose', 'mmol/L', 4, 12]],
  },
  {
    code: '23.0051.1494',
    name: 'Định lượng Creatinin (máu)',
    group: '1',
    price: 21_800,
    machine: 'SH.1.9002',
    indicators: [['CREATININ', 'Creatinin', 'µmol/L', 50, 130]],
  },
]

export interface Diagnosis {
  readonly code: string
  readonly name: string
}

export const DIAGNOSES: readonly Diagnosis[] = [
  { code: 'I10', name: 'Bệnh lý tăng huyết áp' },
  { code: 'E11.9', name: 'Bệnh đái tháo đường không phụ thuộc insuline (Chưa có biến chứng)' },
  { code: 'J18.9', name: 'Viêm phổi, không đặc hiệu' },
  { code: 'K29.7', name: 'Viêm dạ dày, không đặc hiệu' },
  { code: 'J02.9', name: 'Viêm họng cấp, không đặc hiệu' },
]

export const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Ngô']
export const MIDDLE = ['Thanh', 'Hồng', 'Minh', 'Ngọc', 'Thu', 'Quốc', 'Kim', 'Xuân']
export const GIVEN = [
  'An',
  'Bình',
  'Chi',
  'Dung',
  'Giang',
  'Hà',
  'Khánh',
  'Lan',
  'Mai',
  'Nam',
  'Oanh',
  'Phúc',
  'Quyên',
  'Sơn',
  'Tâm',
]
