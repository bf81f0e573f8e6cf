import { expect, test } from 'vitest'
import { foundBy } from './visit-for-test.ts'

test('a province is one of those that there are on the day care ended', () => {
  const of = (home: string, day: string) =>
    foundBy('BHYT-PERSON-1', { XML1: [{ MATINH_CU_TRU: home, NGAY_RA: `${day}1000` }] })
  expect(of('02', '20250630')).toEqual([])
  expect(of('02', '20250701')).toEqual(['XML1.MATINH_CU_TRU'])
  expect(of('79', '20250701')).toEqual([])
  expect(of('03', '20250101')).toEqual(['XML1.MATINH_CU_TRU'])
  expect(of('', '20250701')).toEqual([])
})

test('a ward has five digits', () => {
  expect(foundBy('BHYT-PERSON-2', { XML1: [{ MAXA_CU_TRU: '00004' }] })).toEqual([])
  expect(foundBy('BHYT-PERSON-2', { XML1: [{ MAXA_CU_TRU: '4' }] })).toEqual(['XML1.MAXA_CU_TRU'])
  expect(foundBy('BHYT-PERSON-2', { XML9: [{}, { MAXA_CU_TRU: 'BADINH' }] })).toEqual(['XML9[2].MAXA_CU_TRU'])
})

test('a citizen is no foreigner', () => {
  const of = (nation: string, group: string) =>
    foundBy('BHYT-PERSON-3', { XML1: [{ MA_QUOCTICH: nation, MA_DANTOC: group }] })
  expect(of('000', '55')).toEqual(['XML1.MA_DANTOC'])
  expect(of('000', '01')).toEqual([])
  expect(of('116', '55')).toEqual([])
})

test('an occupation of level 2 is one of the list', () => {
  const of = (work: string) => foundBy('BHYT-PERSON-4', { XML1: [{ MA_NGHE_NGHIEP: work }] })
  expect(of('63')).toEqual([])
  expect(of('00')).toEqual([])
  expect(of('64')).toEqual(['XML1.MA_NGHE_NGHIEP'])
  // the habit before 3176 has a finding of its own
  expect(of('52230')).toEqual([])
})

test('a personal number says sex and year of birth', () => {
  const of = (SO_CCCD: string, GIOI_TINH: string, NGAY_SINH: string) =>
    foundBy('BHYT-PERSON-5', { XML1: [{ SO_CCCD, GIOI_TINH, NGAY_SINH }] })
  expect(of('001085000001', '1', '198503040000')).toEqual([])
  expect(of('001185000001', '2', '198500000000')).toEqual([])
  expect(of('001305000001', '2', '200503040000')).toEqual([])
  expect(of('001085000001', '2', '198503040000')).toEqual(['XML1.SO_CCCD'])
  expect(of('001085000001', '1', '200503040000')).toEqual(['XML1.SO_CCCD'])
  // an undetermined sex, a passport and an older number say nothing
  expect(of('001085000001', '3', '198503040000')).toEqual([])
  expect(of('B1234567', '1', '198503040000')).toEqual([])
  expect(of('123456789', '1', '198503040000')).toEqual([])
})
