import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { findingsAt, worstOf } from './cell-findings.ts'
import { labelOf, type SheetProps } from './sheet.ts'
import classes from './dossier.module.css'
import { useDeskText } from './text/use-desk-text.ts'
import { useRowHeight } from './use-row-height.ts'
import { isAmount, valueText } from './value-text.ts'
import { WrongMark } from './wrong-mark.tsx'

/** Columns that say anything in some row, or about which something was found. */
function columnsOf(rows: SheetProps['rows'], findings: SheetProps['findings']): readonly string[] {
  const all = new Set(rows.flatMap((row) => Object.keys(row)))
  const said = new Set(rows.flatMap((row) => Object.keys(row).filter((field) => row[field] !== '')))
  const wrong = findings.flatMap(({ field }) => field ?? [])
  for (const field of wrong) said.add(field)
  return [...all, ...wrong.filter((field) => !all.has(field))].filter((field) => said.has(field) && field !== 'MA_LK')
}

/** A table of many rows. Columns that are empty throughout are left out; only rows in view are drawn. */
export function RowSheet({ table, rows, findings, place }: SheetProps) {
  const t = useDeskText()
  const box = useRef<HTMLDivElement>(null)
  const rowHeight = useRowHeight()
  const columns = useMemo(() => [...new Set(columnsOf(rows, findings))], [rows, findings])
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const shown = list.getVirtualItems()
  const above = shown[0]?.start ?? 0
  const below = list.getTotalSize() - (shown.at(-1)?.end ?? 0)
  useEffect(() => {
    if (place.row !== undefined) list.scrollToIndex(place.row - 1, { align: 'center' })
    const show = () =>
      box.current?.querySelector('td[aria-current]')?.scrollIntoView({ block: 'center', inline: 'center' })
    // the row is drawn in the next frame
    const frame = requestAnimationFrame(show)
    return () => cancelAnimationFrame(frame)
  }, [place.row, place.field, list])
  return (
    <div ref={box} className={classes.sheet} tabIndex={0} role="region" aria-label={table}>
      <table className={classes.rows} aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <th scope="col">#</th>
            {columns.map((field) => (
              <th key={field} scope="col" className={isAmount(table, field) ? classes.money : undefined}>
                {labelOf(field) || t('dossier.unknownField')}
                <code>{field}</code>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr style={{ height: above }} />}
          {shown.map(({ index }) => (
            <tr key={index} aria-rowindex={index + 2} style={{ height: rowHeight }}>
              <th scope="row">{index + 1}</th>
              {columns.map((field) => {
                const wrong = findingsAt(findings, index + 1, field)
                const isHere = place.row === index + 1 && place.field === field
                return (
                  <td
                    key={field}
                    className={isAmount(table, field) ? classes.money : undefined}
                    data-severity={worstOf(wrong)}
                    aria-current={isHere || undefined}
                    title={wrong.map(({ message }) => message).join('\n') || rows[index]?.[field]}
                  >
                    <WrongMark findings={wrong} />
                    {valueText(table, field, rows[index]?.[field] ?? '')}
                  </td>
                )
              })}
            </tr>
          ))}
          {below > 0 && <tr style={{ height: below }} />}
        </tbody>
      </table>
    </div>
  )
}
