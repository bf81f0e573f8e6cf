import { IconBan, IconCircleCheck, IconHourglass, IconLock } from '@tabler/icons-react'
import type { AccountLine } from '#apps/server'
import classes from './account-state.module.css'
import { useAdministrationText } from './text/use-administration-text.ts'

const ICONS = { new: IconHourglass, active: IconCircleCheck, locked: IconLock, disabled: IconBan } as const

/** How an account stands: shape, word and colour. */
export function AccountState({ state }: Pick<AccountLine, 'state'>) {
  const t = useAdministrationText()
  const Icon = ICONS[state]
  return (
    <span className={classes.state} data-state={state}>
      <Icon size={14} aria-hidden />
      {t(`states.${state}`)}
    </span>
  )
}
