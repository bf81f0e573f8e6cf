import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Composition, Condition, Encounter } from '#fhir/r4'
import { dateTimeText, daysBetween, periodText } from '#hospital/calendar'
import {
  compositionText,
  documentTitle,
  encounterDiagnoses,
  encounterPlace,
  encounterReason,
} from '#hospital/medical-record'
import { hospitalToday } from '../parts/hospital-today.ts'
import { Panel } from '../parts/panel.tsx'
import { useVisitClass } from '../parts/use-visit-class.ts'
import classes from './overview-page.module.css'

interface Props {
  readonly id: string
  readonly visits: readonly Encounter[]
  readonly diagnoses: readonly Condition[]
  readonly notes: readonly Composition[]
}

/** Why the patient is here, or was last; with the newest note. */
export function CarePanel({ id, visits, diagnoses, notes }: Props) {
  const { t } = useTranslation()
  const visitClass = useVisitClass()
  const current = visits.find((visit) => visit.status === 'in-progress')
  const visit = current ?? visits[0]
  if (!visit) {
    return (
      <Panel title={t('overview.why')}>
        <p className={classes.none}>{t('overview.noVisit')}</p>
      </Panel>
    )
  }
  const start = visit.period?.start
  const main = encounterDiagnoses(visit, diagnoses)[0]
  const reason = encounterReason(visit)
  const doctor = visit.participant?.[0]?.individual?.display
  return (
    <Panel
      title={t(current ? 'overview.why' : 'overview.lastVisit')}
      aside={<span className={classes.state}>{t(`visits.status.${visit.status}`)}</span>}
    >
      <div className={classes.care}>
        <h3>
          <Link to="/patient/$id/visits" params={{ id }} search={{ chosen: visit.id }}>
            {main?.name ?? (reason || visitClass(visit))}
          </Link>
        </h3>
        <p>{[visitClass(visit), encounterPlace(visit)].filter(Boolean).join(' · ')}</p>
        {main && reason && reason !== main.name && <p>{t('overview.because', { reason })}</p>}
        <p className="quiet">
          {periodText(start, visit.period?.end)}
          {current && start && ` · ${t('overview.stayDay', { count: daysBetween(start, hospitalToday()) + 1 })}`}
          {doctor && ` · ${doctor}`}
        </p>
        {notes[0] && <LatestNote note={notes[0]} id={id} />}
      </div>
    </Panel>
  )
}

const LONGEST = 220

function LatestNote({ note, id }: { readonly note: Composition; readonly id: string }) {
  const text = compositionText(note)
  return (
    <p className={classes.note}>
      <Link to="/patient/$id/documents" params={{ id }} search={{ chosen: `Composition/${note.id}` }}>
        {documentTitle(note)}
      </Link>{' '}
      <span className="quiet">{dateTimeText(note.date)}</span>
      <br />
      {text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}
    </p>
  )
}
