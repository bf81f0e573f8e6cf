import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Composition, DocumentReference } from '#fhir/r4'
import { dateTimeText } from '#hospital/calendar'
import { clinicalDate, documentTitle } from '#hospital/medical-record'
import { Panel } from '../parts/panel.tsx'
import classes from './overview-page.module.css'

const MOST = 6

interface Props {
  readonly id: string
  readonly notes: readonly Composition[]
  readonly documents: readonly DocumentReference[]
}

/** The newest notes and papers. */
export function PapersPanel({ id, notes, documents }: Props) {
  const { t } = useTranslation()
  const papers = [...notes, ...documents].sort((a, b) => Date.parse(clinicalDate(b)) - Date.parse(clinicalDate(a)))
  return (
    <Panel title={t('overview.documents')} all={{ tab: 'documents', id }}>
      {papers.length === 0 ? (
        <p className={classes.none}>{t('overview.noDocuments')}</p>
      ) : (
        papers.slice(0, MOST).map((paper) => (
          <Link
            key={`${paper.resourceType}/${paper.id}`}
            to="/patient/$id/documents"
            params={{ id }}
            search={{ chosen: `${paper.resourceType}/${paper.id}` }}
            className={classes.line}
          >
            <span className={classes.main}>{documentTitle(paper)}</span>
            <span className={classes.aside}>{dateTimeText(clinicalDate(paper))}</span>
          </Link>
        ))
      )}
    </Panel>
  )
}
