import classes from './account.module.css'
import type { AccountAct } from './use-account.ts'

/** Why a change was refused, said aloud too. */
export function Refused({ act: { refused } }: { readonly act: AccountAct }) {
  return (
    <p className={classes.refused} role="alert">
      {refused}
    </p>
  )
}
