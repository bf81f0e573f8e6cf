import { Button, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import { useState } from 'react'
import { dateTimeText } from '#hospital/calendar'
import type { MyAccount } from '#apps/server'
import { Panel } from '../parts/panel.tsx'
import { ServerProblem } from '../server/index.ts'
import { canUsePasskeys, makePasskey, NoPasskey } from '../session/passkeys.ts'
import { deviceWord } from '../sign-in/device-word.ts'
import { useSignInText } from '../sign-in/text/use-sign-in-text.ts'
import classes from './account.module.css'
import { Refused } from './refused.tsx'
import { type AccountAct, tellAccount, useAccountAct } from './use-account.ts'

/** The passkeys of an account: add, rename, remove. */
export function PasskeyList({ account: { passkeys } }: { readonly account: MyAccount }) {
  const t = useSignInText()
  const act = useAccountAct()
  const add = () =>
    act.do(async () => {
      const options = await tellAccount<PublicKeyCredentialCreationOptionsJSON>('passkeys/options')
      const response = await makePasskey(options).catch((error: unknown) => {
        throw error instanceof NoPasskey ? new ServerProblem('refused', 0, t('passkeyNew')) : error
      })
      return tellAccount('passkeys', { name: t('link.passkeyName', { device: deviceWord() }), response })
    })
  return (
    <Panel title={t('account.passkeys')} count={passkeys.length}>
      <div className={classes.body}>
        <p className={classes.hint}>{t('account.passkeysWhy')}</p>
        {passkeys.length === 0 && <p>{t('account.noPasskeys')}</p>}
      </div>
      <ul className={classes.lines}>
        {passkeys.map((passkey) => (
          <PasskeyLine key={passkey.id} passkey={passkey} act={act} />
        ))}
      </ul>
      <div className={classes.body}>
        <Refused act={act} />
        {canUsePasskeys() ? (
          <Button leftSection={<IconFingerprint size={18} aria-hidden />} loading={act.isBusy} onClick={add}>
            {t('account.add')}
          </Button>
        ) : (
          <p className={classes.hint}>{t('noPasskeys')}</p>
        )}
      </div>
    </Panel>
  )
}

interface LineProps {
  readonly passkey: MyAccount['passkeys'][number]
  readonly act: AccountAct
}

function PasskeyLine({ passkey: { id, name, created, lastUsed, synced }, act }: LineProps) {
  const t = useSignInText()
  const [typed, setTyped] = useState<string | null>(null)
  const [isRemoving, setIsRemoving] = useState(false)
  const rename = (text: string) =>
    act.do(
      () => tellAccount('passkeys/rename', { id, name: text }),
      () => setTyped(null),
    )
  if (typed !== null)
    return (
      <li className={classes.line}>
        <form
          className={classes.row}
          onSubmit={(event) => {
            event.preventDefault()
            rename(typed.trim())
          }}
        >
          <TextInput
            aria-label={t('account.addName')}
            value={typed}
            maxLength={60}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" loading={act.isBusy} disabled={typed.trim() === ''}>
            {t('account.save')}
          </Button>
          <Button variant="default" onClick={() => setTyped(null)}>
            {t('account.cancel')}
          </Button>
        </form>
      </li>
    )
  return (
    <li className={classes.line}>
      <div className={classes.what}>
        <strong>{name}</strong>
        <span className="quiet">
          {[
            t('account.created', { time: dateTimeText(created) }),
            lastUsed ? t('account.lastUsed', { time: dateTimeText(lastUsed) }) : t('account.neverUsed'),
            ...(synced ? [t('account.synced')] : []),
          ].join(' · ')}
        </span>
        {isRemoving && <p>{t('account.removeSure', { name })}</p>}
      </div>
      {isRemoving ? (
        <div className={classes.row}>
          <Button
            size="xs"
            color="red"
            loading={act.isBusy}
            onClick={() => act.do(() => tellAccount('passkeys/remove', { id }))}
          >
            {t('account.remove')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setIsRemoving(false)}>
            {t('account.cancel')}
          </Button>
        </div>
      ) : (
        <div className={classes.row}>
          <Button size="xs" variant="default" onClick={() => setTyped(name)}>
            {t('account.rename')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setIsRemoving(true)}>
            {t('account.remove')}
          </Button>
        </div>
      )}
    </li>
  )
}
