import { useTranslation } from 'react-i18next'
import type { MedicationRequest } from '#fhir/r4'
import { dateText } from '#hospital/calendar'
import { dosageSentence, isInUse, medicationName, treatmentDay } from '#hospital/medication'
import { hospitalToday } from '../parts/hospital-today.ts'
import { Panel } from '../parts/panel.tsx'
import { languageNow } from '../text/index.ts'
import classes from './overview-page.module.css'

const MOST = 9

interface Props {
  readonly id: string
  readonly medicines: readonly MedicationRequest[]
}

/** What is taken today, with how. */
export function MedicinesPanel({ id, medicines }: Props) {
  const { t } = useTranslation()
  const today = hospitalToday()
  const inUse = medicines.filter((request) => isInUse(request, today))
  return (
    <Panel title={t('overview.medicines')} count={inUse.length} all={{ tab: 'medicines', id }}>
      {inUse.length === 0 ? (
        <p className={classes.none}>{t('overview.noMedicines')}</p>
      ) : (
        <ul className={classes.lines}>
          {inUse.slice(0, MOST).map((request) => {
            const day = treatmentDay(request, today)
            return (
              <li key={request.id} className={classes.line}>
                <span className={classes.main}>{medicationName(request)}</span>
                <span className={classes.aside}>
                  {day === null
                    ? t('overview.since', { date: dateText(request.authoredOn) })
                    : t('medicines.day', { count: day })}
                </span>
                <span className={classes.below}>{dosageSentence(request.dosageInstruction, languageNow())}</span>
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
