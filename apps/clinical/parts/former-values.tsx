import { useTranslation } from 'react-i18next'
import type { Observation } from '#fhir/r4'
import { dateTimeText } from '#hospital/calendar'
import { isCorrected } from '#hospital/laboratory'
import classes from './former-values.module.css'
import { useFormerValues } from './use-former-values.ts'

interface Props {
  readonly observation: Observation
  /** as the value beside it is written */
  readonly decimals?: number
}

/** What a corrected result said before, struck through, with the mark of a correction. Nothing for other results. */
export function FormerValues({ observation, decimals }: Props) {
  const { t } = useTranslation()
  const former = useFormerValues(observation, decimals)
  if (!isCorrected(observation)) return null
  return (
    <span className={classes.former}>
      {former.map(({ text, until }) => (
        <del key={text} title={t('results.former', { value: text, until: dateTimeText(until) })}>
          {text}
        </del>
      ))}{' '}
      <span className={classes.mark}>{t('results.corrected')}</span>
    </span>
  )
}
