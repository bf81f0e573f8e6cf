import { useTranslation } from 'react-i18next'
import type { Observation } from '#fhir/r4'
import { dateTimeText } from '#hospital/calendar'
import { latestInOrder, valueText, type LatestResult } from '#hospital/laboratory'
import { Panel } from '../parts/panel.tsx'
import { ResultSign } from '../parts/result-sign.tsx'
import { Sparkline } from '../parts/sparkline.tsx'
import classes from './overview-page.module.css'

const MOST = 9
const COURSE = 12

interface Props {
  readonly id: string
  readonly vitals: readonly Observation[]
}

/** The newest of each vital sign with its recent course. */
export function VitalsPanel({ id, vitals }: Props) {
  const { t } = useTranslation()
  const latest = latestInOrder(vitals)
  const newest = latest.map((one) => one.at).sort((a, b) => Date.parse(b) - Date.parse(a))[0]
  return (
    <Panel title={t('overview.vitals')} aside={dateTimeText(newest)} all={{ tab: 'visits', id }}>
      {latest.length === 0 ? (
        <p className={classes.none}>{t('overview.noVitals')}</p>
      ) : (
        <div className={classes.vitals}>
          {latest.slice(0, MOST).map((one) => (
            <Vital key={one.row.key} latest={one} />
          ))}
        </div>
      )}
    </Panel>
  )
}

const figure = (observation: Observation): number | undefined =>
  observation.valueQuantity?.value ?? observation.component?.[0]?.valueQuantity?.value

function Vital({ latest: { row, cell, at } }: { readonly latest: LatestResult }) {
  const course = [...row.cells.values()].slice(0, COURSE).reverse()
  const values = course.map((cells) => cells[0] && figure(cells[0].observation)).filter((value) => value !== undefined)
  return (
    <div className={classes.vital} title={`${row.name} · ${dateTimeText(at)}`}>
      <span className={classes.name}>{row.name}</span>
      <span>
        <strong>{valueText(cell.observation, row.decimals)}</strong> {row.unit} <ResultSign is={cell.interpretation} />
      </span>
      <Sparkline values={values} />
    </div>
  )
}
