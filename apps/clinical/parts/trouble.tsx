import { Button } from '@mantine/core'
import { IconCloudOff, IconFileOff, IconLock, IconPlugConnectedX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ServerProblem, type ProblemKind } from '../server/index.ts'
import classes from './trouble.module.css'

const ICONS = {
  offline: IconCloudOff,
  missing: IconFileOff,
  gone: IconFileOff,
  forbidden: IconLock,
  refused: IconPlugConnectedX,
  fault: IconPlugConnectedX,
  broken: IconPlugConnectedX,
} as const

const kindOf = (error: unknown): ProblemKind | 'broken' => (error instanceof ServerProblem ? error.kind : 'broken')

interface Props {
  readonly error: unknown
  /** left out where trying again cannot help */
  readonly retry?: () => void
}

/** What happened, why, and the ways out. Never a bare "error". */
export function Trouble({ error, retry }: Props) {
  const { t } = useTranslation()
  const kind = kindOf(error)
  const Icon = ICONS[kind]
  const said = error instanceof ServerProblem && kind === 'refused' ? error.said : ''
  return (
    <section className={classes.trouble} role="alert">
      <Icon size={36} stroke={1.5} className={classes.icon} aria-hidden />
      <h2>{t(`trouble.${kind}`)}</h2>
      <p>{t(`trouble.${kind}Way`)}</p>
      {said && <p className="quiet">{t('trouble.said', { said })}</p>}
      <div className={classes.ways}>
        {retry && kind !== 'missing' && kind !== 'gone' && <Button onClick={retry}>{t('trouble.retry')}</Button>}
        {kind === 'broken' && !retry && <Button onClick={() => window.location.reload()}>{t('trouble.reload')}</Button>}
        <Button variant="default" component={Link} to="/">
          {t('trouble.home')}
        </Button>
      </div>
    </section>
  )
}
