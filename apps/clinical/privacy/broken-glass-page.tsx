import { useNavigate, useSearch } from '@tanstack/react-router'
import { useRef } from 'react'
import type { GlassShown } from '#apps/server'
import { timeText } from '#hospital/calendar'
import { useRowFocus } from '../parts/use-row-focus.ts'
import { ListAndChosen } from '../parts/list-and-chosen.tsx'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import classes from './broken-glass.module.css'
import { GlassDetail } from './glass-detail.tsx'
import { GlassLine } from './glass-line.tsx'
import { usePrivacyText } from './text/use-privacy-text.ts'
import { useBrokenGlass } from './use-broken-glass.ts'

/** The work list of whoever protects the data: each broken glass, those that nobody has looked at first. */
export function BrokenGlassPage() {
  const t = usePrivacyText()
  const { chosen } = useSearch({ from: '/frame/access/privacy' })
  const navigate = useNavigate({ from: '/privacy' })
  const box = useRef<HTMLDivElement>(null)
  useRowFocus(box)
  const { data: broken, error, refetch, dataUpdatedAt } = useBrokenGlass()
  if (error && !broken) return <Trouble error={error} retry={() => void refetch()} />
  if (!broken) return <PageSkeleton />
  const open = broken.filter(({ reviewed }) => reviewed === null)
  const closed = broken.filter(({ reviewed }) => reviewed !== null)
  // the oldest has waited longest
  const waiting = open.toSorted((a, b) => a.since.localeCompare(b.since))
  const glass = broken.find(({ id }) => id === chosen) ?? (chosen === undefined ? waiting[0] : undefined)
  const lines = (list: readonly GlassShown[]) => (
    <ul>
      {list.map((one) => (
        <GlassLine
          key={one.id}
          glass={one}
          isChosen={one.id === glass?.id}
          onChoose={() => void navigate({ search: { chosen: one.id }, replace: true })}
        />
      ))}
    </ul>
  )
  return (
    <ListAndChosen
      list={
        <div ref={box} className={classes.list}>
          <h2 role="status">{t('open', { count: open.length })}</h2>
          {broken.length === 0 && <Nothing way={t('noneWay')}>{t('none')}</Nothing>}
          {broken.length > 0 && open.length === 0 && <Nothing>{t('noneOpen')}</Nothing>}
          {lines(waiting)}
          {closed.length > 0 && <h2>{t('closed', { count: closed.length })}</h2>}
          {lines(closed)}
          <p className={classes.foot}>
            {t('fresh', { time: timeText(new Date(dataUpdatedAt).toISOString()) })} · {t('keys')}
          </p>
        </div>
      }
    >
      {/* the key makes what was typed about one stay with that one */}
      {glass ? <GlassDetail key={glass.id} glass={glass} /> : <Nothing way={t('why')}>{t('chosenNone')}</Nothing>}
    </ListAndChosen>
  )
}
