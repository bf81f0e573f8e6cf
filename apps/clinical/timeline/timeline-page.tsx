import { Button } from '@mantine/core'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { EntryKind } from '#hospital/medical-record'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { KindFilter } from './kind-filter.tsx'
import { Stream } from './stream.tsx'
import classes from './timeline-page.module.css'
import { useStream } from './use-stream.ts'

/** Everything that happened, newest first; filtered by kind, read further as one scrolls. */
export function TimelinePage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/frame/patient/$id' })
  const { kind } = useSearch({ from: '/frame/patient/$id/timeline' })
  const navigate = useNavigate()
  const stream = useStream(id, kind)
  const choose = (next: EntryKind | undefined) =>
    void navigate({ to: '/patient/$id/timeline', params: { id }, search: next ? { kind: next } : {}, replace: true })
  const broken = stream.error !== null && stream.rows.length === 0
  const isEmpty = !stream.isLoading && stream.rows.length === 0 && !stream.hasMore
  return (
    <div className={classes.page}>
      <KindFilter kind={kind} onChoose={choose} />
      {broken && <Trouble error={stream.error} retry={stream.retry} />}
      {stream.isLoading && <PageSkeleton />}
      {!broken && isEmpty && (
        <Nothing
          way={
            kind && (
              <Button variant="default" onClick={() => choose(undefined)}>
                {t('timeline.showAll')}
              </Button>
            )
          }
        >
          {t(kind ? 'timeline.emptyKind' : 'timeline.empty')}
        </Nothing>
      )}
      {!broken && !stream.isLoading && !isEmpty && <Stream key={kind ?? 'all'} id={id} stream={stream} />}
    </div>
  )
}
