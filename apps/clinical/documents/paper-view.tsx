import { useTranslation } from 'react-i18next'
import { dateTimeText } from '#hospital/calendar'
import { clinicalDate, documentTitle, entrySummary } from '#hospital/medical-record'
import { Nothing } from '../parts/nothing.tsx'
import { NoteBody } from '../parts/note-body.tsx'
import { AttachmentView } from './attachment-view.tsx'
import classes from './documents-page.module.css'
import type { Paper } from './use-documents.ts'

/** A paper to read: what it is, of when, by whom, in which state; then its content. */
export function PaperView({ paper }: { readonly paper: Paper }) {
  const { t } = useTranslation()
  const status = paper.resourceType === 'Composition' ? paper.status : (paper.docStatus ?? paper.status)
  return (
    <article className={classes.paper}>
      <header>
        <h2>{documentTitle(paper)}</h2>
        <p>
          {[dateTimeText(clinicalDate(paper)), entrySummary(paper).author, t(`documents.status.${status}`)]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </header>
      {paper.resourceType === 'Composition' ? (
        <NoteBody note={paper} under={2} />
      ) : (
        paper.content.map(({ attachment }, at) => <AttachmentView key={at} attachment={attachment} />)
      )}
      {paper.resourceType === 'DocumentReference' && paper.content.length === 0 && (
        <Nothing>{t('documents.noContent')}</Nothing>
      )}
    </article>
  )
}
