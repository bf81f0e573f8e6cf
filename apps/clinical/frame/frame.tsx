import { useDisclosure } from '@mantine/hooks'
import { Outlet, useMatchRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { lazy, Suspense } from 'react'
import { FIND_FIELD } from '../find/find-field.ts'
import { useSession } from '../session/session-store.ts'
import classes from './frame.module.css'
import { KeysDialog } from './keys-dialog.tsx'
import { TopBar } from './top-bar.tsx'
import { useKeys } from './use-keys.ts'

const GlassBanner = lazy(() => import('../glass/glass-banner.tsx').then((it) => ({ default: it.GlassBanner })))

/** Who may treat may break a glass; the server holds the same. */
const TREATING = new Set<string>(['doctor', 'head', 'nurse', 'technician', 'pharmacist'])

/** What stands around every page: the bar above, the page below. */
export function Frame() {
  const { t } = useTranslation()
  const [keysShown, keys] = useDisclosure(false)
  const matches = useMatchRoute()
  const session = useSession()
  const isFindPage = Boolean(matches({ to: '/' }))
  const find = () => {
    const field = document.getElementById(FIND_FIELD)
    if (field instanceof HTMLInputElement) field.select()
  }
  useKeys({ 'Ctrl+K': find, '?': keys.open })
  return (
    <div className={`printable ${classes.frame}`}>
      <a href="#content" className={classes.skip}>
        {t('skip')}
      </a>
      <TopBar withSearch={!isFindPage} onKeys={keys.open} />
      {session?.roles.some((role) => TREATING.has(role)) && (
        <Suspense>
          <GlassBanner />
        </Suspense>
      )}
      <main id="content" className={`printable ${classes.content}`} tabIndex={-1}>
        <Outlet />
      </main>
      <KeysDialog opened={keysShown} onClose={keys.close} />
    </div>
  )
}
