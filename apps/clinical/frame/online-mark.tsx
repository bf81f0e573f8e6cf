import { IconCloudCheck, IconCloudOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './top-bar.module.css'
import { useOnline } from './use-online.ts'

/** The word at the top that tells whether the server is reached. */
export function OnlineMark() {
  const { t } = useTranslation()
  const online = useOnline()
  const Icon = online ? IconCloudCheck : IconCloudOff
  return (
    <span className={online ? classes.online : classes.offline} role="status">
      <Icon size={16} aria-hidden />
      <span className={classes.word}>{t(online ? 'frame.online' : 'frame.offline')}</span>
    </span>
  )
}
