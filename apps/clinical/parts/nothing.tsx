import type { ReactNode } from 'react'
import classes from './nothing.module.css'

interface Props {
  readonly children: ReactNode
  /** what the reader can do about it */
  readonly way?: ReactNode
}

/** An empty list says why it is empty. */
export function Nothing({ children, way }: Props) {
  return (
    <div className={classes.nothing}>
      <p>{children}</p>
      {way}
    </div>
  )
}
