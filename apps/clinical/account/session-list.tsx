import { Button, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { dateTimeText } from '#hospital/calendar'
import type { SessionLine } from '#apps/server'
import { Panel } from '../parts/panel.tsx'
import { signOut } from '../session/ask-session.ts'
import { useSignInText } from '../sign-in/text/use-sign-in-text.ts'
import classes from './account.module.css'
import { Refused } from './refused.tsx'
import { tellAccount, useAccountAct } from './use-account.ts'

/** Where one is signed in: each can be ended from here, all of them too. */
export function SessionList({ sessions }: { readonly sessions: readonly SessionLine[] }) {
  const t = useSignInText()
  const act = useAccountAct()
  const [isLeaving, setIsLeaving] = useState(false)
  return (
    <Panel title={t('account.sessions')} count={sessions.length}>
      <div className={classes.body}>
        <p className={classes.hint}>{t('account.sessionsWhy')}</p>
        <Refused act={act} />
      </div>
      <ul className={classes.lines}>
        {sessions.map(({ id, device, network, lastUsed, state, current }) => (
          <li key={id} className={classes.line}>
            <div className={classes.what}>
              <strong>{device || t('account.deviceUnnamed')}</strong>
              <span className="quiet">
                {[current ? t('account.current') : t(`account.${state}`), network, dateTimeText(lastUsed)].join(' · ')}
              </span>
            </div>
            {!current && (
              <Button
                size="xs"
                variant="default"
                aria-label={t('account.endOf', { device: device || network })}
                onClick={() => act.do(() => tellAccount('sessions/end', { session: id }))}
              >
                {t('account.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className={classes.body}>
        <DeviceName now={sessions.find(({ current }) => current)?.device ?? ''} />
        {isLeaving ? (
          <>
            <p>{t('account.everywhereSure')}</p>
            <div className={classes.row}>
              <Button color="red" onClick={() => void signOut(true)}>
                {t('account.everywhereOut')}
              </Button>
              <Button variant="default" onClick={() => setIsLeaving(false)}>
                {t('account.cancel')}
              </Button>
            </div>
          </>
        ) : (
          <div className={classes.row}>
            <Button variant="default" onClick={() => setIsLeaving(true)}>
              {t('account.everywhereOut')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  )
}

function DeviceName({ now }: { readonly now: string }) {
  const t = useSignInText()
  const act = useAccountAct()
  const [name, setName] = useState(now)
  const save = (event: FormEvent) => {
    event.preventDefault()
    act.do(() => tellAccount('device', { name: name.trim() }))
  }
  return (
    <form onSubmit={save} className={classes.form}>
      <TextInput
        label={t('account.deviceName')}
        description={t('account.deviceNameWhy')}
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Refused act={act} />
      <div className={classes.row}>
        <Button type="submit" variant="default" loading={act.isBusy} disabled={name.trim() === now}>
          {t('account.save')}
        </Button>
      </div>
    </form>
  )
}
