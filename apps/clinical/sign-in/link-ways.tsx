import { Button, TextInput, UnstyledButton } from '@mantine/core'
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import { useState } from 'react'
import type { LinkInfo, SignInStep } from '#apps/server'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import { tellSignIn } from '../session/ask-session.ts'
import { canUsePasskeys, makePasskey } from '../session/passkeys.ts'
import { deviceWord } from './device-word.ts'
import { LinkPassword } from './link-password.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { RefusedLine } from './refused-line.tsx'
import classes from './sign-in.module.css'
import { useSignInText } from './text/use-sign-in-text.ts'
import { useDevice } from './use-device.ts'
import { useTry } from './use-try.ts'

interface Props {
  readonly token: string
  readonly info: LinkInfo
  readonly onStep: (step: SignInStep) => void
}

/** Who comes (asked of the first administrator only), and how they will sign in. */
export function LinkWays({ token, info, onStep }: Props) {
  const t = useSignInText()
  const trying = useTry()
  const device = useDevice()
  const [display, setDisplay] = useState('')
  const [name, setName] = useState('')
  const [byPassword, setByPassword] = useState(false)
  const field = useArrivalFocus<HTMLInputElement>()
  const isFirst = info.kind === 'first'
  const who = { token, ...(isFirst && { name: name.trim(), display: display.trim() }) }
  const isKnown = !isFirst || (name.trim() !== '' && display.trim() !== '')
  const hasPasskeys = (device?.passkeys ?? true) && canUsePasskeys()
  const byPasskey = () =>
    trying.run(async () => {
      const options = await tellSignIn<PublicKeyCredentialCreationOptionsJSON>('link/passkey/options', who)
      const response = await makePasskey(options)
      const passkeyName = t('link.passkeyName', { device: deviceWord() })
      onStep(await tellSignIn<SignInStep>('link/passkey', { ...who, passkeyName, response }))
    })
  return (
    <div className={classes.ways}>
      {isFirst && (
        <div className={classes.form}>
          <TextInput
            label={t('link.display')}
            value={display}
            onChange={(event) => setDisplay(event.currentTarget.value)}
            autoComplete="name"
            ref={field}
          />
          <TextInput
            label={t('link.login')}
            description={t('link.loginRule')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        </div>
      )}
      {!isKnown && <p className={classes.hint}>{t('link.fillFirst')}</p>}
      {!byPassword && hasPasskeys && (
        <>
          <PasskeyButton
            isBusy={trying.isBusy || !isKnown}
            onPress={byPasskey}
            isFirst={!isFirst}
            isMain
            word={t('link.passkey')}
          />
          <p className={classes.hint}>{t('link.passkeyWhy')}</p>
          <RefusedLine trying={trying} />
          <Button variant="default" disabled={!isKnown} onClick={() => setByPassword(true)}>
            {t('link.password')}
          </Button>
        </>
      )}
      {!byPassword && !hasPasskeys && (
        <Button disabled={!isKnown} onClick={() => setByPassword(true)}>
          {t('link.password')}
        </Button>
      )}
      {byPassword && (
        <>
          <LinkPassword who={who} onStep={onStep} />
          {hasPasskeys && (
            <UnstyledButton className={classes.quietWay} onClick={() => setByPassword(false)}>
              {t('back')}
            </UnstyledButton>
          )}
        </>
      )}
    </div>
  )
}
