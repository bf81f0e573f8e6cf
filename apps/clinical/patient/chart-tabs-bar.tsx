import { IconPrinter } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../session/session-store.ts'
import classes from './chart-page.module.css'
import { CHART_TABS } from './chart-tabs.ts'

interface Props {
  readonly id: string
  /** the person is made up: said on every page, so that nobody acts on it */
  readonly isInvented: boolean
}

/** Who is told who opened a record: its patient, and whoever reads the audit log. */
const TOLD = ['patient', 'auditor', 'privacy'] as const

/** The pages of the chart. Plain links: they can be opened in a new window, copied and sent. */
export function ChartTabs({ id, isInvented }: Props) {
  const { t } = useTranslation()
  const roles = useSession()?.roles ?? []
  const isTold = TOLD.some((role) => roles.includes(role))
  return (
    <nav className={classes.tabs} aria-label={t('tabs.label')} data-screen-only>
      {CHART_TABS.map((tab, at) => (
        <Link
          key={tab}
          to={`/patient/$id/${tab}`}
          params={{ id }}
          className={classes.tab}
          activeProps={{ 'aria-current': 'page' }}
          title={`Alt+${at + 1}`}
        >
          {t(`tabs.${tab}`)}
        </Link>
      ))}
      {isTold && (
        <Link to="/patient/$id/opened" params={{ id }} className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
          {t('menu.opened')}
        </Link>
      )}
      {isInvented && <span className={classes.invented}>{t('frame.demo')}</span>}
      <Link to="/patient/$id/print" params={{ id }} className={classes.print} title="Ctrl+P">
        <IconPrinter size={16} aria-hidden />
        <span className={classes.printWord}>{t('tabs.print')}</span>
      </Link>
    </nav>
  )
}
