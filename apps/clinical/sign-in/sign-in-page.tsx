import { Navigate, useSearch } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { ServerProblem } from '../server/index.ts'
import { askSession } from '../session/ask-session.ts'
import { ownPath } from '../session/leave.ts'
import { LockPanel } from '../session/lock-panel.tsx'
import { useStanding } from '../session/session-store.ts'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { DemoRoles } from './demo-roles.tsx'
import { Entrance } from './entrance.tsx'
import classes from './sign-in.module.css'
import { SignInSteps } from './sign-in-steps.tsx'
import { useSignInText } from './text/use-sign-in-text.ts'
import { useDevice } from './use-device.ts'

const UNREACHED = new ServerProblem('offline')

/** The door. Whoever is in already goes on to where they wanted. */
export function SignInPage() {
  const t = useSignInText()
  const standing = useStanding()
  const { next } = useSearch({ from: '/sign-in' })
  if (standing.state === 'asking') return <PageSkeleton />
  if (standing.state === 'unreached') return <Trouble error={UNREACHED} retry={() => void askSession()} />
  if (standing.state === 'open' || standing.state === 'without') return <Onward to={ownPath(next)} />
  if (standing.state === 'locked')
    return (
      <Entrance title={t('lock.title')}>
        <LockPanel session={standing.session} />
      </Entrance>
    )
  return (
    <Entrance title={t('title')} isWide={standing.demo}>
      {standing.firstStart ? <FirstStart /> : <Ways isDemo={standing.demo} />}
    </Entrance>
  )
}

/** Pages that are the server's own and none of the screens. */
const SERVERS_OWN = /^\/(oauth|fhir)\//

function Onward({ to }: { readonly to: string }) {
  const isServers = SERVERS_OWN.test(to)
  const leave = useEffectEvent(() => isServers && window.location.replace(to))
  useEffect(() => void leave(), [])
  return isServers ? null : <Navigate to={to} replace />
}

function FirstStart() {
  const t = useSignInText()
  return (
    <section className={classes.form}>
      <h1>{t('firstStart')}</h1>
      <p>{t('firstStartWay')}</p>
    </section>
  )
}

function Ways({ isDemo }: { readonly isDemo: boolean }) {
  const t = useSignInText()
  const device = useDevice()
  if (!device) return <PageSkeleton />
  const steps = <SignInSteps passkeys={device.passkeys} hasFocus={!isDemo} />
  if (!isDemo)
    return (
      <section>
        <h1>{t('welcome')}</h1>
        {steps}
      </section>
    )
  return (
    <div className={classes.columns}>
      <section>
        <h1>{t('demo.title')}</h1>
        <p className={classes.hint}>{t('demo.why')}</p>
        <DemoRoles />
      </section>
      <section>
        <h2>{t('demo.orReal')}</h2>
        {steps}
      </section>
    </div>
  )
}
