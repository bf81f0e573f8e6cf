import { Button } from '@mantine/core'
import type { SessionLine } from '#apps/server'
import { dateTimeText } from '#hospital/calendar'
import classes from './account-panel.module.css'
import { saidBy } from './said.ts'
import { useAdministrationText } from './text/use-administration-text.ts'
import { useEndSessions, useSessionsOf } from './use-accounts.ts'

/** Where somebody is signed in now, and how to end it. */
export function AccountSessions({ account }: { readonly account: string }) {
  const t = useAdministrationText()
  const { data: sessions, error } = useSessionsOf(account)
  const end = useEndSessions()
  const failed = error ?? end.error
  return (
    <section aria-label={t('panel.sessions')}>
      <h3>{t('panel.sessions')}</h3>
      {failed && (
        <p role="alert" className={classes.failed}>
          {t('failed', { why: saidBy(failed, t('unknown')) })}
        </p>
      )}
      {sessions?.length === 0 && <p className="quiet">{t('panel.noSessions')}</p>}
      <ul className={classes.sessions}>
        {sessions?.map((session) => (
          <OneSession
            key={session.id}
            session={session}
            isEnding={end.isPending}
            onEnd={() => end.mutate({ account, session: session.id })}
          />
        ))}
      </ul>
      {sessions !== undefined && sessions.length > 1 && (
        <p className={classes.acts}>
          <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate({ account })}>
            {t('panel.endAll')}
          </Button>
        </p>
      )}
    </section>
  )
}

interface Props {
  readonly session: SessionLine
  readonly isEnding: boolean
  readonly onEnd: () => void
}

function OneSession({ session, isEnding, onEnd }: Props) {
  const t = useAdministrationText()
  const device = session.device || t('panel.deviceUnnamed')
  return (
    <li>
      <span>
        {t('panel.device', { device, network: session.network })}
        {session.state === 'locked' && ` · ${t('panel.lockedSession')}`}
        <br />
        <span className="quiet">
          {t('panel.since', { since: dateTimeText(session.since), last: dateTimeText(session.lastUsed) })}
        </span>
      </span>
      <Button
        size="compact-xs"
        variant="default"
        disabled={isEnding}
        aria-label={t('panel.endOneOf', { device })}
        onClick={onEnd}
      >
        {t('panel.endOne')}
      </Button>
    </li>
  )
}
