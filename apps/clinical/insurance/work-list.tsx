import { useVirtualizer } from '@tanstack/react-virtual'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { DossierLine } from '#apps/server'
import { useKeys } from '../frame/use-keys.ts'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import { maySend } from './state-mark.tsx'
import { useDeskText } from './text/use-desk-text.ts'
import { useRowHeight } from './use-row-height.ts'
import { WorkListLine } from './work-list-line.tsx'
import classes from './work-list.module.css'

const COLUMNS = [
  'visit',
  'patient',
  'kind',
  'dept',
  'to',
  'total',
  'fund',
  'findings',
  'state',
  'receipt',
  'send',
] as const
const MONEY: ReadonlySet<string> = new Set(['total', 'fund'])
const AHEAD = 15

interface Props {
  readonly dossiers: readonly DossierLine[]
  readonly onSend: (dossier: DossierLine) => void
  readonly onNearEnd: () => void
  readonly searchField: string
}

/** The lines themselves: j and k walk, Enter opens, g sends, / finds. Only what is in view is drawn. */
export function WorkList({ dossiers, onSend, onNearEnd, searchField }: Props) {
  const t = useDeskText()
  const navigate = useNavigate()
  const box = useArrivalFocus<HTMLDivElement>()
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
  const shown = list.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= dossiers.length - AHEAD) onNearEnd()
  })
  const chosen = dossiers[Math.min(at, dossiers.length - 1)]
  const walk = (to: number) => {
    const next = Math.max(0, Math.min(dossiers.length - 1, to))
    setAt(next)
    list.scrollToIndex(next)
  }
  const open = (dossier: DossierLine | undefined) =>
    dossier && void navigate({ to: '/insurance/dossier/$id', params: { id: dossier.id } })
  useKeys({
    J: () => walk(at + 1),
    K: () => walk(at - 1),
    ArrowDown: () => walk(at + 1),
    ArrowUp: () => walk(at - 1),
    Home: () => walk(0),
    End: () => walk(dossiers.length - 1),
    G: () => chosen && maySend(chosen.state) && onSend(chosen),
    '/': () => document.getElementById(searchField)?.focus(),
  })
  return (
    <>
      <div
        ref={box}
        className={classes.list}
        tabIndex={0}
        role="grid"
        aria-label={t('list.label')}
        aria-rowcount={dossiers.length}
        aria-activedescendant={chosen && `dossier ${chosen.id}`}
        onKeyDown={(event) => event.key === 'Enter' && event.target === event.currentTarget && open(chosen)}
      >
        <div className={classes.table}>
          <div role="row" className={`${classes.line} ${classes.head}`}>
            {COLUMNS.map((column) => (
              <span key={column} role="columnheader" className={MONEY.has(column) ? classes.money : undefined}>
                {t(`list.${column}`)}
              </span>
            ))}
          </div>
          <div className={classes.rows} role="rowgroup" style={{ height: list.getTotalSize() }}>
            {shown.map(({ index, start }) => {
              const dossier = dossiers[index]
              return (
                dossier && (
                  <WorkListLine
                    key={dossier.id}
                    dossier={dossier}
                    start={start}
                    isChosen={dossier === chosen}
                    onChoose={() => setAt(index)}
                    onSend={() => onSend(dossier)}
                  />
                )
              )
            })}
          </div>
        </div>
      </div>
      <p className={classes.foot}>
        <span role="status">{t('list.loaded', { count: dossiers.length })}</span>
        <span>{t('list.keys')}</span>
      </p>
    </>
  )
}
