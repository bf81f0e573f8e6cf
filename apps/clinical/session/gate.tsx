import { Navigate, useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, type ReactNode } from 'react'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { ServerProblem } from '../server/index.ts'
import { askSession } from './ask-session.ts'
import { useIsConfirming } from './confirmation.ts'
import { IdleNotice } from './idle-notice.tsx'
import classes from './session.module.css'
import { useStanding } from './session-store.ts'

const UNREACHED = new ServerProblem('offline')

const loadLock = () => import('./lock-dialog.tsx')
const LockDialog = lazy(() => loadLock().then((loaded) => ({ default: loaded.LockDialog })))
const ConfirmDialog = lazy(() => import('./confirm-dialog.tsx').then((loaded) => ({ default: loaded.ConfirmDialog })))

const AHEAD_MS = 2_000

/** Lets to a page whoever is signed in. A lock stands above the page, which keeps what was typed in it. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const standing = useStanding()
  const { href } = useLocation()
  const isConfirming = useIsConfirming()
  if (standing.state === 'asking') return <PageSkeleton />
  if (standing.state === 'unreached') return <Trouble error={UNREACHED} retry={() => void askSession()} />
  if (standing.state === 'nobody') {
    // The address changes before the page does: on the way there it is not sent there again, with itself to come back to.
    if (href.startsWith('/sign-in')) return <PageSkeleton />
    return <Navigate to="/sign-in" search={href === '/' ? {} : { next: href }} replace />
  }
  if (standing.state === 'without') return children
  return (
    <>
      {children}
      <IdleNotice />
      <Suspense fallback={<div className={classes.cover} />}>
        {standing.state === 'locked' ? <LockDialog session={standing.session} /> : <LockAhead />}
      </Suspense>
      <Suspense>{isConfirming && standing.state === 'open' && <ConfirmDialog session={standing.session} />}</Suspense>
    </>
  )
}

/** A screen must lock without the network too: its lock is fetched once the page stands. */
function LockAhead() {
  useEffect(() => {
    const soon = setTimeout(() => void loadLock().catch(() => undefined), AHEAD_MS)
    return () => clearTimeout(soon)
  }, [])
  return null
}
