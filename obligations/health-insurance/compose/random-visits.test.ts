import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type NativeLine, type NativePlan, nativeVisit } from '#testing/native-visits'
import { parseDecimal } from '../money/decimal.ts'
import type { Dossier, Values } from '../types.ts'
import { composeDossier } from './compose-dossier.ts'

const price = fc.integer({ min: 0, max: 30_000_000 })

const line: fc.Arbitrary<NativeLine> = fc
  .record({
    kind: fc.constantFrom<NativeLine['kind'][]>('examination', 'test', 'operation', 'supply', 'drug'),
    quantity: fc.oneof(
      fc.integer({ min: 1, max: 100 }).map((whole) => whole * 1000),
      fc.integer({ min: 1, max: 99_999 }),
    ),
    prices: fc.tuple(price, price),
    share: fc.constantFrom(100, 80, 50, 30, 10),
    rate: fc.constantFrom(100, 70, 50, 30),
    scope: fc.constantFrom<NonNullable<NativeLine['scope']>[]>('1', '1', '1', '2'),
    method: fc.constantFrom<NonNullable<NativeLine['method']>[]>('1', '1', '2', '3'),
    /** percent of the line that a sponsor pays */
    sponsor: fc.constantFrom(0, 0, 0, 1, 50, 100),
  })
  .map(({ prices: [a, b], share, sponsor, ...rest }): NativeLine => {
    const isShared = rest.kind === 'operation' || rest.kind === 'examination'
    const line: NativeLine = {
      ...rest,
      price: Math.max(a, b),
      insurancePrice: Math.min(a, b),
      ...(isShared ? { share } : {}),
    }
    const sponsored = Math.floor((Number(asked(line)) / 100) * (sponsor / 100))
    return sponsored > 0 ? { ...line, sponsored } : line
  })

const who = fc.oneof(
  fc.constant({ digit: null, reason: '9' }),
  fc.record({
    digit: fc.constantFrom('1', '2', '3', '4'),
    reason: fc.constantFrom('1.1', '1.2', '1.3', '1.13', '2', '3.2', '3.1', '3.3'),
  }),
)

const plans: fc.Arbitrary<NativePlan> = fc
  .record({
    n: fc.integer({ min: 0, max: 999_999 }),
    nights: fc.constantFrom(0, 0, 1, 3, 9),
    who,
    lines: fc.array(line, { minLength: 1, maxLength: 12 }),
    again: fc.option(fc.integer({ min: 1, max: 60 })),
    others: fc.constantFrom(
      [],
      [['I10', 'Tăng huyết áp']],
      [
        ['I10', 'Tăng huyết áp'],
        ['E11.9', 'Đái tháo đường típ 2'],
      ],
    ),
  })
  .map(
    ({ nights, who: { digit, reason }, others, ...rest }) =>
      ({
        ...rest,
        nights,
        digit,
        reason,
        kind: nights > 0 ? '03' : '01',
        diseases: [['K29.7', 'Viêm dạ dày'], ...others],
      }) as NativePlan,
  )

const money = (values: Values | undefined, field: string): bigint => parseDecimal(values?.[field] ?? '', 2) ?? -1n

const composed = (plan: NativePlan) =>
  composeDossier({ encounter: `tu-ghi-${plan.n}`, resources: nativeVisit(plan), made: '20250930' })!

const linesOf = ({ tables }: Dossier): readonly Values[] =>
  [...(tables.XML2 ?? []), ...(tables.XML3 ?? [])].map(({ values }) => values)

/** What the hospital asks for one line, in hundredths of a đồng, by the words of the decision and not by our code. */
function asked({ kind, quantity, price: own, insurancePrice = own, share = 100 }: NativeLine): bigint {
  const isAbove = kind !== 'drug' && own > insurancePrice && insurancePrice > 0 && share !== 100
  const each = isAbove
    ? BigInt(own) * 100n - BigInt(insurancePrice) * BigInt(100 - share)
    : BigInt(own) * BigInt(kind === 'drug' ? 100 : share)
  // thousandths of a quantity × hundredths of a đồng; halves are rounded up
  return (BigInt(quantity) * each + 500n) / 1000n
}

test('whatever happens at a visit, its dossier has no error', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const findings = composed(plan).findings()
      expect(findings.filter(({ severity }) => severity !== 'warning')).toEqual([])
    }),
    { numRuns: 150 },
  )
})

test('nothing is lost and nothing made up between the charges and the totals, to the đồng', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const { dossier } = composed(plan)
      const summary = dossier.tables.XML1?.[0]?.values
      const lines = linesOf(dossier)
      expect(lines).toHaveLength(plan.lines.length)
      const sumOf = (field: string): bigint => lines.reduce((sum, values) => sum + money(values, field), 0n)
      expect(money(summary, 'T_TONGCHI_BV')).toBe(plan.lines.reduce((sum, each) => sum + asked(each), 0n))
      expect(money(summary, 'T_TONGCHI_BV')).toBe(sumOf('THANH_TIEN_BV'))
      for (const field of ['T_BHTT', 'T_BNCCT', 'T_BNTT', 'T_NGUONKHAC'])
        expect(money(summary, field)).toBe(sumOf(field))
      const paid = ['T_BHTT', 'T_BNCCT', 'T_BNTT', 'T_NGUONKHAC'].reduce(
        (sum, field) => sum + money(summary, field),
        0n,
      )
      expect(paid).toBe(money(summary, 'T_TONGCHI_BV'))
    }),
    { numRuns: 150 },
  )
})

test('the order in which the chart gives its resources changes nothing', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const resources = nativeVisit(plan)
      const chart = { encounter: `tu-ghi-${plan.n}`, made: '20250930' }
      const [a, b] = [resources, resources.toReversed()].map((each) => composeDossier({ ...chart, resources: each }))
      expect(a?.dossier).toEqual(b?.dossier)
    }),
    { numRuns: 50 },
  )
})

test('who has no card pays all of it, who is exempt pays nothing along', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const summary = composed({ ...plan, digit: null, reason: '9' }).dossier.tables.XML1?.[0]?.values
      expect(money(summary, 'T_BHTT')).toBe(0n)
      const whole = composed({ ...plan, digit: '1', reason: '1.1' }).dossier.tables.XML1?.[0]?.values
      expect(money(whole, 'T_BNCCT')).toBe(0n)
    }),
    { numRuns: 60 },
  )
})
