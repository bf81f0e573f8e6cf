import { Button } from '@mantine/core'
import { useState } from 'react'
import type { TotpSetUp } from '#apps/server'
import { useSignInText } from '../sign-in/text/use-sign-in-text.ts'
import { TotpSetUpFields } from '../sign-in/totp-set-up.tsx'
import { tellAccount, useAccountAct } from './use-account.ts'
import { WayPanel } from './way-panel.tsx'

const DIGITS = 6

/** The authenticator app on a phone. */
export function TotpLine({ hasTotp }: { readonly hasTotp: boolean }) {
  const t = useSignInText()
  const act = useAccountAct()
  const [setUp, setSetUp] = useState<TotpSetUp | null>(null)
  const [code, setCode] = useState('')
  const begin = () =>
    act.do(async () => {
      setSetUp(await tellAccount<TotpSetUp>('totp/options'))
      return null
    })
  const leave = () => {
    setSetUp(null)
    setCode('')
  }
  return (
    <WayPanel
      title={t('account.totp')}
      standing={t(hasTotp ? 'account.totpHas' : 'account.totpNone')}
      act={act}
      fields={setUp && <TotpSetUpFields setUp={setUp} code={code} onCode={setCode} />}
      word={t('setUp.done')}
      canSend={code.length === DIGITS}
      onSend={() => act.do(() => tellAccount('totp', { code }), leave)}
      onLeave={leave}
      ways={
        <Button variant="default" loading={act.isBusy} onClick={begin}>
          {t(hasTotp ? 'account.totpChange' : 'account.totpSet')}
        </Button>
      }
    />
  )
}
