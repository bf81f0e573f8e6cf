import { useTranslation } from 'react-i18next'
import type { Encounter, EncounterLocation } from '#fhir/r4'
import { periodText } from '#hospital/calendar'
import { Panel } from '../parts/panel.tsx'
import classes from './visits-page.module.css'

/** From department to department, bed to bed. Nothing when the patient never moved. */
export function VisitMoves({ encounter }: { readonly encounter: Encounter }) {
  const { t } = useTranslation()
  const places = encounter.location ?? []
  if (places.length < 2) return null
  // Claim files name departments without times: nobody knows that the patient is there still.
  const isOpen = ({ period }: EncounterLocation) =>
    encounter.status === 'in-progress' && period?.start !== undefined && period.end === undefined
  return (
    <Panel title={t('visits.moves')} count={places.length}>
      <ol className={classes.lines}>
        {places.map((place, at) => (
          <li key={`${place.location.reference} ${at}`}>
            <strong>{place.location.display}</strong>
            <span className="quiet">
              {periodText(place.period?.start, place.period?.end)}
              {isOpen(place) && ` – ${t('visits.now')}`}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
