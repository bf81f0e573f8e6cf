import { useTranslation } from 'react-i18next'
import type { Condition } from '#fhir/r4'
import { dateText } from '#hospital/calendar'
import { problemList } from '#hospital/medical-record'
import { Panel } from '../parts/panel.tsx'
import classes from './overview-page.module.css'

const MOST = 8
/** A longer code is no ICD-10 and tells a reader nothing. */
const LONGEST_ICD = 7

interface Props {
  readonly id: string
  readonly conditions: readonly Condition[]
}

/** What is being followed, the chronic before the passing. */
export function ProblemsPanel({ id, conditions }: Props) {
  const { t } = useTranslation()
  const problems = problemList(conditions).filter((problem) => problem.active)
  return (
    <Panel title={t('overview.problems')} count={problems.length} all={{ tab: 'problems', id }}>
      {problems.length === 0 ? (
        <p className={classes.none}>{t('overview.noProblems')}</p>
      ) : (
        <ul className={classes.lines}>
          {problems.slice(0, MOST).map((problem) => (
            <li key={problem.key} className={classes.line}>
              <span className={classes.main}>
                {problem.code.length <= LONGEST_ICD && <span className={classes.code}>{problem.code}</span>}
                {problem.name}
              </span>
              <span className={classes.aside}>
                {problem.since && t('overview.since', { date: dateText(problem.since) })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
