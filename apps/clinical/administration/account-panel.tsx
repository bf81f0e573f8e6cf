import { Button, CloseButton, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { AccountLine, Handed } from '#apps/server'
import { dateText, dateTimeText } from '#hospital/calendar'
import { AccountActs } from './account-acts.tsx'
import { AccountSessions } from './account-sessions.tsx'
import { AccountState } from './account-state.tsx'
import classes from './account-panel.module.css'
import { draftOf, rolesGiven } from './role-drafts.ts'
import { RolesEditor } from './roles-editor.tsx'
import { saidBy } from './said.ts'
import { useAdministrationText } from './text/use-administration-text.ts'
import { useRenameAccount, useSetRoles } from './use-accounts.ts'

interface Props {
  readonly account: AccountLine
  readonly onHanded: (handed: Handed) => void
  readonly onClose: () => void
}

/** One account beside the list: its name, roles, sessions, and what can be done to it. */
export function AccountPanel({ account, onHanded, onClose }: Props) {
  const t = useAdministrationText()
  const { display, name, agent, created, reviewed } = account
  return (
    <aside className={classes.panel} aria-label={t('panel.label', { name: display })}>
      <header className={classes.head}>
        <h2>{display}</h2>
        <AccountState state={account.state} />
        <CloseButton aria-label={t('close')} onClick={onClose} />
      </header>
      <dl className={classes.facts}>
        <dt>{t('panel.login')}</dt>
        <dd>{name}</dd>
        <dt>{t('panel.inRecord')}</dt>
        <dd>{agent}</dd>
        <dt>{t('panel.created')}</dt>
        <dd>{dateTimeText(created)}</dd>
        <dt>{t('panel.reviewed')}</dt>
        <dd>{reviewed === null ? t('panel.neverReviewed') : dateText(reviewed)}</dd>
      </dl>
      <Rename account={account} />
      <Roles account={account} />
      <AccountSessions account={account.id} />
      <AccountActs account={account} onHanded={onHanded} />
    </aside>
  )
}

function Roles({ account }: Pick<Props, 'account'>) {
  const t = useAdministrationText()
  const before = account.roles.map(draftOf)
  const [drafts, setDrafts] = useState(before)
  const save = useSetRoles()
  const isSame = JSON.stringify(drafts) === JSON.stringify(before)
  return (
    <section>
      <RolesEditor drafts={drafts} onChange={(next) => setDrafts([...next])} />
      {save.error && (
        <p role="alert" className={classes.failed}>
          {t('failed', { why: saidBy(save.error, t('unknown')) })}
        </p>
      )}
      <p className={classes.acts}>
        {save.isSuccess && isSame && <span role="status">{t('panel.done')}</span>}
        {!isSame && (
          <>
            <Button size="xs" variant="default" onClick={() => setDrafts(before)}>
              {t('cancel')}
            </Button>
            <Button
              size="xs"
              loading={save.isPending}
              onClick={() =>
                save.mutate(
                  { account: account.id, roles: rolesGiven(drafts, account.roles) },
                  { onSuccess: ({ roles }) => setDrafts(roles.map(draftOf)) },
                )
              }
            >
              {t('save')}
            </Button>
          </>
        )}
      </p>
    </section>
  )
}

function Rename({ account }: Pick<Props, 'account'>) {
  const t = useAdministrationText()
  const [display, setDisplay] = useState<string | null>(null)
  const rename = useRenameAccount()
  if (display === null) {
    return (
      <p>
        <Button size="compact-xs" variant="subtle" onClick={() => setDisplay(account.display)}>
          {t('panel.rename')}
        </Button>
      </p>
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        rename.mutate(
          { account: account.id, display: display.trim(), agent: account.agent },
          { onSuccess: () => setDisplay(null) },
        )
      }}
    >
      <TextInput
        size="xs"
        label={t('form.display')}
        value={display}
        maxLength={100}
        data-autofocus
        onChange={(event) => setDisplay(event.currentTarget.value)}
        error={rename.error ? saidBy(rename.error, t('unknown')) : undefined}
      />
      <p className={classes.acts}>
        <Button size="xs" variant="default" onClick={() => setDisplay(null)}>
          {t('cancel')}
        </Button>
        <Button size="xs" type="submit" loading={rename.isPending} disabled={display.trim() === ''}>
          {t('save')}
        </Button>
      </p>
    </form>
  )
}
