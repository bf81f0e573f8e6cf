import { Button } from '@mantine/core'
import { useEffect, useEffectEvent, useState, type FormEvent } from 'react'
import type { SignInStep, TotpSetUp } from '#apps/server'
import { tellSignIn } from '../session/ask-session.ts'
import { isWhole, NewPasswordFields, NO_PASSWORD } from './new-password-fields.tsx'
import { RefusedLine } from './refused-line.tsx'
import classes from './sign-in.module.css'
import { useSignInText } from './text/use-sign-in-text.ts'
import { TotpSetUpFields } from './totp-set-up.tsx'
import { useTry } from './use-try.ts'

interface Props {
  /** the link, and the name of the first administrator */
  readonly who: { readonly token: string; readonly name?: string; readonly display?: string }
  readonly onStep: (step: SignInStep) => void
}

/** A password and the authenticator app, set up together: a password alone opens nothing. */
export function LinkPassword({ who, onStep }: Props) {
  const t = useSignInText()
  const trying = useTry()
  const [password, setPassword] = useState(NO_PASSWORD)
  const [setUp, setSetUp] = useState<TotpSetUp | null>(null)
  const [code, setCode] = useState('')
  const begin = useEffectEvent(() =>
    trying.run(async () => setSetUp(await tellSignIn<TotpSetUp>('link/password/options', who))),
  )
  useEffect(() => begin(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    trying.run(async () =>
      onStep(await tellSignIn<SignInStep>('link/password', { ...who, password: password.first, code })),
    )
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <NewPasswordFields value={password} onChange={setPassword} />
      {setUp && <TotpSetUpFields setUp={setUp} code={code} onCode={setCode} hasFocus={false} />}
      <RefusedLine trying={trying} />
      <Button type="submit" size="md" loading={trying.isBusy} disabled={!isWhole(password) || code.length < 6}>
        {t('setUp.done')}
      </Button>
    </form>
  )
}
