import { Outlet, useMatchRoute, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { openChart } from '../frame/open-charts-store.ts'
import { useKeys } from '../frame/use-keys.ts'
import { Trouble } from '../parts/trouble.tsx'
import classes from './chart-page.module.css'
import { ChartTabs } from './chart-tabs-bar.tsx'
import { CHART_TABS } from './chart-tabs.ts'
import { BannerSkeleton, PatientBanner } from './patient-banner.tsx'
import { useBanner } from './use-banner.ts'
import { useTabsAhead } from './use-tabs-ahead.ts'

/** One patient's chart: banner and tabs stay, the page below changes. */
export function ChartPage() {
  const { id } = useParams({ from: '/frame/patient/$id' })
  const navigate = useNavigate()
  const banner = useBanner(id)
  useTabsAhead(id)
  const name = banner.data?.name
  // a paper that is open is what Ctrl+P means; elsewhere it is the summary
  const onPaper = Boolean(useMatchRoute()({ to: '/patient/$id/documents' }))

  const tabKeys = CHART_TABS.map((tab, at) => [
    `Alt+${at + 1}`,
    () => void navigate({ to: `/patient/$id/${tab}`, params: { id } }),
  ])
  useKeys({
    ...Object.fromEntries(tabKeys),
    'Ctrl+P': () => (onPaper ? window.print() : void navigate({ to: '/patient/$id/print', params: { id } })),
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
        <Outlet />
      </div>
    </>
  )
}
