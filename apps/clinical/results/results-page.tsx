import { useParams, useSearch } from '@tanstack/react-router'
import { ReportList } from './report-list.tsx'
import { ResultSheet } from './result-sheet.tsx'
import { ResultTabs } from './result-tabs.tsx'

/** Results in two readings: the laboratory's figures as a sheet, and what others wrote in words. */
export function ResultsPage() {
  const { id } = useParams({ from: '/frame/patient/$id' })
  const { view } = useSearch({ from: '/frame/patient/$id/results' })
  const tabs = <ResultTabs id={id} />
  return view === 'reports' ? <ReportList id={id} tabs={tabs} /> : <ResultSheet id={id} tabs={tabs} />
}
