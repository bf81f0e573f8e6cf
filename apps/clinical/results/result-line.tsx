import { valueText, type ResultCell, type ResultRow } from '#hospital/laboratory'
import { FormerValues } from '../parts/former-values.tsx'
import { ResultSign } from '../parts/result-sign.tsx'
import tones from '../parts/result-tones.module.css'
import classes from './result-table.module.css'
import { rowId } from './use-row-keys.ts'

interface Props {
  readonly row: ResultRow
  readonly times: readonly string[]
  readonly chosen: boolean
  readonly onChoose: (key: string) => void
}

/** One test across the times in view. */
export function ResultLine({ row, times, chosen, onChoose }: Props) {
  return (
    <tr className={classes.row} aria-selected={chosen} onClick={() => onChoose(row.key)}>
      <th scope="row" className={classes.first}>
        <button
          type="button"
          id={rowId(row.key)}
          className={classes.test}
          tabIndex={chosen ? 0 : -1}
          title={row.name}
          aria-pressed={chosen}
        >
          <span className={classes.name}>{row.name}</span>
          <span className={classes.range}>
            {row.range} {row.unit}
          </span>
        </button>
      </th>
      <td />
      {times.map((time) => (
        <Value key={time} cells={row.cells.get(time)} decimals={row.decimals} />
      ))}
      <td />
    </tr>
  )
}

interface ValueProps {
  readonly cells: readonly ResultCell[] | undefined
  readonly decimals: number
}

function Value({ cells, decimals }: ValueProps) {
  const cell = cells?.[0]
  if (!cell) return <td className={classes.value} />
  const text = valueText(cell.observation, decimals)
  return (
    <td className={`${classes.value} ${tones[cell.interpretation] ?? ''}`} title={text.length > 9 ? text : undefined}>
      <ResultSign is={cell.interpretation} /> {text}
      {cell.corrected && (
        <div>
          <FormerValues observation={cell.observation} decimals={decimals} />
        </div>
      )}
    </td>
  )
}
