import { Button, TextInput, UnstyledButton } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { SignInStep } from '#apps/server'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import { tellSignIn } from '../session/ask-session.ts'
import { CodeField } from './code-field.tsx'
import { RefusedLine } from './refused-line.tsx'
import classes from './sign-in.module.css'
import { useSignInText } from './text/use-sign-in-text.ts'
import { useTry } from './use-try.ts'

const DIGITS = 6

interface Props {
  readonly ticket: string
  readonly onStep: (step: SignInStep) => void
}

/** The code of the authenticator app, or one of the recovery codes. */
export function CodeStep({ ticket, onStep }: Props) {
  const t = useSignInText()
  const trying = useTry()
  const [code, setCode] = useState('')
  const [way, setWay] = useState<'totp' | 'recovery'>('totp')
  const field = useArrivalFocus<HTMLInputElement>(way === 'recovery')
  const show = (shown: string) =>
    trying.run(async () => {
      try {
        onStep(await tellSignIn<SignInStep>(way, { ticket, code: shown }))
      } finally {
        setCode('')
      }
    })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    show(code.trim())
  }
  const type = (digits: string) => {
    setCode(digits)
    // the sixth digit is the last thing to be done
    if (digits.length === DIGITS && !trying.isBusy) show(digits)
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <h2>{t('code.title')}</h2>
      <p className={classes.hint}>{t(way === 'totp' ? 'code.why' : 'code.recoveryWhy')}</p>
      {way === 'totp' ? (
        <CodeField label={t('code.field')} value={code} onChange={type} most={DIGITS} autoComplete="one-time-code" />
      ) : (
        <TextInput
          label={t('code.recoveryField')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          size="lg"
          ref={field}
        />
      )}
      <RefusedLine trying={trying} />
      <Button type="submit" size="md" loading={trying.isBusy}>
        {t('goOn')}
      </Button>
      <UnstyledButton
        className={classes.quietWay}
        onClick={() => {
          setCode('')
          trying.forget()
          setWay(way === 'totp' ? 'recovery' : 'totp')
        }}
      >
        {t(way === 'totp' ? 'code.toRecovery' : 'code.toCode')}
      </UnstyledButton>
    </form>
  )
}
