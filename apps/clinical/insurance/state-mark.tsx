import {
  IconCircleCheck,
  IconPencilExclamation,
  IconRefresh,
  IconSend,
  IconSquareCheck,
  IconArrowBackUp,
} from '@tabler/icons-react'
import type { DossierState } from '#apps/server'
import classes from './marks.module.css'
import { useDeskText } from './text/use-desk-text.ts'

/** In the order of the work: what is left to do comes first. */
export const STATES: readonly DossierState[] = ['draft', 'ready', 'sent', 'accepted', 'refused', 'resent']

const ICONS = {
  draft: IconPencilExclamation,
  ready: IconSquareCheck,
  sent: IconSend,
  accepted: IconCircleCheck,
  refused: IconArrowBackUp,
  resent: IconRefresh,
} as const

/** States in which a dossier may be sent. */
export const maySend = (state: DossierState): boolean => state === 'ready' || state === 'refused'

/** Where a dossier stands: shape, colour, word; its meaning on pointing. */
export function StateMark({ state }: { readonly state: DossierState }) {
  const t = useDeskText()
  const Icon = ICONS[state]
  return (
    <span className={classes.mark} data-state={state} title={t(`statesWhy.${state}`)}>
      <Icon size={15} aria-hidden />
      {t(`states.${state}`)}
    </span>
  )
}
