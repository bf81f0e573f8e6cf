import { useParams } from '@tanstack/react-router'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { CarePanel } from './care-panel.tsx'
import { MedicinesPanel } from './medicines-panel.tsx'
import { OrdersPanel } from './orders-panel.tsx'
import classes from './overview-page.module.css'
import { PapersPanel } from './papers-panel.tsx'
import { ProblemsPanel } from './problems-panel.tsx'
import { ResultsPanel } from './results-panel.tsx'
import { useOverview } from './use-overview.ts'
import { VisitsPanel } from './visits-panel.tsx'
import { VitalsPanel } from './vitals-panel.tsx'

/** One look: why here, problems, vital signs, what is new and abnormal, drugs, what is pending. */
export function OverviewPage() {
  const { id } = useParams({ from: '/frame/patient/$id' })
  const { data, error, refetch } = useOverview(id)
  if (error && !data) return <Trouble error={error} retry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  return (
    <div className={classes.page} tabIndex={0}>
      <div className={classes.column}>
        <CarePanel id={id} visits={data.visits} diagnoses={data.diagnoses} notes={data.notes} />
        <ProblemsPanel id={id} conditions={data.conditions} />
        <VisitsPanel id={id} visits={data.visits} diagnoses={data.diagnoses} count={data.visitCount} />
      </div>
      <div className={classes.column}>
        <VitalsPanel id={id} vitals={data.vitals} />
        <ResultsPanel id={id} results={data.results} />
      </div>
      <div className={classes.column}>
        <MedicinesPanel id={id} medicines={data.medicines} />
        <OrdersPanel id={id} orders={data.orders} />
        <PapersPanel id={id} notes={data.notes} documents={data.documents} />
      </div>
    </div>
  )
}
