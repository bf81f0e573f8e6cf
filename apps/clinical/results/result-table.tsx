import { useVirtualizer } from '@tanstack/react-virtual'
import { Fragment, useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { dateText, timeText } from '#hospital/calendar'
import type { CumulativeTable } from '#hospital/laboratory'
import { ResultLine } from './result-line.tsx'
import classes from './result-table.module.css'

const COLUMN = 86
const FIRST_COLUMN = 310
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

  const rows = groups.flatMap((group) => group.rows)
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!by) return
    event.preventDefault()
    const next = rows[rows.findIndex((row) => row.key === chosen) + by]
    if (!next) return
    onChoose(next.key)
    document.getElementById(`row ${next.key}`)?.focus()
  }
  const timesShown = shown.map((item) => times[item.index] ?? '')
  return (
    <div ref={box} className={classes.scroll} onKeyDown={press} aria-busy={isLoadingMore}>
      <table className={classes.table} style={{ width: FIRST_COLUMN + columns.getTotalSize() }}>
        <caption className={classes.heard}>{t('results.table')}</caption>
        <colgroup>
          <col style={{ width: FIRST_COLUMN }} />
          <col style={{ width: before }} />
          {shown.map((item) => (
            <col key={item.key} style={{ width: COLUMN }} />
          ))}
          <col style={{ width: after }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className={classes.first}>
              <span className={classes.test}>
                <span>{t('results.test')}</span>
                <span className="quiet">{t('results.range')}</span>
              </span>
            </th>
            <td />
            {timesShown.map((time) => (
              <th key={time} scope="col" className={classes.time}>
                {dateText(time)}
                <br />
                {timeText(time)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
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
