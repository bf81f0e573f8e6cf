import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './results-page.module.css'

/** A link is the current one when its view is, whichever test is chosen. */
const byView = { includeSearch: true, explicitUndefined: true }

/** Laboratory, or images and function tests. */
export function ResultTabs({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  return (
    <nav className={classes.views} aria-label={t('tabs.results')}>
      <Link to="/patient/$id/results" params={{ id }} search={{ view: undefined }} activeOptions={byView}>
        {t('results.laboratory')}
      </Link>
      <Link to="/patient/$id/results" params={{ id }} search={{ view: 'reports' }} activeOptions={byView}>
        {t('results.reports')}
      </Link>
    </nav>
  )
}
