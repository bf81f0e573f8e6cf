import type { TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import type { Rule } from '../rule.ts'
import { type Check, valueOf } from './visit.ts'

const copy: Rule = {
  id: 'BHYT-COPY-1',
  severity: 'error',
  source: 'Bảng kiểm tra cổng giám định theo QĐ 4750/QĐ-BYT: giá trị phải giống XML1',
  vi: 'Giá trị khác với bảng XML1',
  en: 'the value differs from XML1',
  wayOut: 'Sửa ở hồ sơ gốc để hai bảng giống nhau, rồi lập lại hồ sơ.',
  table: null,
  field: null,
}
const usual: Rule = {
  ...copy,
  id: 'BHYT-COPY-2',
  severity: 'warning',
  source: 'Thực tế giám định',
  wayOut: 'Kiểm tra lại: thông thường hai bảng giống nhau.',
}
const visit: Rule = {
  ...copy,
  id: 'BHYT-COPY-3',
  source: 'Công văn 1245/BHXH-CNTT: các bảng của một hồ sơ có chung MA_LK',
  vi: 'MA_LK khác với bảng XML1',
  en: 'MA_LK differs from XML1',
  wayOut: 'Các bảng trong một hồ sơ phải có cùng MA_LK; lập lại hồ sơ.',
  field: 'MA_LK',
}

/** What XML1 calls otherwise; null where it has no such field. */
const CALLED: Readonly<Record<string, string | null>> = {
  MA_CSKCB_DI: 'MA_NOI_DI',
  MA_CSKCB_DEN: 'MA_NOI_DEN',
  PP_DIEUTRI: 'PP_DIEU_TRI',
  TINH_TRANG_CT: null,
}

/** Copies that the workbook does not name but that no person would write differently. */
const MORE: Readonly<Record<string, Rule>> = {
  'XML14.HO_TEN': copy,
  'XML14.MA_CSKCB': copy,
  'XML7.NGAY_VAO': usual,
  'XML7.NGAY_RA': usual,
  'XML8.NGAY_VAO': usual,
  'XML8.NGAY_RA': usual,
  'XML8.MA_LOAI_KCB': usual,
  'XML8.KET_QUA_DTRI': usual,
  'XML15.MA_BN': copy,
  'XML15.SO_CCCD': copy,
  'XML6.SO_CCCD': copy,
  'XML6.MA_THE_BHYT': usual,
}

interface Copied {
  readonly name: string
  readonly from: string
  readonly rule: Rule
}

function copiesOf(id: TableId): readonly Copied[] {
  return tables[id].fields.flatMap(({ name, equalsSummary }) => {
    const rule = equalsSummary ? copy : MORE[`${id}.${name}`]
    const from = name in CALLED ? CALLED[name] : name
    return rule && from ? [{ name, from, rule }] : []
  })
}

const TABLES = (['XML6', 'XML7', 'XML8', 'XML13', 'XML14', 'XML15'] as const).map((id) => ({
  id,
  copies: copiesOf(id),
}))
const WITH_VISIT = Object.values(tables).filter(({ id }) => !['XML0', 'XML1', 'XML12'].includes(id))

/** Since 3176 a transfer paper lists the times of several stays. */
const agrees = (text: string, summary: string): boolean =>
  text === summary || (text.includes(';') && text.split(';').includes(summary))

/** What stands in two tables must be the same. */
export const copyCheck: Check = {
  rules: [copy, usual, visit],
  run({ rows, summary }, report, isBroken) {
    for (const { id, copies } of TABLES) {
      const { repeats } = tables[id]
      rows(id).forEach(({ values }, i) => {
        for (const { name, from, rule } of copies) {
          const text = valueOf(values, name)
          // A summary that is itself wrong is one finding, not one in each copy.
          if (isBroken('XML1', null, from)) continue
          if (text !== '' && !agrees(text, valueOf(summary, from)))
            report(rule, { table: id, row: repeats ? i + 1 : null, field: name })
        }
      })
    }
    const shared = valueOf(summary, 'MA_LK')
    if (shared === '' || isBroken('XML1', null, 'MA_LK')) return
    for (const { id, repeats } of WITH_VISIT) {
      rows(id).forEach(({ values }, i) => {
        const own = valueOf(values, 'MA_LK')
        if (own !== '' && own !== shared) report(visit, { table: id, row: repeats ? i + 1 : null, field: 'MA_LK' })
      })
    }
  },
}
