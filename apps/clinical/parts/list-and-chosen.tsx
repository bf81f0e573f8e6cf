import type { ReactNode } from 'react'
import classes from './list-and-chosen.module.css'

interface Props {
  readonly list: ReactNode
  /** what the chosen line of the list stands for */
  readonly children: ReactNode
}

/** A list on the left and the chosen one on the right; one below the other on a tablet. On paper only the chosen one. */
export function ListAndChosen({ list, children }: Props) {
  return (
    <div className={`printable ${classes.page}`}>
      <section className={classes.list} data-screen-only>
        {list}
      </section>
      {children}
    </div>
  )
}
