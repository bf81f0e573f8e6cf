import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Dossier } from '../types.ts'
import { joinPatients } from './join-patients.ts'
import { patientKeys } from './patient-keys.ts'

/** Nobody: a summary with what the test says. */
const of = (values: Readonly<Record<string, string>>): Dossier => ({
  decision: '3176',
  facility: '00901',
  made: '20251130',
  visit: 'LK1',
  tables: { XML1: [{ values, unknown: null }] },
  signature: null,
})

const AN = {
  MA_BN: 'BN1',
  HO_TEN: 'Nguyễn Văn An',
  SO_CCCD: '000090000001',
  NGAY_SINH: '199005030000',
  GIOI_TINH: '1',
  MA_THE_BHYT: 'DN4010000000001',
}
const BINH = {
  MA_BN: 'BN2',
  HO_TEN: 'Trần Thị Bình',
  SO_CCCD: '000085000002',
  NGAY_SINH: '198507080000',
  GIOI_TINH: '2',
  MA_THE_BHYT: 'DN4010000000002',
}
const verdict = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>) =>
  joinPatients(of(a), of(b)).verdict

describe('one person', () => {
  test.each([
    ['who wrote the name in capitals without marks', { HO_TEN: 'NGUYEN VAN AN', MA_BN: 'X7', MA_THE_BHYT: '' }],
    [
      'whose card was changed: the insurance number stays',
      { MA_THE_BHYT: 'HT3020000000001', SO_CCCD: '', MA_BN: 'X7' },
    ],
    ['of whom only the year of birth is known', { NGAY_SINH: '199000000000', MA_BN: 'X7' }],
    ['who has no papers but the same patient code', { SO_CCCD: '', MA_THE_BHYT: '' }],
    ['who has two cards in one visit', { MA_THE_BHYT: 'HT3010000000009;DN4010000000001', SO_CCCD: '' }],
  ])('%s', (_what, changed) => {
    expect(verdict(AN, { ...AN, ...changed })).toBe('same')
  })
})

describe('somebody has to look', () => {
  test.each([
    ['a card with another name', { ...BINH, SO_CCCD: '', MA_THE_BHYT: AN.MA_THE_BHYT }],
    ['a personal ID with another name', { ...BINH, SO_CCCD: AN.SO_CCCD }],
    ['a personal ID with a name a letter apart', { ...AN, HO_TEN: 'Nguyễn Văn Ân', NGAY_SINH: '199105030000' }],
    ['a patient code with another birth', { MA_BN: 'BN1', HO_TEN: AN.HO_TEN, NGAY_SINH: '197001010000' }],
    ['the same card, another personal ID', { ...AN, SO_CCCD: '000090000009' }],
    ['the same name and birth, and no number at all', { HO_TEN: AN.HO_TEN, NGAY_SINH: AN.NGAY_SINH, GIOI_TINH: '1' }],
  ])('%s', (_what, other) => {
    expect(verdict(AN, other)).toBe('doubtful')
  })
})

describe('two people', () => {
  test('a phone in common says nothing', () => {
    expect(verdict({ ...AN, DIEN_THOAI: '0900000000' }, { ...BINH, DIEN_THOAI: '0900000000' })).toBe('different')
  })

  test('the same name and birth with other papers', () => {
    expect(verdict(AN, { ...AN, MA_BN: 'X7', SO_CCCD: '000090000009', MA_THE_BHYT: '' })).toBe('different')
  })

  test('two hospitals count from one', () => {
    expect(verdict({ ...AN, SO_CCCD: '', MA_THE_BHYT: '' }, { ...BINH, MA_BN: 'BN1', SO_CCCD: '' })).toBe('different')
  })
})

describe('children', () => {
  const first = {
    MA_BN: 'T1',
    HO_TEN: 'Lê Minh Anh',
    NGAY_SINH: '202511010815',
    GIOI_TINH: '1',
    MA_THE_BHYT: 'TE1010000000007',
  }
  const second = { ...first, MA_BN: 'T2', HO_TEN: 'Lê Minh Ánh Dương', NGAY_SINH: '202511010820' }

  test('twins under one card are not joined', () => {
    expect(verdict(first, second)).toBe('doubtful')
    expect(verdict(first, { ...second, HO_TEN: 'Lê Minh Ánh', GIOI_TINH: '2' })).toBe('doubtful')
  })

  test('children who have no name of their own are not joined by their mother', () => {
    const unnamed = { ...first, HO_TEN: 'Con bà Lê Thị Hoa', SO_CCCD: '' }
    expect(verdict(unnamed, { ...unnamed, MA_BN: 'T2' })).toBe('doubtful')
    expect(verdict({ ...unnamed, MA_THE_BHYT: '' }, { ...unnamed, MA_BN: 'T2', MA_THE_BHYT: '' })).toBe('different')
  })

  test('a child comes again', () => {
    expect(verdict(first, { ...first, MA_BN: 'X' })).toBe('same')
  })
})

test('a chart is compared as a dossier is, and the sentence names nobody', () => {
  const { verdict: said, why } = joinPatients(
    {
      resourceType: 'Patient',
      name: [{ family: 'Nguyễn', given: ['Văn', 'An'] }],
      birthDate: '1990-05-03',
      gender: 'male',
    },
    of(AN),
  )
  expect(said).toBe('doubtful')
  expect(why).toBe(
    'Cùng họ tên, ngày sinh và giới tính nhưng không có số nào chung. (trùng họ tên, ngày sinh, giới tính)',
  )
})

test('keys: the insurance number is the card without its changeable part', () => {
  expect(patientKeys(of({ ...AN, NGAY_SINH: '199000000000' }))).toMatchObject({
    codes: ['BN1'],
    personalIds: ['000090000001'],
    insuranceNumbers: ['0000000001'],
    name: 'nguyen van an',
    birthDate: '1990',
    sex: 'male',
  })
})

test('it does not matter who is asked first', () => {
  const pick = (field: keyof typeof AN) => fc.constantFrom(AN[field], BINH[field], '')
  const anybody = fc.record({
    MA_BN: pick('MA_BN'),
    HO_TEN: fc.constantFrom(AN.HO_TEN, BINH.HO_TEN, 'Nguyễn Văn Ang', 'Con bà Trần Thị Bình', ''),
    SO_CCCD: pick('SO_CCCD'),
    NGAY_SINH: fc.constantFrom(AN.NGAY_SINH, BINH.NGAY_SINH, '199000000000', 'xx'),
    GIOI_TINH: fc.constantFrom('1', '2', '3', ''),
    MA_THE_BHYT: fc.constantFrom(AN.MA_THE_BHYT, 'TE1010000000001', 'DN4010000000002;HT3010000000001', ''),
  })
  fc.assert(
    fc.property(anybody, anybody, (a, b) => {
      expect(joinPatients(of(a), of(b))).toEqual(joinPatients(of(b), of(a)))
    }),
  )
})
