import { IconCloudCheck, IconCloudOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { timeText } from '#hospital/calendar'
import classes from './top-bar.module.css'
import { useConnection } from './use-connection.ts'

/** The word at the top that tells whether the server is reached. */
export function OnlineMark() {
  const { t } = useTranslation()
  const { online, answeredAt } = useConnection()
  const time = answeredAt > 0 ? timeText(new Date(answeredAt).toISOString()) : ''
  const Icon = online ? IconCloudCheck : IconCloudOff
  return (
    <span className={online ? classes.online : classes.offline} title={time && t('frame.answered', { time })}>
      <Icon size={16} aria-hidden />
      <span className={classes.word} role="status">
        {t(online ? 'frame.online' : 'frame.offline')}
      </span>
      {/* seen, not announced: it changes every minute */}
      <span className={classes.word} aria-hidden>
        {time}
      </span>
    </span>
  )
}
