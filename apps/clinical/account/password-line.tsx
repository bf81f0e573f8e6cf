import { Button } from '@mantine/core'
import { useState } from 'react'
import { dateTimeText } from '#hospital/calendar'
import { isWhole, type NewPassword, NewPasswordFields, NO_PASSWORD } from '../sign-in/new-password-fields.tsx'
import { useSignInText } from '../sign-in/text/use-sign-in-text.ts'
import { tellAccount, useAccountAct } from './use-account.ts'
import { WayPanel } from './way-panel.tsx'

/** @param since ISO instant of the last change; null without a password */
export function PasswordLine({ since }: { readonly since: string | null }) {
  const t = useSignInText()
  const act = useAccountAct()
  const [password, setPassword] = useState<NewPassword | null>(null)
  return (
    <WayPanel
      title={t('account.password')}
      standing={since ? t('account.passwordSince', { time: dateTimeText(since) }) : t('account.passwordNone')}
      act={act}
      fields={password && <NewPasswordFields value={password} onChange={setPassword} />}
      word={t('newPassword.set')}
      canSend={password !== null && isWhole(password)}
      onSend={() =>
        act.do(
          () => tellAccount('password', { password: password?.first }),
          () => setPassword(null),
        )
      }
      onLeave={() => setPassword(null)}
      ways={
        <Button variant="default" onClick={() => setPassword(NO_PASSWORD)}>
          {t(since ? 'account.passwordChange' : 'newPassword.set')}
        </Button>
      }
    />
  )
}
