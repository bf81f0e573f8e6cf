import { Button, UnstyledButton } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { DemoRole, DeviceState, SignInStep } from '#apps/server'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import { CodeField } from '../sign-in/code-field.tsx'
import { PasskeyButton } from '../sign-in/passkey-button.tsx'
import { RefusedLine } from '../sign-in/refused-line.tsx'
import { SignInSteps } from '../sign-in/sign-in-steps.tsx'
import { useSignInText } from '../sign-in/text/use-sign-in-text.ts'
import { useTry } from '../sign-in/use-try.ts'
import { goOn, tellSignIn } from './ask-session.ts'
import { canUsePasskeys, showPasskey } from './passkeys.ts'
import classes from './session.module.css'

const MOST_DIGITS = 6
const FEWEST_DIGITS = 4

interface Props {
  readonly person: DeviceState['sessions'][number]
  /** role of the demo hospital, which comes back by one touch */
  readonly demoRole: DemoRole['role'] | undefined
  /** false where the address or the account has none */
  readonly passkeys: boolean
}

/** One person comes back: by PIN where they have one, by passkey, or by their password. */
export function UnlockForm({ person, demoRole, passkeys }: Props) {
  const t = useSignInText()
  const { t: words } = useTranslation()
  const trying = useTry()
  const [pin, setPin] = useState('')
  const [byPassword, setByPassword] = useState(false)
  const button = useArrivalFocus(!person.hasPin)
  const hasPasskeys = passkeys && canUsePasskeys()
  const byPin = (event: FormEvent) => {
    event.preventDefault()
    trying.run(async () => {
      try {
        goOn(await tellSignIn<SignInStep>('pin', { session: person.id, pin }))
      } finally {
        setPin('')
      }
    })
  }
  const byPasskey = () => trying.run(async () => void goOn(await showPasskey<SignInStep>('passkey')))
  const asDemo = () => trying.run(async () => void goOn(await tellSignIn<SignInStep>('demo', { role: demoRole })))
  const needsPassword = byPassword || (!person.hasPin && !hasPasskeys && demoRole === undefined)
  return (
    <>
      <h2>{person.display}</h2>
      {person.hasPin && !byPassword && (
        <form onSubmit={byPin} className={classes.form}>
          <CodeField label={t('lock.pin')} value={pin} onChange={setPin} most={MOST_DIGITS} isSecret />
          <RefusedLine trying={trying} />
          <Button type="submit" size="md" loading={trying.isBusy} disabled={pin.length < FEWEST_DIGITS}>
            {t('lock.open')}
          </Button>
        </form>
      )}
      {hasPasskeys && !byPassword && (
        <PasskeyButton isBusy={trying.isBusy} onPress={byPasskey} isFirst={!person.hasPin} />
      )}
      {demoRole !== undefined && (
        <Button
          size="md"
          fullWidth
          variant={person.hasPin ? 'default' : 'filled'}
          onClick={asDemo}
          ref={button}
          data-autofocus={!person.hasPin || undefined}
        >
          {t('demo.again', { role: words(`roles.${demoRole}`) })}
        </Button>
      )}
      {!person.hasPin && <RefusedLine trying={trying} />}
      {needsPassword && <SignInSteps passkeys={passkeys} />}
      {demoRole === undefined && (person.hasPin || hasPasskeys) && (
        <UnstyledButton className={classes.leave} onClick={() => setByPassword(!byPassword)}>
          {t(byPassword ? 'back' : 'lock.usePassword')}
        </UnstyledButton>
      )}
    </>
  )
}
