import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ListEnd } from '../parts/list-end.tsx'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import { DayHeading } from './day-heading.tsx'
import { EntryLine } from './entry-line.tsx'
import classes from './timeline-page.module.css'
import type { useStream } from './use-stream.ts'

/** Rows before the end of what was read at which the next page is asked for, so that scrolling never meets a wall. */
const AHEAD = 30

interface Props {
  readonly id: string
  readonly stream: ReturnType<typeof useStream>
}

/** Only the lines in view are drawn, so that twenty thousand scroll like twenty. */
export function Stream({ id, stream }: Props) {
  const { t } = useTranslation()
  const { rows, hasMore, isLoadingMore, loadMore } = stream
  const box = useArrivalFocus<HTMLDivElement>()
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (at) => (rows[at]?.kind === 'day' ? 34 : 36),
    getItemKey: (at) => rows[at]?.key ?? at,
    overscan: 12,
  })
  const shown = list.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= rows.length - AHEAD) loadMore()
  })
  const top = rows[shown.find((item) => item.end > (list.scrollOffset ?? 0))?.index ?? 0]
  return (
    <div
      ref={box}
      className={classes.scroll}
      tabIndex={0}
      role="region"
      aria-label={t('timeline.list')}
      aria-busy={isLoadingMore}
    >
      {top && (
        <div className={classes.sticky} aria-hidden>
          <DayHeading day={top.day} />
        </div>
      )}
      <div className={classes.stream} style={{ height: list.getTotalSize() }}>
        {shown.map((item) => {
          const row = rows[item.index]
          return (
            row && (
              <div
                key={item.key}
                ref={list.measureElement}
                data-index={item.index}
                className={classes.row}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {row.kind === 'day' ? <DayHeading day={row.day} /> : <EntryLine id={id} entry={row.entry} />}
              </div>
            )
          )
        })}
      </div>
      <ListEnd pages={stream} />
    </div>
  )
}
