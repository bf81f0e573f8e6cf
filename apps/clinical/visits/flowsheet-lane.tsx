import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { dateText } from '#hospital/calendar'
import type { Course } from '#hospital/laboratory'
import { TimeChart } from '../parts/time-chart.tsx'
import classes from './flowsheet.module.css'

const HEIGHT = 74
const AXIS = 26
const COLOURS = ['--accent', '--low']

interface Props {
  readonly course: Course
  readonly times: readonly number[]
  readonly syncKey: string
  /** the bottom lane carries the time axis for all */
  readonly last: boolean
  readonly onPoint: (at: number | null) => void
}

/** One vital sign over the whole stay. */
export function FlowsheetLane({ course: { row, lines }, times, syncKey, last, onPoint }: Props) {
  const { t } = useTranslation()
  const series = useMemo(() => lines.map((line, at) => ({ ...line, colour: COLOURS[at % COLOURS.length] })), [lines])
  const day = (at: number | undefined) => dateText(new Date((at ?? 0) * 1000).toISOString())
  return (
    <div className={classes.lane}>
      <div className={classes.name}>
        <strong>{row.name}</strong>
        <span className="quiet">{row.unit}</span>
      </div>
      <TimeChart
        times={times}
        series={series}
        height={HEIGHT + (last ? AXIS : 0)}
        bare={!last}
        syncKey={syncKey}
        onPoint={onPoint}
        label={t('results.chart', { name: row.name, count: times.length, from: day(times[0]), to: day(times.at(-1)) })}
      />
    </div>
  )
}
