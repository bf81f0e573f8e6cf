import { useTranslation } from 'react-i18next'
import type { Encounter } from '#fhir/r4'
import { dateTimeText } from '#hospital/calendar'
import { Panel } from '../parts/panel.tsx'
import classes from './visits-page.module.css'

/** From department to department, bed to bed. Nothing when the patient never moved. */
export function VisitMoves({ encounter }: { readonly encounter: Encounter }) {
  const { t } = useTranslation()
  const places = encounter.location ?? []
  if (places.length < 2) return null
  return (
    <Panel title={t('visits.moves')} count={places.length}>
      <ol className={classes.lines}>
        {places.map((place, at) => (
          <li key={`${place.location.reference} ${at}`}>
            <strong>{place.location.display}</strong>
            <span className="quiet">
              {dateTimeText(place.period?.start)} –{' '}
              {place.period?.end ? dateTimeText(place.period.end) : t('visits.now')}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
