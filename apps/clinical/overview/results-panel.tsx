import { useTranslation } from 'react-i18next'
import type { Observation } from '#fhir/r4'
import { dateTimeText, shortDateText } from '#hospital/calendar'
import { isAbnormal, latestResults, valueText, type LatestResult } from '#hospital/laboratory'
import { FormerValues } from '../parts/former-values.tsx'
import { hospitalToday } from '../parts/hospital-today.ts'
import { Panel } from '../parts/panel.tsx'
import { ResultSign } from '../parts/result-sign.tsx'
import classes from './overview-page.module.css'

const MOST = 14

interface Props {
  readonly id: string
  readonly results: readonly Observation[]
}

/** The newest value of each test, the dangerous first. */
export function ResultsPanel({ id, results }: Props) {
  const { t } = useTranslation()
  const latest = latestResults(results)
  const abnormal = latest.filter((one) => isAbnormal(one.cell.interpretation)).length
  // without a word or a range from the laboratory nothing is judged, so nothing is called normal
  const allNormal = latest.length > 0 && latest.every((one) => one.cell.interpretation === 'normal')
  const aside = abnormal > 0 ? t('overview.abnormal', { count: abnormal }) : allNormal && t('overview.allNormal')
  return (
    <Panel title={t('overview.results')} aside={aside} all={{ tab: 'results', id }}>
      {latest.length === 0 ? (
        <p className={classes.none}>{t('overview.noResults')}</p>
      ) : (
        latest.slice(0, MOST).map((one) => <Result key={one.row.key} latest={one} />)
      )}
    </Panel>
  )
}

function Result({ latest: { row, cell, at, before } }: { readonly latest: LatestResult }) {
  const earlier = before && valueText(before.observation, row.decimals)
  return (
    <div className={classes.result} title={`${row.name} · ${dateTimeText(at)}${earlier ? ` ← ${earlier}` : ''}`}>
      <span className={classes.main}>{row.name}</span>
      <span className={classes.value}>
        <ResultSign is={cell.interpretation} /> {valueText(cell.observation, row.decimals)}{' '}
        <span className="quiet">{row.unit}</span>{' '}
        <FormerValues observation={cell.observation} decimals={row.decimals} />
      </span>
      <span className={classes.range}>{row.range}</span>
      <span className={classes.when}>{shortDateText(at, hospitalToday())}</span>
    </div>
  )
}
