import { useTranslation } from 'react-i18next'
import type { Composition } from '#fhir/r4'
import { dateTimeText } from '#hospital/calendar'
import { documentTitle } from '#hospital/medical-record'
import { NoteBody } from '../parts/note-body.tsx'
import classes from './visit-notes.module.css'

/** One note: when, what sheet, by whom, in which state, and the text. */
export function NoteCard({ note }: { readonly note: Composition }) {
  const { t } = useTranslation()
  return (
    <article className={classes.note}>
      <header>
        <time dateTime={note.date}>{dateTimeText(note.date)}</time>
        <h3>{documentTitle(note)}</h3>
        <span className={classes.state}>{t(`documents.status.${note.status}`)}</span>
        <span className={classes.author}>{note.author[0]?.display}</span>
      </header>
      <NoteBody note={note} under={3} />
    </article>
  )
}
