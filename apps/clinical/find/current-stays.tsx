import { Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { daysBetween } from '#hospital/calendar'
import { fullName } from '#hospital/identification'
import { encounterPlace, encounterReason } from '#hospital/medical-record'
import { hospitalToday } from '../parts/hospital-today.ts'
import classes from './find-page.module.css'
import { useCurrentStays, type Stay } from './use-current-stays.ts'

/** Who lies in the wards now, by department. A convenience: when it cannot be read the search still works. */
export function CurrentStays() {
  const { t } = useTranslation()
  const { data, isPending } = useCurrentStays()
  if (isPending) return <Skeleton height={180} />
  if (!data || data.length === 0) return null
  const wards = [
    ...Map.groupBy(data, ({ encounter }) => encounter.serviceProvider?.display ?? encounterPlace(encounter)),
  ]
  wards.sort(([a], [b]) => a.localeCompare(b, 'vi'))
  return (
    <section aria-label={t('find.stays')}>
      <h2 className={classes.heading}>{t('find.stays')}</h2>
      <div className={classes.stays}>
        {wards.map(([ward, stays]) => (
          <section key={ward} className={classes.ward} aria-label={ward}>
            <h3>
              <span>{ward}</span>
              <span className="quiet">{stays.length}</span>
            </h3>
            <ul>
              {stays.map((stay) => (
                <StayLine key={stay.encounter.id} stay={stay} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  )
}

function StayLine({ stay: { encounter, patient } }: { readonly stay: Stay }) {
  const { t } = useTranslation()
  const start = encounter.period?.start
  return (
    <li>
      <Link to="/patient/$id/overview" params={{ id: patient.id ?? '' }} className={classes.stay}>
        <span>
          <strong>{fullName(patient) || t('find.noName')}</strong>{' '}
          <span className="quiet">{patient.birthDate?.slice(0, 4)}</span>
        </span>
        <span className="quiet">{start && t('find.day', { count: daysBetween(start, hospitalToday()) + 1 })}</span>
        <span className={classes.why}>{encounterReason(encounter)}</span>
      </Link>
    </li>
  )
}
