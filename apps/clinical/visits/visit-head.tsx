import { useTranslation } from 'react-i18next'
import type { Condition, Encounter } from '#fhir/r4'
import { daysBetween, periodText } from '#hospital/calendar'
import { conceptText } from '#hospital/laboratory'
import { encounterDiagnoses, encounterPlace, encounterReason } from '#hospital/medical-record'
import { useVisitClass } from '../parts/use-visit-class.ts'

interface Props {
  readonly encounter: Encounter
  readonly conditions: readonly Condition[]
}

/** What, when, where, with whom, and how it ended. */
export function VisitHead({ encounter, conditions }: Props) {
  const { t } = useTranslation()
  const visitClass = useVisitClass()
  const { start, end } = encounter.period ?? {}
  const main = encounterDiagnoses(encounter, conditions)[0]
  const reason = encounterReason(encounter)
  const days = start && end ? daysBetween(start, end) : 0
  const doctor = encounter.participant?.[0]?.individual?.display
  const outcome = conceptText(encounter.hospitalization?.dischargeDisposition)
  const now = !end && encounter.status === 'in-progress' ? ` – ${t('visits.now')}` : ''
  return (
    <>
      <h2>{main ? `${main.name}${main.code && ` (${main.code})`}` : reason || visitClass(encounter)}</h2>
      <p>
        {[
          visitClass(encounter),
          t(`visits.status.${encounter.status}`),
          periodText(start, end) + now + (days > 0 ? ` (${t('visits.days', { count: days })})` : ''),
        ].join(' · ')}
      </p>
      <p className="quiet">
        {[main ? reason : '', encounterPlace(encounter), doctor, outcome].filter(Boolean).join(' · ')}
      </p>
    </>
  )
}
