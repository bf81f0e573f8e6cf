import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Condition, Encounter } from '#fhir/r4'
import { dateText } from '#hospital/calendar'
import { encounterDiagnoses, encounterPlace, encounterReason } from '#hospital/medical-record'
import { Panel } from '../parts/panel.tsx'
import { useVisitClass } from '../parts/use-visit-class.ts'
import classes from './overview-page.module.css'

interface Props {
  readonly id: string
  readonly visits: readonly Encounter[]
  readonly diagnoses: readonly Condition[]
  readonly count: number | undefined
}

/** The last visits and stays; the count is that of all of them. */
export function VisitsPanel({ id, visits, diagnoses, count }: Props) {
  const { t } = useTranslation()
  const visitClass = useVisitClass()
  if (visits.length === 0) return null
  return (
    <Panel title={t('overview.visits')} count={count} all={{ tab: 'visits', id }}>
      {visits.map((visit) => (
        <Link
          key={visit.id}
          to="/patient/$id/visits"
          params={{ id }}
          search={{ chosen: visit.id }}
          className={classes.line}
        >
          <span className={classes.main}>
            {encounterDiagnoses(visit, diagnoses)[0]?.name ?? (encounterReason(visit) || visitClass(visit))}
          </span>
          <span className={classes.aside}>{dateText(visit.period?.start)}</span>
          <span className={classes.below}>
            {[visitClass(visit), encounterPlace(visit)].filter(Boolean).join(' · ')}
          </span>
        </Link>
      ))}
    </Panel>
  )
}
