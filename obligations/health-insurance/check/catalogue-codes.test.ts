import { expect, test } from 'vitest'
import type { CatalogueItem, Catalogues } from './catalogues.ts'
import { foundBy } from './visit-for-test.ts'

const item = (facts: Partial<CatalogueItem>): CatalogueItem => ({ since: '', until: '', prices: [], ...facts })

/** Keeps services and drugs, nothing else. */
const catalogues: Catalogues = {
  find: (kind, code) =>
    ({
      services: {
        '02.1896': item({
          prices: [
            { price: '30000', fundPrice: null, since: '', until: '20250630' },
            { price: '39800', fundPrice: '36500', since: '20250701', until: '' },
          ],
        }),
        '23.0083': item({ until: '20250731' }),
      } as Record<string, CatalogueItem>,
      drugs: {} as Record<string, CatalogueItem>,
    })[kind as 'services']?.[code] ?? (kind === 'services' || kind === 'drugs' ? null : undefined),
}

const service = (MA_DICH_VU: string, day: string, DON_GIA_BV = '39800', DON_GIA_BH = '36500.000') => ({
  MA_DICH_VU,
  NGAY_YL: `${day}0800`,
  DON_GIA_BV,
  DON_GIA_BH,
  MA_GIUONG: 'H001',
})

test('a code that the facility does not know is named, of catalogues that it keeps', () => {
  const tables = { XML2: [{ MA_THUOC: '40.1' }], XML3: [service('02.1896', '20250830'), service('9.9', '20250830')] }
  expect(foundBy('BHYT-CATALOGUE-1', tables, { catalogues })).toEqual(['XML2[1].MA_THUOC', 'XML3[2].MA_DICH_VU'])
  expect(foundBy('BHYT-CATALOGUE-1', tables)).toEqual([])
})

test('a price is the one of its day', () => {
  const XML3 = [
    service('02.1896', '20250830'),
    service('02.1896', '20250830', '30000', '36500'),
    service('02.1896', '20250830', '39800', '39800'),
    service('02.1896', '20250630', '30000', '30000'),
    service('02.1896', '20250630'),
    service('02.1896', '20250830', '39800', '0'),
  ]
  expect(foundBy('BHYT-CATALOGUE-2', { XML3 }, { catalogues })).toEqual([
    'XML3[2].DON_GIA_BV',
    'XML3[3].DON_GIA_BH',
    'XML3[5].DON_GIA_BV',
    'XML3[5].DON_GIA_BH',
  ])
})

test('a code is used within its dates', () => {
  const XML3 = [service('23.0083', '20250731'), service('23.0083', '20250801')]
  expect(foundBy('BHYT-CATALOGUE-3', { XML3 }, { catalogues })).toEqual(['XML3[2].MA_DICH_VU'])
})
