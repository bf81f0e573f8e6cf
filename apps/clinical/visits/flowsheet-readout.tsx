import { dateTimeText } from '#hospital/calendar'
import { valueText, type CumulativeTable } from '#hospital/laboratory'
import { ResultSign } from '../parts/result-sign.tsx'
import classes from './flowsheet.module.css'

interface Props {
  readonly table: CumulativeTable
  /** position under the cursor, oldest first; null shows the newest */
  readonly at: number | null
}

/** All values at the moment under the cursor. */
export function FlowsheetReadout({ table, at }: Props) {
  const { times } = table
  const time = (at === null ? undefined : times[times.length - 1 - at]) ?? times[0] ?? ''
  const rows = table.groups.flatMap((group) => group.rows)
  return (
    <p className={classes.readout} aria-live="polite">
      <strong>{dateTimeText(time)}</strong>
      {rows.map((row) => {
        const cell = row.cells.get(time)?.[0]
        return (
          cell && (
            <span key={row.key}>
              {row.name} <ResultSign is={cell.interpretation} />
              <b>{valueText(cell.observation, row.decimals)}</b> {row.unit}
            </span>
          )
        )
      })}
    </p>
  )
}
