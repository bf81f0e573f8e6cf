import { useEffect, useEffectEvent, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { dateTimeText } from '#hospital/calendar'
import type { LinkInfo, OpenSession, SignInStep } from '#apps/server'
import { enter, tellSignIn } from '../session/ask-session.ts'
import { Entrance } from './entrance.tsx'
import { LinkWays } from './link-ways.tsx'
import { linkToken } from './link-token.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import { RefusedLine } from './refused-line.tsx'
import classes from './sign-in.module.css'
import { useSignInText } from './text/use-sign-in-text.ts'
import { useTry } from './use-try.ts'

interface CameIn {
  readonly session: OpenSession
  readonly codes: readonly string[]
}

/** A one-time link: the first administrator, a new account, or an account whose owner lost every way in. */
export function LinkPage() {
  const t = useSignInText()
  const trying = useTry()
  const navigate = useNavigate()
  const [token] = useState(linkToken)
  const [info, setInfo] = useState<LinkInfo | null>(null)
  const [came, setCame] = useState<CameIn | null>(null)
  const look = useEffectEvent(() => {
    if (token !== '') trying.run(async () => setInfo(await tellSignIn<LinkInfo>('link', { token })))
  })
  useEffect(() => look(), [])
  const goIn = (session: OpenSession) => {
    enter(session)
    void navigate({ to: '/', replace: true })
  }
  const onStep = (step: SignInStep) => {
    if (step.state !== 'open') return
    if (step.recoveryCodes) setCame({ session: step.session, codes: step.recoveryCodes })
    else goIn(step.session)
  }
  const { kind = 'new', display = '' } = info ?? {}
  const title = info ? t(`link.${kind}`, { name: display }) : t('link.title')
  if (came)
    return (
      <Entrance title={t('codes.title')}>
        <RecoveryCodes codes={came.codes} name={came.session.display} onKept={() => goIn(came.session)} />
      </Entrance>
    )
  return (
    <Entrance title={title}>
      <h1>{title}</h1>
      {token === '' && <p>{t('link.missing')}</p>}
      <RefusedLine trying={trying} />
      {info && (
        <>
          <p className={classes.hint}>
            {t(`link.${kind}Why`)} {t('link.until', { time: dateTimeText(info.until) })}
          </p>
          <LinkWays token={token} info={info} onStep={onStep} />
        </>
      )}
    </Entrance>
  )
}
