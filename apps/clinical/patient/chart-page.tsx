import { useMutation } from '@tanstack/react-query'
import { Outlet, useMatchRoute, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { openChart } from '../frame/open-charts-store.ts'
import { useKeys } from '../frame/use-keys.ts'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { printTold } from '../print/print-told.ts'
import { ServerProblem } from '../server/index.ts'
import { useChartStanding } from '../session/standing.ts'
import classes from './chart-page.module.css'
import { isPageOpen } from './chart-needs.ts'
import { ChartTabs } from './chart-tabs-bar.tsx'
import { CHART_TABS } from './chart-tabs.ts'
import { BannerSkeleton, PatientBanner } from './patient-banner.tsx'
import { useBanner, type ShownBanner } from './use-banner.ts'
import { useTabsAhead } from './use-tabs-ahead.ts'

const ClosedChart = lazy(() => import('../glass/closed-chart.tsx').then((it) => ({ default: it.ClosedChart })))

/** One patient's chart: banner and tabs stay, the page below changes. */
export function ChartPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/frame/patient/$id' })
  const navigate = useNavigate()
  const banner = useBanner(id)
  const standing = useChartStanding(id)
  useTabsAhead(id)
  const name = banner.data?.name
  // a paper that is open is what Ctrl+P means; elsewhere it is the summary
  const matches = useMatchRoute()
  const onPaper = Boolean(matches({ to: '/patient/$id/documents' }))
  const tab = CHART_TABS.find((one) => matches({ to: `/patient/$id/${one}` }))
  const isClosed = standing.data && tab && !isPageOpen(standing.data, tab)
  const { chosen } = useSearch({ strict: false })

  const tabKeys = CHART_TABS.map((one, at) => [
    `Alt+${at + 1}`,
    () => void navigate({ to: `/patient/$id/${one}`, params: { id } }),
  ])
  const printing = useMutation({
    mutationFn: () => printTold([`Patient/${id}`, ...(chosen ? [chosen] : [])], t('tabs.documents')),
  })
  const printPaper = () => printing.mutate()
  useKeys({
    ...Object.fromEntries(tabKeys),
    'Ctrl+P': () => (onPaper ? printPaper() : void navigate({ to: '/patient/$id/print', params: { id } })),
  })

  useEffect(() => {
    if (name === undefined) return undefined
    openChart(id, name)
    const before = document.title
    document.title = `${name} · Lành`
    return () => {
      document.title = before
    }
  }, [id, name])

  if (banner.error && !banner.data) return <Trouble error={banner.error} retry={() => void banner.refetch()} />
  return (
    <>
      {banner.data ? <PatientBanner facts={banner.data} /> : <BannerSkeleton />}
      <ChartTabs id={id} isInvented={banner.data?.isInvented ?? false} />
      {/* the key makes every page start afresh: nothing of one patient can stay on the screen of another */}
      <div className={`printable ${classes.page}`} key={id}>
        {printing.error instanceof ServerProblem && (
          <p className={classes.refused} role="alert">
            {printing.error.said}
          </p>
        )}
        {!standing.data && <PageSkeleton />}
        {standing.data && isClosed && (
          <Suspense>
            <ClosedChart id={id} name={banner.data ? nameAndYear(banner.data) : ''} standing={standing.data} />
          </Suspense>
        )}
        {standing.data && !isClosed && <Outlet />}
      </div>
    </>
  )
}

/** Dangerous dialogs say who it is about: name and year of birth. */
const nameAndYear = ({ name, birthDate }: ShownBanner): string =>
  [name, birthDate?.slice(0, 4)].filter(Boolean).join(' · ')
