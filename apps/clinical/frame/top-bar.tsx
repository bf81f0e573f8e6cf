import { IconFileInvoice } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PatientSearch } from '../find/patient-search.tsx'
import { useSession } from '../session/session-store.ts'
import { AccountMenu } from './account-menu.tsx'
import { BarSwitches } from './bar-switches.tsx'
import { OnlineMark } from './online-mark.tsx'
import { OpenCharts } from './open-charts.tsx'
import classes from './top-bar.module.css'

interface Props {
  /** false on the find page, where the search stands in the middle */
  readonly withSearch: boolean
  readonly onKeys: () => void
}

/** Who works at the insurance desk; the server holds the same. */
const AT_THE_DESK = new Set<string>(['insurance', 'records', 'director', 'reception'])

/** Product, search, open charts, who is signed in. Never scrolls away. */
export function TopBar({ withSearch, onKeys }: Props) {
  const { t } = useTranslation()
  const session = useSession()
  const hasDesk = session === null || session.roles.some((role) => AT_THE_DESK.has(role))
  return (
    <header className={classes.bar} data-screen-only>
      <Link to="/" className={classes.brand} title={t('frame.home')}>
        <img src="/lanh.svg" alt="" width={24} height={24} />
        <strong>{t('product')}</strong>
        <span className={classes.place}>{t('hospital')}</span>
      </Link>
      {withSearch && (
        <div className={classes.search}>
          <PatientSearch look="bar" />
        </div>
      )}
      {hasDesk && (
        <Link to="/insurance" className={classes.button} aria-label={t('frame.insurance')} title={t('frame.insurance')}>
          <IconFileInvoice size={16} aria-hidden />
          <span className={classes.word}>{t('frame.insurance')}</span>
        </Link>
      )}
      <OpenCharts />
      <OnlineMark />
      {session ? <AccountMenu session={session} onKeys={onKeys} /> : <BarSwitches look="bar" onKeys={onKeys} />}
    </header>
  )
}
