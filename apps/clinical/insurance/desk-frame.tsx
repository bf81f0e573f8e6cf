import { Link, Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import tabs from '../patient/chart-page.module.css'
import { monthNow } from './months.ts'
import { useDeskText } from './text/use-desk-text.ts'

const PAGES = [
  ['/insurance', 'dossiers'],
  ['/insurance/cards', 'cards'],
  ['/insurance/import', 'import'],
  ['/insurance/checks', 'checks'],
  ['/insurance/month/$month', 'month'],
  ['/insurance/joins', 'joins'],
] as const

/** What stands around every page of the insurance desk: which pages there are. */
export function DeskFrame() {
  const t = useDeskText()
  const title = t('title')
  useEffect(() => {
    const before = document.title
    document.title = `${title} · Lành`
    return () => {
      document.title = before
    }
  }, [title])
  return (
    <>
      <nav className={tabs.tabs} aria-label={t('nav')} data-screen-only>
        {PAGES.map(([to, word]) => (
          <Link
            key={to}
            to={to}
            params={{ month: monthNow() }}
            className={tabs.tab}
            activeOptions={{ exact: to === '/insurance', includeSearch: false }}
          >
            {t(`pages.${word}`)}
          </Link>
        ))}
      </nav>
      <div className={`printable ${tabs.page}`}>
        <Outlet />
      </div>
    </>
  )
}
