import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { AccountLine, Handed } from '#apps/server'
import classes from './account-panel.module.css'
import { saidBy } from './said.ts'
import { useAdministrationText } from './text/use-administration-text.ts'
import { useDisableAccount, useEnableAccount, useResetAccount } from './use-accounts.ts'

const SHORTEST_REASON = 5

type Act = 'disable' | 'enable' | 'reset'

/** What can be done to an account in each state. */
const ACTS: Readonly<Record<AccountLine['state'], readonly Act[]>> = {
  new: ['reset', 'disable'],
  active: ['reset', 'disable'],
  locked: ['enable', 'reset', 'disable'],
  disabled: ['enable'],
}

interface Props {
  readonly account: AccountLine
  readonly onHanded: (handed: Handed) => void
}

/** Closing, opening and new ways in: each says what it does and asks why. */
export function AccountActs({ account, onHanded }: Props) {
  const t = useAdministrationText()
  const [act, setAct] = useState<Act | null>(null)
  return (
    <section aria-label={t('panel.acts')}>
      <h3>{t('panel.acts')}</h3>
      {act === null ? (
        <p className={classes.acts}>
          {ACTS[account.state].map((one) => (
            <Button key={one} size="xs" variant="default" onClick={() => setAct(one)}>
              {t(`panel.${one}`)}
            </Button>
          ))}
        </p>
      ) : (
        <OneAct key={act} act={act} account={account} onHanded={onHanded} onEnd={() => setAct(null)} />
      )}
    </section>
  )
}

function OneAct({ act, account, onHanded, onEnd }: Props & { readonly act: Act; readonly onEnd: () => void }) {
  const t = useAdministrationText()
  const [reason, setReason] = useState('')
  const changes = { disable: useDisableAccount(), enable: useEnableAccount(), reset: useResetAccount() }
  const change = changes[act]
  const isLong = reason.trim().length >= SHORTEST_REASON
  const wish = { account: account.id, reason: reason.trim() }
  const go = () => {
    if (act !== 'reset') return changes[act].mutate(wish, { onSuccess: onEnd })
    return changes.reset.mutate(
      { ...wish, way: 'link' },
      {
        onSuccess: (handed) => {
          onEnd()
          onHanded(handed)
        },
      },
    )
  }
  return (
    <form
      className={classes.dangerous}
      onSubmit={(event) => {
        event.preventDefault()
        if (isLong) go()
      }}
    >
      <p>{t(`panel.${act}What`)}</p>
      <TextInput
        className={classes.wide}
        size="xs"
        label={t('panel.reason')}
        description={t('panel.reasonShort')}
        value={reason}
        maxLength={200}
        data-autofocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {change.error && (
        <p role="alert" className={classes.failed}>
          {t('failed', { why: saidBy(change.error, t('unknown')) })}
        </p>
      )}
      <p className={classes.acts}>
        <Button size="xs" variant="default" onClick={onEnd}>
          {t('cancel')}
        </Button>
        <Button
          size="xs"
          type="submit"
          color={act === 'enable' ? undefined : 'red'}
          loading={change.isPending}
          disabled={!isLong}
        >
          {t(`panel.${act}`)}
        </Button>
      </p>
    </form>
  )
}
