import { Button } from '@mantine/core'
import { useState } from 'react'
import { CodeField } from '../sign-in/code-field.tsx'
import { useSignInText } from '../sign-in/text/use-sign-in-text.ts'
import { tellAccount, useAccountAct } from './use-account.ts'
import { WayPanel } from './way-panel.tsx'

const MOST_DIGITS = 6
const FEWEST_DIGITS = 4

/** The PIN that unlocks the screen and switches users. */
export function PinLine({ hasPin }: { readonly hasPin: boolean }) {
  const t = useSignInText()
  const act = useAccountAct()
  const [pin, setPin] = useState<string | null>(null)
  return (
    <WayPanel
      title={t('account.pin')}
      standing={t(hasPin ? 'account.pinHas' : 'account.pinNone')}
      why={t('account.pinWhy')}
      act={act}
      fields={
        pin !== null && (
          <CodeField
            label={t('account.pinNew')}
            value={pin}
            onChange={setPin}
            most={MOST_DIGITS}
            autoComplete="new-password"
            isSecret
          />
        )
      }
      word={t('account.save')}
      canSend={(pin ?? '').length >= FEWEST_DIGITS}
      onSend={() =>
        act.do(
          () => tellAccount('pin', { pin }),
          () => setPin(null),
        )
      }
      onLeave={() => setPin(null)}
      ways={
        <>
          <Button variant={hasPin ? 'default' : 'filled'} onClick={() => setPin('')}>
            {t(hasPin ? 'account.pinChange' : 'account.pinSet')}
          </Button>
          {hasPin && (
            <Button variant="default" onClick={() => act.do(() => tellAccount('pin', { pin: null }))}>
              {t('account.pinDrop')}
            </Button>
          )}
        </>
      }
    />
  )
}
