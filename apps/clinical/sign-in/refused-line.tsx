import { IconAlertTriangle } from '@tabler/icons-react'
import classes from './sign-in.module.css'
import type { Trying } from './use-try.ts'

/** Why a try was refused, said aloud too; its place is kept so that nothing jumps. */
export function RefusedLine({ trying: { refused } }: { readonly trying: Trying }) {
  return (
    <p className={classes.refused} role="alert">
      {refused && (
        <>
          <IconAlertTriangle size={16} aria-hidden /> {refused}
        </>
      )}
    </p>
  )
}
