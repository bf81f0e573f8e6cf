import { Button } from '@mantine/core'
import { IconLock, IconUrgent } from '@tabler/icons-react'
import { useState } from 'react'
import type { StandingShown } from '#apps/server'
import { useSignInText } from '../sign-in/text/use-sign-in-text.ts'
import { languageNow } from '../text/index.ts'
import { GlassDialog } from './glass-dialog.tsx'
import classes from './glass.module.css'

interface Props {
  readonly id: string
  /** name and birth year */
  readonly name: string
  readonly standing: StandingShown
}

/** A chart that is not this reader's says so, with the rule's own sentence; it never looks empty. */
export function ClosedChart({ id, name, standing: { breakGlass, refusal } }: Props) {
  const t = useSignInText()
  const [isAsking, setIsAsking] = useState(false)
  return (
    <section className={classes.closed} role="alert">
      <IconLock size={36} stroke={1.5} aria-hidden />
      <h2>{t(breakGlass ? 'glass.closed' : 'glass.roleClosed')}</h2>
      <p>{t(breakGlass ? 'glass.closedWhy' : 'glass.roleClosedWhy')}</p>
      {refusal && (
        <p className="quiet">
          {refusal[languageNow()]} ({refusal.rule})
        </p>
      )}
      {breakGlass && (
        <Button
          color="red"
          size="md"
          leftSection={<IconUrgent size={20} aria-hidden />}
          onClick={() => setIsAsking(true)}
        >
          {t('glass.open')}
        </Button>
      )}
      {isAsking && <GlassDialog id={id} name={name} onClose={() => setIsAsking(false)} />}
    </section>
  )
}
