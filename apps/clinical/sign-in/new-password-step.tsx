import { Button } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { SignInStep } from '#apps/server'
import { tellSignIn } from '../session/ask-session.ts'
import { isWhole, NewPasswordFields, NO_PASSWORD } from './new-password-fields.tsx'
import { RefusedLine } from './refused-line.tsx'
import classes from './sign-in.module.css'
import { useSignInText } from './text/use-sign-in-text.ts'
import { useTry } from './use-try.ts'

interface Props {
  readonly ticket: string
  readonly onStep: (step: SignInStep) => void
}

/** A password that somebody handed out is changed before anything else. */
export function NewPasswordStep({ ticket, onStep }: Props) {
  const t = useSignInText()
  const trying = useTry()
  const [password, setPassword] = useState(NO_PASSWORD)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isWhole(password)) return
    trying.run(async () => onStep(await tellSignIn<SignInStep>('first-password', { ticket, password: password.first })))
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <h2>{t('newPassword.title')}</h2>
      <p className={classes.hint}>{t('newPassword.why')}</p>
      <NewPasswordFields value={password} onChange={setPassword} />
      <RefusedLine trying={trying} />
      <Button type="submit" size="md" loading={trying.isBusy} disabled={!isWhole(password)}>
        {t('newPassword.set')}
      </Button>
    </form>
  )
}
