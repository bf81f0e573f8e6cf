import { formatDecimal } from './decimal.ts'

/** The same in both languages of a finding. */
export interface Bilingual {
  readonly vi: string
  readonly en: string
}

/**
 * An amount as people write it: 1.234.567,5 đ and 1,234,567.5 VND.
 * @param hundredths of a đồng
 */
export function amountText(hundredths: bigint): Bilingual {
  const [whole = '', decimals = ''] = formatDecimal(hundredths, 2).split('.')
  const fraction = decimals.replace(/0+$/, '')
  const written = (group: string, point: string): string =>
    whole.replace(/\B(?=(\d{3})+$)/g, group) + (fraction === '' ? '' : point + fraction)
  return { vi: `${written('.', ',')} đ`, en: `${written(',', '.')} VND` }
}
