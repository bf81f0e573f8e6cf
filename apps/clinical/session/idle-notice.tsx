import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './session.module.css'
import { useIdleLock } from './use-idle-lock.ts'

/** Says that the screen is about to lock; any key or touch keeps it open. */
export function IdleNotice() {
  const { t } = useTranslation()
  const { locksIn, stay } = useIdleLock()
  if (locksIn === null) return null
  return (
    <div className={classes.notice} role="alert" data-screen-only>
      <IconLock size={18} aria-hidden />
      {/* the seconds are seen, not read out one by one */}
      <span>{t('session.locksIn', { seconds: locksIn })}</span>
      <Button size="xs" onClick={stay}>
        {t('session.stay')}
      </Button>
    </div>
  )
}
