import type { ReactNode } from 'react'
import classes from './record-table.module.css'

interface Props {
  readonly head: readonly string[]
  /** short values stay on one line and leave the width to what the row is called */
  readonly short?: boolean
  /** the rows, each with what it is called as `<th scope="row">` */
  readonly children: ReactNode
}

/** Records of one kind, one a row. */
export function RecordTable({ head, short = false, children }: Props) {
  return (
    <div className={classes.scroll}>
      <table className={`${classes.table} ${short ? classes.short : ''}`}>
        <thead>
          <tr>
            {head.map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
