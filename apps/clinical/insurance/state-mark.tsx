import {
  IconCircleCheck,
  IconPencilExclamation,
  IconRefresh,
  IconSend,
  IconSquareCheck,
  IconArrowBackUp,
  IconClockUp,
  IconExternalLink,
} from '@tabler/icons-react'
import type { DossierState } from '#apps/server'
import classes from './marks.module.css'
import { useDeskText } from './text/use-desk-text.ts'

/** In the order of the work: what is left to do comes first. */
export const STATES = [
  'draft',
  'elsewhere',
  'ready',
  'queued',
  'sent',
  'resent',
  'accepted',
  'refused',
] as const satisfies readonly DossierState[]

const ICONS = {
  draft: IconPencilExclamation,
  elsewhere: IconExternalLink,
  ready: IconSquareCheck,
  queued: IconClockUp,
  sent: IconSend,
  accepted: IconCircleCheck,
  refused: IconArrowBackUp,
  resent: IconRefresh,
} as const

/** States in which a dossier may be sent. */
export const maySend = (state: DossierState): boolean => state === 'ready' || state === 'refused'

/** Whether a person may say that it is sent from here after all. */
export const mayMove = (state: DossierState): boolean => state === 'elsewhere'

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
