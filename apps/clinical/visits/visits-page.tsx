import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListAndChosen } from '../parts/list-and-chosen.tsx'
import { ListEnd } from '../parts/list-end.tsx'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useVisits, type VisitFilter } from './use-visits.ts'
import { VisitDetail } from './visit-detail.tsx'
import { VisitFilters } from './visit-filters.tsx'
import type { VisitPart } from './visit-parts.ts'
import { VisitList } from './visit-list.tsx'
import classes from './visits-page.module.css'

/** The list of visits and stays on the left, the chosen one on the right. */
export function VisitsPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/frame/patient/$id' })
  const { chosen, part = 'summary' } = useSearch({ from: '/frame/patient/$id/visits' })
  const navigate = useNavigate()
  const [filter, setFilter] = useState<VisitFilter>({})
  const visits = useVisits(id, filter)
  const shown = chosen ?? visits.resources[0]?.id
  const go = (search: { chosen?: string; part?: VisitPart }) =>
    void navigate({ to: '/patient/$id/visits', params: { id }, search, replace: true })

  if (visits.error && visits.resources.length === 0) return <Trouble error={visits.error} retry={visits.retry} />
  return (
    <ListAndChosen
      list={
        <>
          <VisitFilters filter={filter} onChange={setFilter} count={visits.total} />
          {visits.isLoading && <PageSkeleton />}
          {!visits.isLoading && visits.resources.length === 0 && <Nothing>{t('visits.none')}</Nothing>}
          <VisitList visits={visits} chosen={shown} onChoose={(visit) => go({ chosen: visit, part })} />
          {visits.error && <ListEnd pages={visits} />}
        </>
      }
    >
      <section className={classes.detail}>
        {shown ? (
          <VisitDetail
            key={shown}
            id={id}
            visit={shown}
            part={part}
            onPart={(next) => go({ chosen: shown, part: next })}
          />
        ) : (
          !visits.isLoading && <Nothing>{t('visits.pick')}</Nothing>
        )}
      </section>
    </ListAndChosen>
  )
}
