import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { dateTimeText } from '#hospital/calendar'
import { clinicalDate, documentTitle, entrySummary } from '#hospital/medical-record'
import { ListAndChosen } from '../parts/list-and-chosen.tsx'
import { ListEnd } from '../parts/list-end.tsx'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { PickList } from '../parts/pick-list.tsx'
import { Trouble } from '../parts/trouble.tsx'
import classes from './documents-page.module.css'
import { PaperView } from './paper-view.tsx'
import { paperKey, useDocuments, usePaper } from './use-documents.ts'

/** Papers on the left, the chosen one readable on the right. */
export function DocumentsPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/frame/patient/$id' })
  const { chosen } = useSearch({ from: '/frame/patient/$id/documents' })
  const navigate = useNavigate()
  const documents = useDocuments(id)
  const first = documents.resources[0]
  const key = chosen ?? (first && paperKey(first))
  const { paper, error } = usePaper(key, documents.resources)
  const choose = (next: string) =>
    void navigate({ to: '/patient/$id/documents', params: { id }, search: { chosen: next }, replace: true })

  if (documents.error && documents.resources.length === 0) {
    return <Trouble error={documents.error} retry={documents.retry} />
  }
  if (documents.isLoading) return <PageSkeleton />
  if (documents.resources.length === 0 && !paper) return <Nothing>{t('documents.none')}</Nothing>
  return (
    <ListAndChosen
      list={
        <>
          <PickList
            label={t('documents.list')}
            items={documents.resources}
            keyOf={paperKey}
            chosen={key}
            onChoose={choose}
            rowHeight={48}
            onNearEnd={documents.loadMore}
            draw={(one) => (
              <div className={classes.item}>
                <strong>{documentTitle(one)}</strong>
                <span className="quiet">
                  {dateTimeText(clinicalDate(one))} · {entrySummary(one).author}
                </span>
              </div>
            )}
          />
          {documents.error && <ListEnd pages={documents} />}
        </>
      }
    >
      <section className={classes.view} key={key} tabIndex={0}>
        {error && <Trouble error={error} />}
        {paper && <PaperView paper={paper} />}
      </section>
    </ListAndChosen>
  )
}
