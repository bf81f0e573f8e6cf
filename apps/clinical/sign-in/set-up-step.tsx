import { Button } from '@mantine/core'
import { useEffect, useEffectEvent, useState, type FormEvent } from 'react'
import type { SignInStep, TotpSetUp } from '#apps/server'
import { tellSignIn } from '../session/ask-session.ts'
import { RefusedLine } from './refused-line.tsx'
import classes from './sign-in.module.css'
import { useSignInText } from './text/use-sign-in-text.ts'
import { TotpSetUpFields } from './totp-set-up.tsx'
import { useTry } from './use-try.ts'

interface Props {
  readonly ticket: string
  readonly onStep: (step: SignInStep) => void
}

/** A short password does not stand alone: the authenticator app is set up before the door opens. */
export function SetUpStep({ ticket, onStep }: Props) {
  const t = useSignInText()
  const trying = useTry()
  const [setUp, setSetUp] = useState<TotpSetUp | null>(null)
  const [code, setCode] = useState('')
  const begin = useEffectEvent(() =>
    trying.run(async () => setSetUp(await tellSignIn<TotpSetUp>('second-factor/options', { ticket }))),
  )
  useEffect(() => begin(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    trying.run(async () => onStep(await tellSignIn<SignInStep>('second-factor', { ticket, code })))
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <h2>{t('setUp.title')}</h2>
      {setUp && <TotpSetUpFields setUp={setUp} code={code} onCode={setCode} />}
      <RefusedLine trying={trying} />
      <Button type="submit" size="md" loading={trying.isBusy} disabled={code.length < 6}>
        {t('setUp.done')}
      </Button>
    </form>
  )
}
