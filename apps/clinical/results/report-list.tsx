import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ListEnd } from '../parts/list-end.tsx'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { ReportCard } from './report-card.tsx'
import classes from './results-page.module.css'
import { useReports } from './use-reports.ts'

interface Props {
  readonly id: string
  readonly tabs: ReactNode
}

/** Images, function tests, cultures: each with its conclusion first. */
export function ReportList({ id, tabs }: Props) {
  const { t } = useTranslation()
  const reports = useReports(id)
  if (reports.error && reports.resources.length === 0) return <Trouble error={reports.error} retry={reports.retry} />
  return (
    <section className={classes.sheet}>
      <div className={classes.tools}>{tabs}</div>
      {reports.isLoading && <PageSkeleton />}
      {!reports.isLoading && reports.resources.length === 0 && <Nothing>{t('results.noReports')}</Nothing>}
      <div className={classes.reports} tabIndex={0}>
        {reports.resources.map((report) => (
          <ReportCard key={report.id} report={report} findings={reports.findings} />
        ))}
        {reports.error && <ListEnd pages={reports} />}
        {reports.hasMore && !reports.error && (
          <Button variant="default" loading={reports.isLoadingMore} onClick={reports.loadMore}>
            {t('more')}
          </Button>
        )}
      </div>
    </section>
  )
}
