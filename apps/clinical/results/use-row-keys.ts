import type { KeyboardEvent } from 'react'
import type { CumulativeTable } from '#hospital/laboratory'

/** The id of the button that stands for a row. */
export const rowId = (key: string): string => `row ${key}`

/** ↑ ↓ choose the neighbouring test and take the focus along. */
export function useRowKeys(
  groups: CumulativeTable['groups'],
  chosen: string | undefined,
  onChoose: (key: string) => void,
): (event: KeyboardEvent) => void {
  const rows = groups.flatMap((group) => group.rows)
  return (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!by) return
    event.preventDefault()
    const next = rows[rows.findIndex((row) => row.key === chosen) + by]
    if (!next) return
    onChoose(next.key)
    document.getElementById(rowId(next.key))?.focus()
  }
}
