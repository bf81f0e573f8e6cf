import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { CHART_TABS } from './chart-tabs.ts'

/** Long enough for the page that was asked for to be drawn first. */
const REST_MS = 1200

/** Fetches the scripts of the other pages of the chart while nobody waits, so that the first switch is as quick as the second. */
export function useTabsAhead(id: string): void {
  const router = useRouter()
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const tab of CHART_TABS) void router.preloadRoute({ to: `/patient/$id/${tab}`, params: { id } })
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [router, id])
}
