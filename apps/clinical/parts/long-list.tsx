import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, type ReactNode, type RefObject } from 'react'
import type { FhirResource } from '#fhir/r4'
import type { Pages } from '../server/index.ts'
import { ListEnd } from './list-end.tsx'
import classes from './long-list.module.css'

interface Props<Item> {
  readonly label: string
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string
  /** px, before a row is measured */
  readonly height: (item: Item | undefined) => number
  /** rows before the end of what was read at which the next page is asked for, so that scrolling never meets a wall */
  readonly ahead: number
  readonly pages: Pages<FhirResource>
  readonly draw: (item: Item) => ReactNode
  /** stays above, over the rows: drawn for the uppermost one in view */
  readonly drawTop?: (item: Item) => ReactNode
  readonly box: RefObject<HTMLDivElement | null>
  readonly className?: string
}

/** Rows of any height, read further as one scrolls. Only those in view are drawn, so that twenty thousand scroll like twenty. */
export function LongList<Item>(props: Props<Item>) {
  const { label, items, keyOf, height, ahead, pages, draw, drawTop, box, className = '' } = props
  const keyAt = (at: number) => (items[at] === undefined ? at : keyOf(items[at]))
  const list = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: (at) => height(items[at]),
    getItemKey: keyAt,
    overscan: 12,
  })
  const shown = list.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  const { hasMore, isLoadingMore, loadMore } = pages
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= items.length - ahead) loadMore()
  })
  const top = items[shown.find((item) => item.end > (list.scrollOffset ?? 0))?.index ?? 0]
  return (
    <div
      ref={box}
      className={`${classes.scroll} ${className}`}
      tabIndex={0}
      role="region"
      aria-label={label}
      aria-busy={isLoadingMore}
    >
      {drawTop && top && (
        <div className={classes.top} aria-hidden>
          {drawTop(top)}
        </div>
      )}
      <div className={classes.list} style={{ height: list.getTotalSize() }}>
        {shown.map(({ key, index, start }) => (
          <div
            key={key}
            ref={list.measureElement}
            data-index={index}
            className={classes.row}
            style={{ transform: `translateY(${start}px)` }}
          >
            {items[index] !== undefined && draw(items[index])}
          </div>
        ))}
      </div>
      <ListEnd pages={pages} />
    </div>
  )
}
