import { useTranslation } from 'react-i18next'
import { dateText, timeText } from '#hospital/calendar'
import classes from './result-table.module.css'

/** px of one time */
export const COLUMN = 86
/** px of the names, which stay in view */
export const FIRST_COLUMN = 310

interface Props {
  /** px of the times scrolled past and of those to come, which are not drawn */
  readonly before: number
  readonly after: number
  readonly times: readonly string[]
}

/** Widths and times of the columns in view. */
export function ResultTableHead({ before, times, after }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <colgroup>
        <col style={{ width: FIRST_COLUMN }} />
        <col style={{ width: before }} />
        {times.map((time) => (
          <col key={time} style={{ width: COLUMN }} />
        ))}
        <col style={{ width: after }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className={classes.first}>
            <span className={classes.test}>
              <span>{t('results.test')}</span>
              <span className="quiet">{t('results.range')}</span>
            </span>
          </th>
          <td />
          {times.map((time) => (
            <th key={time} scope="col" className={classes.time}>
              {dateText(time)}
              <br />
              {timeText(time)}
            </th>
          ))}
          <td />
        </tr>
      </thead>
    </>
  )
}
