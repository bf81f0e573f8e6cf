import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateTimeText } from '#hospital/calendar'
import { useOverview } from '../overview/use-overview.ts'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { PatientBanner } from '../patient/patient-banner.tsx'
import { ClosedChart } from '../glass/closed-chart.tsx'
import { isPageOpen } from '../patient/chart-needs.ts'
import { useBanner } from '../patient/use-banner.ts'
import { useChartStanding } from '../session/standing.ts'
import classes from './print-page.module.css'
import { PrintSections } from './print-sections.tsx'
import { PrintTools } from './print-tools.tsx'

/** The chart on A4: what is on the screen here is what the printer draws. The banner repeats on every sheet. */
export function PrintPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/patient/$id/print' })
  const banner = useBanner(id)
  const overview = useOverview(id)
  const standing = useChartStanding(id)
  const [now] = useState(() => dateTimeText(new Date().toISOString()))
  if (standing.data && !isPageOpen(standing.data, 'overview'))
    return <ClosedChart id={id} name={banner.data?.name ?? ''} standing={standing.data} />
  const error = banner.error ?? overview.error
  if (error && !(banner.data && overview.data)) {
    return (
      <Trouble
        error={error}
        retry={() => {
          void banner.refetch()
          void overview.refetch()
        }}
      />
    )
  }
  if (!banner.data || !overview.data || !standing.data) return <PageSkeleton />
  return (
    <main className={`light-always ${classes.desk}`}>
      <PrintTools id={id} />
      {/* a table, because only table heads repeat on every printed page */}
      <table className={classes.sheet}>
        <thead>
          <tr>
            <td>
              <PatientBanner facts={banner.data} />
              <p className={classes.printed}>
                <span>
                  {t('product')} · {t('print.title')}
                </span>
                <span>{t('print.printed', { time: now })}</span>
              </p>
            </td>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>
              <PrintSections overview={overview.data} allergy={banner.data.allergy} />
            </td>
          </tr>
        </tbody>
        <tfoot>
          <tr>
            <td className={classes.notice}>{t('print.notice')}</td>
          </tr>
        </tfoot>
      </table>
    </main>
  )
}
