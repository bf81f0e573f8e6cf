import { useTranslation } from 'react-i18next'
import { dateText } from '#hospital/calendar'
import { hospitalToday } from '../parts/hospital-today.ts'
import { languageNow } from '../text/index.ts'
import classes from './timeline-page.module.css'

const weekdays = {
  vi: new Intl.DateTimeFormat('vi', { weekday: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }),
}

const WHOLE_DAY = /^\d{4}-\d{2}-\d{2}$/

/** `Thứ Sáu, 20/11/2026`, with the word for today and yesterday. */
export function DayHeading({ day }: { readonly day: string }) {
  const { t } = useTranslation()
  if (!day) return <h2 className={classes.day}>{t('undated')}</h2>
  const weekday = WHOLE_DAY.test(day) ? weekdays[languageNow()].format(new Date(day)) : ''
  const ago = (Date.parse(hospitalToday()) - Date.parse(day)) / 86_400_000
  return (
    <h2 className={classes.day}>
      {[weekday, dateText(day)].filter(Boolean).join(', ')}
      {ago === 0 && <span className={classes.ago}>{t('today')}</span>}
      {ago === 1 && <span className={classes.ago}>{t('yesterday')}</span>}
    </h2>
  )
}
