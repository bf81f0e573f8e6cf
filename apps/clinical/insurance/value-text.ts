import { type Kind, type TableId, tables } from '#obligations/health-insurance'
import { moneyText, quantityText } from './money-text.ts'

const KINDS = new Map(
  Object.values(tables).flatMap((table) =>
    table.fields.map(({ name, kind }) => [`${table.id} ${name}`, kind] as const),
  ),
)

const kindOf = (table: string, field: string): Kind | undefined => KINDS.get(`${table as TableId} ${field}`)

/** Amounts and quantities stand at the right. */
export const isAmount = (table: string, field: string): boolean =>
  ['money', 'quantity'].includes(kindOf(table, field) ?? '')

/** `202603011030` → `01/03/2026 10:30`; what looks otherwise comes back as it was written. */
function timeText(written: string): string {
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d))?$/.exec(written) ?? []
  if (year === undefined) return written
  return `${day}/${month}/${year}${hour === undefined ? '' : ` ${hour}:${minute}`}`
}

/** A value as people read it. Nothing is guessed: what does not fit its kind is shown letter for letter. */
export function valueText(table: string, field: string, written: string): string {
  const kind = kindOf(table, field)
  if (kind === 'money') return moneyText(written)
  if (kind === 'quantity') return quantityText(written)
  if (kind && /^(day|minute|dayOrMinute|days|minutes)$/.test(kind)) return written.split(';').map(timeText).join('; ')
  return written
}
