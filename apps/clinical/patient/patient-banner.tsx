import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { dateText, shortDateText } from '#hospital/calendar'
import { hospitalToday } from '../parts/hospital-today.ts'
import { AgeText } from '../parts/age-text.tsx'
import { AllergyMark, ClosedAllergyMark } from './allergy-mark.tsx'
import { AlertMarks } from './alert-marks.tsx'
import { InsuranceMark } from './insurance-mark.tsx'
import { NearNameMark } from './near-name-mark.tsx'
import classes from './patient-banner.module.css'
import type { ShownBanner } from './use-banner.ts'

/** Who this is. Always in view, the same order everywhere: on the screen, in dialogs and on paper. */
export function PatientBanner({ facts }: { readonly facts: ShownBanner }) {
  const { t } = useTranslation()
  const isClosed = (type: string) => facts.closed.includes(type)
  const { name, birthDate, age, gender, code, diedOn, place, weight } = facts
  return (
    <section className={classes.banner} aria-label={t('person.code') + ' ' + code} data-testid="patient-banner">
      <h1 className={classes.name} title={name}>
        {name.toLocaleUpperCase('vi') || t('find.noName')}
      </h1>
      <span className={classes.fact}>
        {dateText(birthDate)}{' '}
        {age && (
          <b>
            (<AgeText age={age} />)
          </b>
        )}
      </span>
      <span className={classes.fact}>{t(`person.${gender ?? 'unknown'}`)}</span>
      <span className={classes.fact}>{code}</span>
      {diedOn !== undefined && (
        <span className={classes.died}>
          {diedOn ? t('person.died', { date: dateText(diedOn) }) : t('person.diedUnknown')}
        </span>
      )}
      {place.length > 0 && <span className={classes.place}>{place.join(' – ')}</span>}
      {!isClosed('Coverage') && <InsuranceMark insurance={facts.insurance} />}
      {isClosed('AllergyIntolerance') ? <ClosedAllergyMark /> : <AllergyMark allergy={facts.allergy} />}
      <AlertMarks alerts={facts.alerts} />
      <NearNameMark facts={facts} />
      {weight && (
        <span className={classes.fact} title={t('person.weightAt', { date: dateText(weight.at) })}>
          {weight.text} <span className="quiet">({shortDateText(weight.at, hospitalToday())})</span>
        </span>
      )}
    </section>
  )
}

/** Holds the banner's place while it loads, so that nothing jumps. */
export function BannerSkeleton() {
  const { t } = useTranslation()
  return (
    <div className={classes.banner} aria-busy aria-label={t('loading')}>
      <Skeleton height={18} width={240} />
      <Skeleton height={14} width={420} />
    </div>
  )
}
