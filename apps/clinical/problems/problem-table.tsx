import { useTranslation } from 'react-i18next'
import { dateText } from '#hospital/calendar'
import type { Problem } from '#hospital/medical-record'
import classes from './problems-page.module.css'

interface Props {
  readonly problems: readonly Problem[]
  /** problems that ended: shows until when */
  readonly over?: boolean
}

/** One problem a row, gathered over the visits that named it. */
export function ProblemTable({ problems, over = false }: Props) {
  const { t } = useTranslation()
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('problems.code')}</th>
            <th scope="col">{t('problems.name')}</th>
            <th scope="col">{t('problems.since')}</th>
            <th scope="col">{over ? t('problems.until') : t('problems.last')}</th>
            <th scope="col">{t('problems.seen')}</th>
            <th scope="col">{t('problems.recorder')}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map((problem) => (
            <tr key={problem.key}>
              <td>{problem.code}</td>
              <th scope="row">{problem.name}</th>
              <td>{dateText(problem.since)}</td>
              <td>{dateText(over ? problem.until : problem.last)}</td>
              <td>{problem.times}</td>
              <td>{problem.recorder}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
