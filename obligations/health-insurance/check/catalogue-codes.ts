import { type CatalogueSource, catalogueSources } from '../format/catalogue-sources.ts'
import { amountText } from '../money/amount-text.ts'
import { parseDecimal, rescale } from '../money/decimal.ts'
import type { Rule } from '../rule.ts'
import type { Values } from '../types.ts'
import type { CatalogueItem, CataloguePrice, Valid } from './catalogues.ts'
import { type Check, listOf, type Report, valueOf } from './visit.ts'

const rule = (number: number, vi: string, en: string, wayOut: string): Rule => ({
  id: `BHYT-CATALOGUE-${number}`,
  severity: 'warning',
  source: 'Danh mục của cơ sở; Thông tư 12/2026/TT-BTC: danh mục 01 đến 06/DM theo thời hạn',
  vi,
  en,
  wayOut,
  table: null,
  field: null,
})

const unknown = rule(
  1,
  'Mã chưa có trong danh mục của cơ sở',
  'the code is not in the facility’s catalogue',
  'Kiểm tra lại mã; mã mới thì bổ sung vào danh mục và gửi cổng trước khi thanh toán.',
)
const otherPrice = rule(
  2,
  'Đơn giá khác giá trong danh mục của cơ sở ở ngày y lệnh',
  'the price differs from the catalogue’s on the day of the order',
  'Kiểm tra đơn giá; giá mới thì bổ sung vào danh mục với ngày bắt đầu.',
)
const outside = rule(
  3,
  'Mã ngoài thời hạn của danh mục ở ngày y lệnh',
  'the code is outside its dates in the catalogue on the day of the order',
  'Chọn mã còn hiệu lực hoặc sửa thời hạn trong danh mục.',
)

const holds = ({ since, until }: Valid, day: string): boolean => since <= day && (until === '' || day <= until)

/** Thousandths; null where there is no such field or no number in it. */
const thousandths = (values: Values, field: string | undefined): bigint | null =>
  field === undefined ? null : parseDecimal(valueOf(values, field), 3)

function checkPrice(
  { prices }: CatalogueItem,
  source: CatalogueSource,
  line: { readonly values: Values; readonly day: string; readonly row: number },
  report: Report,
): void {
  const { values, day, row } = line
  const inForce = prices.filter((each) => holds(each, day))
  if (inForce.length === 0) return
  const columns = [
    { field: source.price, of: ({ price }: CataloguePrice) => price },
    { field: source.fundPrice, of: ({ price, fundPrice }: CataloguePrice) => fundPrice ?? price },
  ]
  for (const { field, of } of columns) {
    const stated = thousandths(values, field)
    const known = inForce.map((each) => parseDecimal(of(each), 3)).filter((price) => price !== null)
    // What the fund pays nothing for has no price there.
    if (field === undefined || !stated || known.length === 0 || known.includes(stated)) continue
    const [is, should] = [stated, known[0]!].map((price) => amountText(rescale(price, 3, 2)))
    report(
      otherPrice,
      { table: source.table, row, field },
      {
        vi: `${is!.vi} ≠ ${should!.vi}`,
        en: `${is!.en} ≠ ${should!.en}`,
      },
    )
  }
}

/** Codes and prices beside what the facility itself says of them; nothing without its catalogues. */
export const catalogueCheck: Check = {
  rules: [unknown, otherPrice, outside],
  run({ rows, endDay, isLegacy, catalogues }, report) {
    if (catalogues === null || isLegacy) return
    for (const source of catalogueSources) {
      rows(source.table).forEach(({ values }, i) => {
        const text = valueOf(values, source.code)
        const day = valueOf(values, 'NGAY_YL').slice(0, 8) || endDay
        const row = i + 1
        const place = { table: source.table, field: source.code, row: source.table === 'XML1' ? null : row }
        for (const code of source.several ? listOf(text) : text === '' ? [] : [text]) {
          const item = catalogues.find(source.kind, code)
          if (item === undefined) continue
          if (item === null) report(unknown, place, code.slice(0, 50))
          else if (!holds(item, day)) report(outside, place, code.slice(0, 50))
          else checkPrice(item, source, { values, day, row }, report)
        }
      })
    }
  },
}
