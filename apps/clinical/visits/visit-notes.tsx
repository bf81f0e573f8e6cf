import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { documentTitle } from '#hospital/medical-record'
import { Chips } from '../parts/chips.tsx'
import { LongList } from '../parts/long-list.tsx'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { NoteCard } from './note-card.tsx'
import { useNotes } from './use-visits.ts'
import classes from './visit-notes.module.css'

const AHEAD = 10
/** px of a note of a few lines */
const HEIGHT = 130

/** The notes of a visit, newest first, by kind of sheet if wanted. */
export function VisitNotes({ visit }: { readonly visit: string }) {
  const { t } = useTranslation()
  const notes = useNotes(visit)
  const [title, setTitle] = useState<string | null>(null)
  const box = useRef<HTMLDivElement>(null)
  if (notes.error && notes.resources.length === 0) return <Trouble error={notes.error} retry={notes.retry} />
  if (notes.isLoading) return <PageSkeleton />
  if (notes.resources.length === 0) return <Nothing>{t('visits.noNotes')}</Nothing>
  const titles = [...new Set(notes.resources.map(documentTitle))]
  const shown = title === null ? notes.resources : notes.resources.filter((note) => documentTitle(note) === title)
  return (
    <>
      {titles.length > 1 && (
        <Chips
          label={t('visits.notesFilter')}
          chips={[{ key: null, words: t('all') }, ...titles.map((one) => ({ key: one, words: one }))]}
          chosen={title}
          onChoose={setTitle}
        />
      )}
      <LongList
        box={box}
        className={classes.notes}
        label={t('visits.notes')}
        items={shown}
        keyOf={(note) => note.id ?? ''}
        height={() => HEIGHT}
        ahead={AHEAD}
        pages={notes}
        draw={(note) => <NoteCard note={note} />}
      />
    </>
  )
}
