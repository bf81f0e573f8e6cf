import type { RefObject } from 'react'
import { useKeys } from '../frame/use-keys.ts'

/** Arrows, j and k walk the lines of a list whose buttons have `data-row`; `/` leads to the field that narrows it. */
export function useRowFocus(box: RefObject<HTMLElement | null>, searchField?: string): void {
  const walk = (by: number) => {
    const rows = [...(box.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
    const at = rows.findIndex((row) => row === document.activeElement)
    const next = rows[at === -1 ? (by > 0 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, at + by))]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  useKeys({
    ArrowDown: () => walk(1),
    ArrowUp: () => walk(-1),
    J: () => walk(1),
    K: () => walk(-1),
    ...(searchField === undefined ? {} : { '/': () => document.getElementById(searchField)?.focus() }),
  })
}
