import { UnstyledButton } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { documentTitle } from '#hospital/medical-record'
import { ListEnd } from '../parts/list-end.tsx'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { NoteCard } from './note-card.tsx'
import { useNotes } from './use-visits.ts'
import classes from './visit-notes.module.css'

const AHEAD = 10

/** The notes of a visit, newest first, by kind of sheet if wanted. */
export function VisitNotes({ visit }: { readonly visit: string }) {
  const { t } = useTranslation()
  const notes = useNotes(visit)
  const [title, setTitle] = useState<string | null>(null)
  const titles = [...new Set(notes.resources.map(documentTitle))]
  const shown = title === null ? notes.resources : notes.resources.filter((note) => documentTitle(note) === title)
  const box = useRef<HTMLDivElement>(null)
  const list = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => 130,
    getItemKey: (at) => shown[at]?.id ?? at,
    overscan: 4,
  })
  const items = list.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  const { hasMore, isLoadingMore, loadMore } = notes
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= shown.length - AHEAD) loadMore()
  })

  if (notes.error && notes.resources.length === 0) return <Trouble error={notes.error} retry={notes.retry} />
  if (notes.isLoading) return <PageSkeleton />
  if (notes.resources.length === 0) return <Nothing>{t('visits.noNotes')}</Nothing>
  return (
    <>
      {titles.length > 1 && (
        <div className={classes.filter} role="group">
          {[null, ...titles].map((one) => (
            <UnstyledButton
              key={one ?? ''}
              className={classes.chip}
              aria-pressed={one === title}
              onClick={() => setTitle(one)}
            >
              {one ?? t('all')}
            </UnstyledButton>
          ))}
        </div>
      )}
      <div ref={box} className={classes.scroll} tabIndex={0} role="region" aria-label={t('visits.notes')}>
        <div className={classes.list} style={{ height: list.getTotalSize() }}>
          {items.map((item) => {
            const note = shown[item.index]
            return (
              note && (
                <div
                  key={item.key}
                  ref={list.measureElement}
                  data-index={item.index}
                  className={classes.row}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <NoteCard note={note} />
                </div>
              )
            )
          })}
        </div>
        {notes.error && <ListEnd pages={notes} />}
      </div>
    </>
  )
}
