import { useVirtualizer } from '@tanstack/react-virtual'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState, type RefObject } from 'react'
import type { DossierLine } from '#apps/server'
import { useKeys } from '../frame/use-keys.ts'
import { mayMove, maySend } from './state-mark.tsx'
import { useRowHeight } from './use-row-height.ts'

const AHEAD = 15

interface Wish {
  readonly box: RefObject<HTMLDivElement | null>
  readonly dossiers: readonly DossierLine[]
  readonly searchField: string
  readonly onSend: (dossier: DossierLine) => void
  readonly onMove: (dossier: DossierLine) => void
  readonly onNearEnd: () => void
}

/** The chosen line and how the keyboard walks it; only what is in view is drawn. */
export function useListWalk({ box, dossiers, searchField, onSend, onMove, onNearEnd }: Wish) {
  const navigate = useNavigate()
  const rowHeight = useRowHeight()
  const [at, setAt] = useState(0)
  const list = useVirtualizer({
    count: dossiers.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    // the head stays above the rows
    scrollPaddingStart: rowHeight,
  })
  const last = list.getVirtualItems().at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= dossiers.length - AHEAD) onNearEnd()
  })
  const chosen = dossiers[Math.min(at, dossiers.length - 1)]
  const walk = (to: number) => {
    const next = Math.max(0, Math.min(dossiers.length - 1, to))
    setAt(next)
    list.scrollToIndex(next)
  }
  const open = () => chosen && void navigate({ to: '/insurance/dossier/$id', params: { id: chosen.id } })
  useKeys({
    J: () => walk(at + 1),
    K: () => walk(at - 1),
    ArrowDown: () => walk(at + 1),
    ArrowUp: () => walk(at - 1),
    Home: () => walk(0),
    End: () => walk(dossiers.length - 1),
    G: () => chosen && maySend(chosen.state) && onSend(chosen),
    C: () => chosen && mayMove(chosen.state) && onMove(chosen),
    '/': () => document.getElementById(searchField)?.focus(),
  })
  return { list, chosen, choose: setAt, open }
}
