import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatDecimal, parseDecimal, rescale } from './decimal.ts'
import { priceDrugLine, priceServiceLine, type Split, sumSplits } from './price-line.ts'

const paid = ({ fund, coPayment, patient, otherSources }: Split): bigint => fund + coPayment + patient + otherSources

const percent = fc.constantFrom(0n, 3000n, 4000n, 4750n, 5000n, 7000n, 8000n, 9500n, 10_000n)
const quantity = fc.bigInt({ min: 0n, max: 99_999_999n })
const price = fc.bigInt({ min: 0n, max: 99_999_999_999n })
const otherSources = fc.bigInt({ min: 0n, max: 9_999_999_999n })

const drug = fc.record({ quantity, price, rate: percent, benefit: percent, otherSources }).map(priceDrugLine)
const service = fc
  .record({
    quantity,
    // The insurance never pays more for one than the hospital asks.
    prices: fc.tuple(price, price).map((both) => both.toSorted((a, b) => (a < b ? 1 : -1))),
    share: percent,
    rate: percent,
    benefit: percent,
    isFree: fc.boolean(),
    otherSources,
  })
  .map(({ prices, ...line }) =>
    priceServiceLine({ ...line, hospitalPrice: prices[0] as bigint, insurancePrice: prices[1] as bigint }),
  )
const line = fc.oneof(drug, service)

describe('decimals', () => {
  test.each([
    ['125000', 2, '125000.00'],
    ['0.5', 3, '0.500'],
    ['-3.10', 2, '-3.10'],
    ['47.5', 2, '47.50'],
    ['1.5000', 3, '1.500'],
  ])('%s is kept exactly', (text, scale, written) => {
    expect(formatDecimal(parseDecimal(text, scale) as bigint, scale)).toBe(written)
  })

  test.each(['', '1,5', '1.234.5', '0.001', '1e3', ' 1', '१२', '.5', '5.'])('%s is no amount', (text) => {
    expect(parseDecimal(text, 2)).toBeNull()
  })

  test('a number is its digits, however many, with zeros for what is not written', () => {
    const digits = (most: number) =>
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: most })
    fc.assert(
      fc.property(
        digits(15),
        digits(4),
        digits(3),
        fc.boolean(),
        fc.boolean(),
        (whole, fraction, zeros, minus, short) => {
          const decimals = short ? '' : `.${fraction}${zeros.replace(/\d/g, '0')}`
          const exact = BigInt(whole + (short ? '' : fraction).padEnd(4, '0'))
          expect(parseDecimal(`${minus ? '-' : ''}${whole}${decimals}`, 4)).toBe(minus ? -exact : exact)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('halves are rounded away from zero', () => {
    expect([rescale(15n, 1, 0), rescale(14n, 1, 0), rescale(-15n, 1, 0)]).toEqual([2n, 1n, -2n])
  })

  test('reading what was written changes nothing', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
        fc.integer({ min: 0, max: 6 }),
        (value, scale) => parseDecimal(formatDecimal(value, scale), scale) === value,
      ),
    )
  })
})

describe('who pays', () => {
  test('a share of a service whose hospital price is above the insurance price', () => {
    const { hospital } = priceServiceLine({
      quantity: 1000n,
      hospitalPrice: 100_000_000n,
      insurancePrice: 40_000_000n,
      share: 3000n,
      rate: 10_000n,
      benefit: 8000n,
      isFree: false,
      otherSources: 0n,
    })
    expect(formatDecimal(hospital, 2)).toBe('72000.00')
  })

  test('other sources are taken off the patient, then the co-payment, then the fund', () => {
    const of = (support: bigint) =>
      priceDrugLine({ quantity: 1000n, price: 1_000_000n, rate: 5000n, benefit: 8000n, otherSources: support })
    expect(of(60_000n)).toMatchObject({ patient: 0n, coPayment: 0n, fund: 40_000n, otherSources: 60_000n })
    expect(of(55_000n)).toMatchObject({ patient: 0n, coPayment: 5_000n, fund: 40_000n })
    expect(of(70_000n)).toMatchObject({ patient: 0n, coPayment: 0n, fund: 30_000n })
  })

  test('of a line every đồng is paid once, and nobody pays less than nothing', () => {
    fc.assert(
      fc.property(line, (split) => {
        expect(paid(split)).toBe(split.hospital)
        for (const part of Object.values(split)) expect(part >= 0n).toBe(true)
        expect(split.insurance <= split.hospital).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('of a visit too, in whatever order its lines come', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const sum = sumSplits(lines)
        expect(paid(sum)).toBe(sum.hospital)
        expect(sumSplits(lines.toReversed())).toEqual(sum)
      }),
      { numRuns: 300 },
    )
  })
})
