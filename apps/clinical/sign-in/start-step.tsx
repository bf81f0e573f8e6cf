import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useEffect, useEffectEvent, useState, type FormEvent } from 'react'
import type { SignInStep } from '#apps/server'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import { tellSignIn } from '../session/ask-session.ts'
import { canUsePasskeys, offerPasskeys, showPasskey, stopOffering } from '../session/passkeys.ts'
import { PasskeyButton } from './passkey-button.tsx'
import { RefusedLine } from './refused-line.tsx'
import classes from './sign-in.module.css'
import { useSignInText } from './text/use-sign-in-text.ts'
import { useTry } from './use-try.ts'

interface Props {
  /** false where the address cannot have passkeys */
  readonly passkeys: boolean
  /** the cursor begins here */
  readonly hasFocus?: boolean
  readonly onStep: (step: SignInStep) => void
}

/** Passkey, or login and password. The browser offers passkeys in the login field too, where it can. */
export function StartStep({ passkeys, hasFocus = true, onStep }: Props) {
  const t = useSignInText()
  const trying = useTry()
  const field = useArrivalFocus<HTMLInputElement>(hasFocus)
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const hasPasskeys = passkeys && canUsePasskeys()
  const offered = useEffectEvent((step: SignInStep | null) => step && onStep(step))
  useEffect(() => {
    if (!hasPasskeys) return undefined
    let isHere = true
    // an offer that nobody takes is nobody's mistake
    void offerPasskeys<SignInStep>()
      .then((step) => isHere && offered(step))
      .catch(() => undefined)
    return () => {
      isHere = false
      stopOffering()
    }
  }, [hasPasskeys])
  const byPasskey = () => trying.run(async () => onStep(await showPasskey<SignInStep>('passkey')))
  const byPassword = (event: FormEvent) => {
    event.preventDefault()
    trying.run(async () => {
      try {
        onStep(await tellSignIn<SignInStep>('password', { name: name.trim(), password }))
      } finally {
        setPassword('')
      }
    })
  }
  return (
    <div className={classes.ways}>
      {hasPasskeys ? (
        <>
          <PasskeyButton isBusy={trying.isBusy} onPress={byPasskey} />
          <p className={classes.or}>{t('or')}</p>
        </>
      ) : (
        <p className={classes.hint}>{t(window.isSecureContext ? 'noPasskeys' : 'unsafe')}</p>
      )}
      <form onSubmit={byPassword} className={classes.form}>
        <TextInput
          label={t('name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          autoComplete="username webauthn"
          autoCapitalize="none"
          spellCheck={false}
          ref={field}
          data-autofocus
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={t('password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('newPassword.show') }}
          required
          withAsterisk={false}
        />
        <RefusedLine trying={trying} />
        <Button type="submit" size="md" loading={trying.isBusy}>
          {t('goOn')}
        </Button>
      </form>
    </div>
  )
}
