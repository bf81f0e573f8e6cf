import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChartTab } from '../patient/chart-tabs.ts'
import classes from './panel.module.css'

interface Props {
  readonly title: string
  /** how many stand behind the list that the panel shows the top of */
  readonly count?: number
  /** the page that holds all of it */
  readonly all?: { readonly tab: ChartTab; readonly id: string }
  readonly aside?: ReactNode
  readonly children: ReactNode
  readonly className?: string
}

/** A titled box; its title leads to the page with the whole list. */
export function Panel({ title, count, all, aside, children, className = '' }: Props) {
  const { t } = useTranslation()
  return (
    <section className={`${classes.panel} ${className}`} aria-label={title}>
      <header className={classes.head}>
        <h2>{title}</h2>
        {count !== undefined && count > 0 && <span className={classes.count}>{count}</span>}
        <span className={classes.aside}>{aside}</span>
        {all && (
          <Link to={`/patient/$id/${all.tab}`} params={{ id: all.id }} className={classes.all}>
            {t('seeAll')}
          </Link>
        )}
      </header>
      {children}
    </section>
  )
}
