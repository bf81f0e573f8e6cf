import { IconUsers } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ageOn, dateText } from '#hospital/calendar'
import { fullName, numberOf, patientCode, type FoundPatient } from '#hospital/identification'
import { AgeText } from '../parts/age-text.tsx'
import { hospitalToday } from '../parts/hospital-today.ts'
import pickable from '../parts/pickable.module.css'
import classes from './found-list.module.css'

interface Props {
  readonly found: FoundPatient
  readonly selected: boolean
  readonly onChoose: () => void
}

/** Name, birth date, age, sex and code: what two people with one name differ in. */
export function FoundRow({ found: { patient, sameName }, selected, onChoose }: Props) {
  const { t } = useTranslation()
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  const personalId = numberOf(patient.identifier, 'personalId')
  const phone = patient.telecom?.find((contact) => contact.system === 'phone')?.value
  const address = patient.address?.[0]
  return (
    <li
      ref={row}
      id={`found-${patient.id}`}
      role="option"
      aria-selected={selected}
      className={`${classes.row} ${pickable.line}`}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className={classes.name}>
        {fullName(patient) || t('find.noName')}
        {sameName && (
          <span className={classes.same} title={t('find.sameNameHint')}>
            <IconUsers size={13} aria-hidden />
            {t('find.sameName')}
          </span>
        )}
      </span>
      <span>{dateText(patient.birthDate)}</span>
      <span>
        <AgeText age={ageOn(patient.birthDate, patient.deceasedDateTime ?? hospitalToday())} />
      </span>
      <span>{t(`person.${patient.gender ?? 'unknown'}`)}</span>
      <span>{patientCode(patient)}</span>
      <span className={classes.rest}>
        {[personalId, phone, address?.text ?? address?.city].filter(Boolean).join(' · ')}
      </span>
    </li>
  )
}
