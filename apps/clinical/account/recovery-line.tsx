import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Panel } from '../parts/panel.tsx'
import { RecoveryCodes } from '../sign-in/recovery-codes.tsx'
import { useSignInText } from '../sign-in/text/use-sign-in-text.ts'
import classes from './account.module.css'
import { Refused } from './refused.tsx'
import { tellAccount, useAccountAct } from './use-account.ts'

interface Props {
  /** codes not used yet */
  readonly left: number
  readonly name: string
}

/** Ten codes for the day the phone is lost; new ones make the old ones void. */
export function RecoveryLine({ left, name }: Props) {
  const t = useSignInText()
  const act = useAccountAct()
  const client = useQueryClient()
  const [codes, setCodes] = useState<readonly string[]>([])
  const renew = () =>
    act.do(async () => {
      const made = await tellAccount<{ codes: readonly string[] }>('recovery-codes')
      setCodes(made.codes)
      return null
    })
  const kept = () => {
    setCodes([])
    void client.invalidateQueries({ queryKey: ['account'] })
  }
  return (
    <Panel
      title={t('account.recovery')}
      aside={left > 0 ? t('account.recoveryLeft', { count: left }) : t('account.recoveryNone')}
    >
      <div className={classes.body}>
        {codes.length > 0 ? (
          <RecoveryCodes codes={codes} name={name} onKept={kept} />
        ) : (
          <>
            <p className={classes.hint}>{t('account.recoverySure')}</p>
            <Refused act={act} />
            <div className={classes.row}>
              <Button variant="default" loading={act.isBusy} onClick={renew}>
                {t('account.recoveryNew')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Panel>
  )
}
