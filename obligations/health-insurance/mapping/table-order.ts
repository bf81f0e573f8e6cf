import type { TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import type { Values } from '../types.ts'

const NONE: ReadonlySet<string> = new Set()

/**
 * Fields in the order of their table; one that says nothing is empty.
 * @param absent fields that the row does not even have empty
 */
export function inTableOrder(table: TableId, texts: Values, absent: ReadonlySet<string> = NONE): Values {
  const values: Record<string, string> = {}
  for (const { name } of tables[table].fields) {
    const text = texts[name] ?? ''
    if (text !== '' || !absent.has(name)) values[name] = text
  }
  for (const [name, text] of Object.entries(texts)) if (!absent.has(name)) values[name] = text
  return values
}
