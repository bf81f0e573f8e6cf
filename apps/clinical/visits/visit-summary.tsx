import { useTranslation } from 'react-i18next'
import type { FhirResource } from '#fhir/r4'
import { dateTimeText } from '#hospital/calendar'
import { clinicalDate, encounterDiagnoses, entrySummary } from '#hospital/medical-record'
import { Nothing } from '../parts/nothing.tsx'
import { Panel } from '../parts/panel.tsx'
import type { useVisit } from './use-visits.ts'
import { VisitMoves } from './visit-moves.tsx'
import classes from './visits-page.module.css'

interface Props {
  readonly id: string
  readonly visit: NonNullable<ReturnType<typeof useVisit>['data']>
}

/** Diagnoses, moves, medicines, procedures and reports of one visit. */
export function VisitSummary({ id, visit }: Props) {
  const { t } = useTranslation()
  const { encounter, conditions, medicines, reports, procedures, orders } = visit
  const diagnoses = encounter ? encounterDiagnoses(encounter, conditions) : []
  const listed = [medicines, procedures, orders, reports]
  const isEmpty = diagnoses.length === 0 && listed.every((resources) => resources.length === 0)
  return (
    <div className={classes.body} tabIndex={0}>
      {isEmpty && <Nothing>{t('visits.nothing')}</Nothing>}
      <div className={classes.summary}>
        {diagnoses.length > 0 && (
          <Panel title={t('visits.diagnosis')} count={diagnoses.length}>
            <ul className={classes.lines}>
              {diagnoses.map((one, at) => (
                <li key={`${one.role} ${at}`}>
                  <span>
                    <strong>{one.name}</strong>
                    <span className={classes.role}>{one.roleText}</span>
                  </span>
                  <span className="quiet">{one.code}</span>
                </li>
              ))}
            </ul>
          </Panel>
        )}
        {encounter && <VisitMoves encounter={encounter} />}
        <Listed title={t('kind.procedure')} resources={procedures} />
        <Listed title={t('kind.medicine')} resources={medicines} />
        <Listed title={t('overview.orders')} resources={orders} />
        <Listed title={t('visits.results')} resources={reports} all={{ tab: 'results', id }} />
      </div>
    </div>
  )
}

interface ListedProps {
  readonly title: string
  readonly resources: readonly FhirResource[]
  readonly all?: { readonly tab: 'results'; readonly id: string }
}

function Listed({ title, resources, all }: ListedProps) {
  if (resources.length === 0) return null
  return (
    <Panel title={title} count={resources.length} all={all}>
      <ul className={classes.lines}>
        {resources.map((resource) => {
          const { title: name, detail } = entrySummary(resource)
          return (
            <li key={`${resource.resourceType}/${resource.id}`}>
              <strong>{name}</strong>
              <span className="quiet">{dateTimeText(clinicalDate(resource))}</span>
              {detail && <span className={classes.below}>{detail}</span>}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
