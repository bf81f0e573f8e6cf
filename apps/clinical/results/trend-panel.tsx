import { Skeleton } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateText, dateTimeText } from '#hospital/calendar'
import { collectedAt, valueText, type ResultRow, type Trend, type TrendPoint } from '#hospital/laboratory'
import { FormerValues } from '../parts/former-values.tsx'
import { Nothing } from '../parts/nothing.tsx'
import { ResultSign } from '../parts/result-sign.tsx'
import { TimeChart } from '../parts/time-chart.tsx'
import { Trouble } from '../parts/trouble.tsx'
import classes from './results-page.module.css'
import { useTrend } from './use-results.ts'

const HEIGHT = 230
const LISTED = 60

interface Props {
  readonly id: string
  readonly row: ResultRow
}

/** The course of one test: value under the pointer, chart with the reference band, and the values as a list. */
export function TrendPanel({ id, row }: Props) {
  const { t } = useTranslation()
  const { trend, error, isPending } = useTrend(id, row)
  return (
    <aside className={classes.trend} aria-label={t('results.trendOf', { name: row.name })}>
      <h2>{row.name}</h2>
      {error && !trend && <Trouble error={error} />}
      {isPending && row.token !== null && <Skeleton height={HEIGHT} m="sm" />}
      {trend && trend.points.length > 0 && <Course trend={trend} row={row} />}
      {(row.token === null || trend?.points.length === 0) && <Nothing>{t('results.noTrend')}</Nothing>}
    </aside>
  )
}

function Course({ trend, row }: { readonly trend: Trend; readonly row: ResultRow }) {
  const { t } = useTranslation()
  const [at, setAt] = useState<number | null>(null)
  const { points } = trend
  const times = useMemo(() => points.map((point) => point.at), [points])
  const series = useMemo(
    () => [
      {
        label: row.name,
        values: points.map((point) => point.value),
        interpretations: points.map((point) => point.interpretation),
        low: trend.low,
        high: trend.high,
      },
    ],
    [points, row.name, trend.low, trend.high],
  )
  const first = points[0]!
  const newest = points.at(-1)!
  const shown = (at === null ? undefined : points[at]) ?? newest
  const dayOf = (point: TrendPoint) => dateText(collectedAt(point.observation))
  return (
    <>
      <p className={classes.readout} aria-live="polite">
        <strong>{valueText(shown.observation, row.decimals)}</strong> {row.unit}
        <FormerValues observation={shown.observation} decimals={row.decimals} />
        <ResultSign is={shown.interpretation} word />
        <span className="quiet">{dateTimeText(collectedAt(shown.observation))}</span>
      </p>
      <TimeChart
        times={times}
        series={series}
        height={HEIGHT}
        onPoint={setAt}
        label={t('results.chart', { name: row.name, count: points.length, from: dayOf(first), to: dayOf(newest) })}
      />
      <p className={classes.band}>
        {row.range ? t('results.band', { range: `${row.range} ${row.unit}` }) : t('results.noRange')}
        {points.length === 1 && ` · ${t('results.oneValue')}`}
      </p>
      <ol className={classes.history} reversed>
        {points
          .toReversed()
          .slice(0, LISTED)
          .map((point) => (
            <li key={point.observation.id} data-at={point === shown || undefined}>
              <span className="quiet">{dateTimeText(collectedAt(point.observation))}</span>
              <span>
                <FormerValues observation={point.observation} decimals={row.decimals} />{' '}
                <ResultSign is={point.interpretation} /> {valueText(point.observation, row.decimals)}
              </span>
            </li>
          ))}
      </ol>
    </>
  )
}
