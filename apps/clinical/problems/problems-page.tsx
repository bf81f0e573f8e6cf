import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Panel } from '../parts/panel.tsx'
import { PanelPage } from '../parts/panel-page.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { AllergyPanel } from './allergy-panel.tsx'
import { ProblemTable } from './problem-table.tsx'
import { useAllergies, useProblems } from './use-problems.ts'

/** Allergies above, because they can kill; then what is followed, what is over. */
export function ProblemsPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/frame/patient/$id' })
  const { problems, isLoading, error, retry } = useProblems(id)
  const allergies = useAllergies(id)
  if (error || (allergies.error && !allergies.data)) {
    return (
      <Trouble
        error={error ?? allergies.error}
        retry={() => {
          retry()
          void allergies.refetch()
        }}
      />
    )
  }
  if (isLoading || !allergies.data) return <PageSkeleton />
  const active = problems.filter((problem) => problem.active)
  const past = problems.filter((problem) => !problem.active)
  return (
    <PanelPage>
      <AllergyPanel records={allergies.data} />
      <Panel title={t('problems.active')} count={active.length}>
        {active.length === 0 ? <Nothing>{t('problems.noneActive')}</Nothing> : <ProblemTable problems={active} />}
      </Panel>
      {past.length > 0 && (
        <Panel title={t('problems.past')} count={past.length}>
          <ProblemTable problems={past} over />
        </Panel>
      )}
    </PanelPage>
  )
}
