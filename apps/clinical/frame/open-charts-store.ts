import { useSyncExternalStore } from 'react'

/** A chart that is open in this window. */
export interface OpenChart {
  readonly id: string
  readonly name: string
  /** 0–3: the colour bar that tells charts apart at a glance */
  readonly colour: number
}

/** More than four open charts invite the wrong patient. */
const MOST_OPEN = 4
const REMEMBERED = 'lanh-open-charts'

const recall = (): readonly OpenChart[] => {
  try {
    return JSON.parse(sessionStorage.getItem(REMEMBERED) ?? '[]') as OpenChart[]
  } catch {
    return []
  }
}

let open: readonly OpenChart[] = recall()
const listeners = new Set<() => void>()

function set(next: readonly OpenChart[]): void {
  open = next
  try {
    sessionStorage.setItem(REMEMBERED, JSON.stringify(next))
  } catch {
    // storage is switched off: the tabs last as long as the page
  }
  for (const tell of listeners) tell()
}

const freeColour = (): number => [0, 1, 2, 3].find((colour) => !open.some((chart) => chart.colour === colour)) ?? 0

/** Puts a chart among the open ones; the one opened longest ago leaves when there are too many. */
export function openChart(id: string, name: string): void {
  const known = open.find((chart) => chart.id === id)
  if (known?.name === name) return
  if (known) return set(open.map((chart) => (chart.id === id ? { ...chart, name } : chart)))
  if (open.length >= MOST_OPEN) open = open.slice(1)
  set([...open, { id, name, colour: freeColour() }])
}

/** Takes a chart from among the open ones; its colour is free again. */
export const closeChart = (id: string): void => set(open.filter((chart) => chart.id !== id))

/** The open charts, oldest first. */
export const useOpenCharts = (): readonly OpenChart[] =>
  useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => open,
  )
