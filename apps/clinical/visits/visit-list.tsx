import { useTranslation } from 'react-i18next'
import { dateText, daysBetween } from '#hospital/calendar'
import { encounterDiagnoses, encounterPlace, encounterReason } from '#hospital/medical-record'
import { PickList } from '../parts/pick-list.tsx'
import { useVisitClass } from '../parts/use-visit-class.ts'
import type { useVisits } from './use-visits.ts'
import classes from './visits-page.module.css'

interface Props {
  readonly visits: ReturnType<typeof useVisits>
  readonly chosen: string | undefined
  readonly onChoose: (visit: string) => void
}

/** Each visit by date, kind, main diagnosis and place. */
export function VisitList({ visits, chosen, onChoose }: Props) {
  const { t } = useTranslation()
  const visitClass = useVisitClass()
  return (
    <PickList
      label={t('visits.list')}
      items={visits.resources}
      keyOf={(visit) => visit.id ?? ''}
      chosen={chosen}
      onChoose={onChoose}
      rowHeight={64}
      onNearEnd={visits.loadMore}
      draw={(visit) => {
        const { start, end } = visit.period ?? {}
        const days = start && end ? daysBetween(start, end) : 0
        const main = encounterDiagnoses(visit, visits.conditions)[0]?.name
        return (
          <div className={classes.visit} data-current={visit.status === 'in-progress' || undefined}>
            <span className={classes.when}>
              {dateText(start)}
              {days > 0 && ` – ${dateText(end)}`}
              {visit.status === 'in-progress' && ` – ${t('visits.now')}`}
            </span>
            <span className={classes.kind} data-kind={visit.class.code}>
              {visitClass(visit)}
              {days > 0 && ` · ${t('visits.days', { count: days })}`}
            </span>
            <span className={classes.why}>{main ?? encounterReason(visit)}</span>
            <span className={classes.where}>
              {[main && encounterReason(visit), encounterPlace(visit)].filter(Boolean).join(' · ')}
            </span>
          </div>
        )
      }}
    />
  )
}
