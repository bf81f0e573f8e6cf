import { useVirtualizer } from '@tanstack/react-virtual'
import { Fragment, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CumulativeTable } from '#hospital/laboratory'
import { ResultLine } from './result-line.tsx'
import { COLUMN, FIRST_COLUMN, ResultTableHead } from './result-table-head.tsx'
import { useRowKeys } from './use-row-keys.ts'
import classes from './result-table.module.css'

/** Columns before the oldest one read at which older results are asked for. */
const AHEAD = 6

interface Props {
  readonly groups: CumulativeTable['groups']
  readonly times: readonly string[]
  readonly chosen: string | undefined
  readonly onChoose: (key: string) => void
  readonly onNearEnd: () => void
  readonly isLoadingMore: boolean
}

/** Tests down, times across; names and times stay in view. Only the columns in view are drawn. */
export function ResultTable({ groups, times, chosen, onChoose, onNearEnd, isLoadingMore }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const columns = useVirtualizer({
    horizontal: true,
    count: times.length,
    getScrollElement: () => box.current,
    estimateSize: () => COLUMN,
    scrollMargin: FIRST_COLUMN,
    overscan: 4,
  })
  const shown = columns.getVirtualItems()
  const before = (shown[0]?.start ?? FIRST_COLUMN) - FIRST_COLUMN
  const after = columns.getTotalSize() - ((shown.at(-1)?.end ?? FIRST_COLUMN) - FIRST_COLUMN)
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= times.length - AHEAD) onNearEnd()
  })

  const press = useRowKeys(groups, chosen, onChoose)
  const timesShown = shown.map((item) => times[item.index] ?? '')
  return (
    <div ref={box} className={classes.scroll} onKeyDown={press} aria-busy={isLoadingMore}>
      <table className={classes.table} style={{ width: FIRST_COLUMN + columns.getTotalSize() }}>
        <caption className="heard">{t('results.table')}</caption>
        <ResultTableHead before={before} times={timesShown} after={after} />
        <tbody>
          {groups.map(({ group, rows: own }) => (
            <Fragment key={group}>
              <tr className={classes.group}>
                <th scope="rowgroup" colSpan={timesShown.length + 3}>
                  <span>{t(`results.group.${group}`)}</span>
                </th>
              </tr>
              {own.map((row) => (
                <ResultLine
                  key={row.key}
                  row={row}
                  times={timesShown}
                  chosen={row.key === chosen}
                  onChoose={onChoose}
                />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}
