import { expect, test } from 'vitest'
import type { Values } from '../types.ts'
import { checkDossier } from './check-dossier.ts'
import { dossierOf, foundBy } from './visit-for-test.ts'

const dose = (days: number): Values => ({ LIEU_DUNG: `1 Viên/lần * 2 lần/ngày * ${days} ngày [${2 * days} Viên]` })

test('a course of drugs has the days of the longest of them', () => {
  const of = (kind: string, stated: string, ...doses: Values[]) =>
    foundBy('BHYT-DATE-8', { XML1: [{ MA_LOAI_KCB: kind, SO_NGAY_DTRI: stated }], XML2: doses })
  expect(of('05', '30', dose(28), dose(30))).toEqual([])
  expect(of('05', '28', dose(28), dose(30))).toEqual(['XML1.SO_NGAY_DTRI'])
  expect(of('07', '1', dose(28))).toEqual(['XML1.SO_NGAY_DTRI'])
  expect(of('01', '0', dose(28))).toEqual([])
  // a dose in other words says nothing of days, and neither does a dossier without drugs
  expect(of('05', '28', dose(30), { LIEU_DUNG: 'Theo chỉ dẫn' })).toEqual([])
  expect(of('05', '28')).toEqual([])
})

test('a course of services has the days on which there was one', () => {
  const of = (kind: string, stated: string, ...times: string[]) =>
    foundBy('BHYT-DATE-9', {
      XML1: [{ MA_LOAI_KCB: kind, SO_NGAY_DTRI: stated }],
      XML3: times.map((NGAY_YL) => ({ NGAY_YL })),
    })
  const twoDays = ['202508290800', '202508290930', '202508300800'] as const
  expect(of('02', '2', ...twoDays)).toEqual([])
  expect(of('08', '3', ...twoDays)).toEqual(['XML1.SO_NGAY_DTRI'])
  expect(of('01', '3', ...twoDays)).toEqual([])
})

test('care off the route is paid by its share of the level', () => {
  const of = (reason: string, kind: string, day: string, benefit: string, paid = '100') =>
    foundBy('BHYT-BENEFIT-2', {
      XML1: [
        {
          MA_THE_BHYT: 'DN4019900000001',
          MA_DOITUONG_KCB: reason,
          MA_LOAI_KCB: kind,
          NGAY_RA: `${day}1000`,
          T_TONGCHI_BH: '900000.00',
        },
      ],
      XML3: [{ MUC_HUONG: benefit, T_BHTT: paid }],
    })
  expect(of('1.1', '01', '20250830', '80')).toEqual([])
  expect(of('3.1', '01', '20250830', '80')).toEqual(['XML3[1].MUC_HUONG'])
  expect(of('3.1', '01', '20250830', '80', '0')).toEqual([])
  expect(of('3.1', '03', '20250830', '32')).toEqual([])
  expect(of('3.1', '03', '20250830', '33')).toEqual(['XML3[1].MUC_HUONG'])
  expect(of('1.13', '01', '20260630', '40')).toEqual(['XML3[1].MUC_HUONG'])
  expect(of('1.13', '01', '20260701', '40')).toEqual([])
})

test('a level of 47.5 has its four characters since off-route care is paid by half', () => {
  const of = (day: string, benefit: string) =>
    foundBy('BHYT-FIELD-3', { XML1: [{ NGAY_RA: `${day}1000` }], XML2: [{ MUC_HUONG: benefit }] })
  expect(of('20260630', '47.5')).toEqual(['XML2[1].MUC_HUONG'])
  expect(of('20260701', '47.5')).toEqual([])
  expect(of('20260701', '47.55')).toEqual(['XML2[1].MUC_HUONG'])
})

test('totals without a line are one finding, amounts are written as people write them', () => {
  const totals = { T_TONGCHI_BV: '0', T_TONGCHI_BH: '1000.00', T_BHTT: '800.00' }
  expect(foundBy('BHYT-SUM-9', { XML1: [totals] })).toEqual(['XML1.T_TONGCHI_BH'])
  expect(foundBy('BHYT-SUM-9', { XML1: [{ T_BHTT: '0.00' }] })).toEqual([])
  const [found] = checkDossier(
    dossierOf({ XML1: [{ T_TONGCHI_BV: '1234567.00' }], XML2: [{ THANH_TIEN_BV: '2000.50' }] }),
  ).filter(({ field }) => field === 'T_TONGCHI_BV')
  expect(found?.message).toContain('(1.234.567 đ ≠ 2.000,5 đ)')
  expect(found?.english).toContain('(1,234,567 VND ≠ 2,000.5 VND)')
})
