import { Button, Modal, PasswordInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { OpenSession, WhoAmI } from '#apps/server'
import { CodeField } from '../sign-in/code-field.tsx'
import { PasskeyButton } from '../sign-in/passkey-button.tsx'
import { RefusedLine } from '../sign-in/refused-line.tsx'
import { useSignInText } from '../sign-in/text/use-sign-in-text.ts'
import { useTry } from '../sign-in/use-try.ts'
import { follow, tellSignIn } from './ask-session.ts'
import { answerConfirmation } from './confirmation.ts'
import { canUsePasskeys, showPasskey } from './passkeys.ts'
import classes from './session.module.css'

const MOST_DIGITS = 6

/** Asks in the middle of an act who sits there; the act goes on with the answer. */
export function ConfirmDialog({ session }: { readonly session: OpenSession }) {
  const t = useSignInText()
  const trying = useTry()
  const [secret, setSecret] = useState('')
  const [byPin, setByPin] = useState(session.hasPin)
  const done = (who: WhoAmI) => {
    follow(who)
    answerConfirmation(true)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    trying.run(async () => {
      try {
        done(await tellSignIn<WhoAmI>('confirm', byPin ? { pin: secret } : { password: secret }))
      } finally {
        setSecret('')
      }
    })
  }
  const byPasskey = () => trying.run(async () => done(await showPasskey<WhoAmI>('confirm/passkey')))
  return (
    <Modal
      opened
      onClose={() => answerConfirmation(false)}
      title={<strong>{t('confirm.title')}</strong>}
      centered
      zIndex={400}
      closeButtonProps={{ 'aria-label': t('confirm.cancel') }}
    >
      <p className={classes.hint}>{t('confirm.why', { name: session.display })}</p>
      {session.hasPasskey && canUsePasskeys() && (
        <PasskeyButton isBusy={trying.isBusy} onPress={byPasskey} isFirst={!session.hasPin} />
      )}
      <form onSubmit={submit} className={classes.form}>
        {byPin ? (
          <CodeField label={t('lock.pin')} value={secret} onChange={setSecret} most={MOST_DIGITS} isSecret />
        ) : (
          <PasswordInput
            label={t('password')}
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('newPassword.show') }}
          />
        )}
        <RefusedLine trying={trying} />
        <div className={classes.row}>
          <Button type="submit" loading={trying.isBusy} disabled={secret === ''}>
            {t('confirm.do')}
          </Button>
          <Button variant="default" onClick={() => answerConfirmation(false)}>
            {t('confirm.cancel')}
          </Button>
          {session.hasPin && (
            <Button variant="subtle" onClick={() => setByPin(!byPin)}>
              {t(byPin ? 'lock.usePassword' : 'lock.usePin')}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  )
}
