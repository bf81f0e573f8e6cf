import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import classes from './pick-list.module.css'
import pickable from './pickable.module.css'

const AHEAD = 20

interface Props<Item> {
  readonly label: string
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string
  readonly chosen: string | undefined
  readonly onChoose: (key: string) => void
  /** px; every row is as high */
  readonly rowHeight: number
  readonly onNearEnd: () => void
  readonly draw: (item: Item) => ReactNode
}

/** A long list of which one is chosen: arrow keys move the choice, only rows in view are drawn. */
export function PickList<Item>({ label, items, keyOf, chosen, onChoose, rowHeight, onNearEnd, draw }: Props<Item>) {
  const box = useRef<HTMLDivElement>(null)
  const list = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const shown = list.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (items.length > 0 && last >= items.length - AHEAD) onNearEnd()
  })

  const at = items.findIndex((item) => keyOf(item) === chosen)
  const moves: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }
  const press = (event: KeyboardEvent) => {
    const to = moves[event.key]
    const next = to === undefined ? undefined : items[to]
    if (to === undefined || next === undefined) return
    event.preventDefault()
    onChoose(keyOf(next))
    list.scrollToIndex(to)
  }
  return (
    <div
      ref={box}
      className={classes.scroll}
      role="listbox"
      aria-label={label}
      aria-activedescendant={chosen ? `pick ${chosen}` : undefined}
      tabIndex={0}
      onKeyDown={press}
    >
      <div className={classes.list} style={{ height: list.getTotalSize() }}>
        {shown.map((row) => {
          const item = items[row.index]
          if (item === undefined) return null
          const key = keyOf(item)
          return (
            <div
              key={key}
              id={`pick ${key}`}
              role="option"
              aria-selected={key === chosen}
              className={`${classes.row} ${pickable.line}`}
              style={{ height: rowHeight, transform: `translateY(${row.start}px)` }}
              onClick={() => onChoose(key)}
            >
              {draw(item)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
