import { Link, Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import tabs from '../patient/chart-page.module.css'
import { useSession } from '../session/session-store.ts'
import { accessPagesFor } from './access-pages.ts'
import { useAdministrationText } from './text/use-administration-text.ts'

/** What stands around every page about access: the pages that the reader's roles have. */
export function AccessFrame() {
  const t = useAdministrationText()
  const pages = accessPagesFor(useSession()?.roles ?? [])
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
        {pages.map(({ to, word }) => (
          <Link key={to} to={to} className={tabs.tab} activeOptions={{ exact: true, includeSearch: false }}>
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
