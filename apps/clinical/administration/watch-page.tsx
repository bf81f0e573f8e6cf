import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { AccountLine } from '#apps/server'
import { dateText, dateTimeText, daysBetween } from '#hospital/calendar'
import { hospitalToday } from '../parts/hospital-today.ts'
import { Nothing } from '../parts/nothing.tsx'
import { Panel } from '../parts/panel.tsx'
import { PanelPage } from '../parts/panel-page.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { RecordTable } from '../parts/record-table.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { AccountState } from './account-state.tsx'
import { RoleWords } from './role-words.tsx'
import { saidBy } from './said.ts'
import { useAdministrationText } from './text/use-administration-text.ts'
import { useAccounts, useMarkReviewed } from './use-accounts.ts'

/** Accounts that somebody has to look at: every six months each, and those that nobody uses. */
export function WatchPage() {
  const review = useAccounts('review')
  const idle = useAccounts('idle')
  const error = review.error ?? idle.error
  if (error && !review.data && !idle.data) {
    return <Trouble error={error} retry={() => void Promise.all([review.refetch(), idle.refetch()])} />
  }
  if (!review.data || !idle.data) return <PageSkeleton />
  return (
    <PanelPage>
      <ToReview accounts={review.data} />
      <Idle accounts={idle.data} />
    </PanelPage>
  )
}

interface Props {
  readonly accounts: readonly AccountLine[]
}

function OpenLink({ account }: { readonly account: AccountLine }) {
  const t = useAdministrationText()
  return (
    <Link
      to="/administration"
      search={{ account: account.id }}
      aria-label={t('watch.openOf', { name: account.display })}
    >
      {t('watch.open')}
    </Link>
  )
}

function ToReview({ accounts }: Props) {
  const t = useAdministrationText()
  const mark = useMarkReviewed()
  return (
    <Panel title={t('watch.review')} count={accounts.length} aside={t('watch.reviewWhy')}>
      {mark.error && <p role="alert">{t('failed', { why: saidBy(mark.error, t('unknown')) })}</p>}
      {accounts.length === 0 ? (
        <Nothing>{t('watch.reviewNone')}</Nothing>
      ) : (
        <RecordTable head={[t('accounts.person'), t('accounts.roles'), t('accounts.state'), t('watch.reviewed'), '']}>
          {accounts.map((account) => (
            <tr key={account.id}>
              <th scope="row">
                {account.display} <span className="quiet">{account.name}</span>
              </th>
              <td>
                <RoleWords roles={account.roles} />
              </td>
              <td>
                <AccountState state={account.state} />
              </td>
              <td>{account.reviewed === null ? t('panel.neverReviewed') : dateText(account.reviewed)}</td>
              <td>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={mark.isPending}
                  aria-label={t('watch.keepOf', { name: account.display })}
                  onClick={() => mark.mutate({ account: account.id })}
                >
                  {t('watch.keep')}
                </Button>{' '}
                <OpenLink account={account} />
              </td>
            </tr>
          ))}
        </RecordTable>
      )}
    </Panel>
  )
}

function Idle({ accounts }: Props) {
  const t = useAdministrationText()
  return (
    <Panel title={t('watch.idle')} count={accounts.length} aside={t('watch.idleWhy')}>
      {accounts.length === 0 ? (
        <Nothing>{t('watch.idleNone')}</Nothing>
      ) : (
        <RecordTable head={[t('accounts.person'), t('accounts.roles'), t('accounts.lastUsed'), t('watch.idle'), '']}>
          {accounts.map((account) => {
            const since = account.lastUsed ?? account.created
            return (
              <tr key={account.id}>
                <th scope="row">
                  {account.display} <span className="quiet">{account.name}</span>
                </th>
                <td>
                  <RoleWords roles={account.roles} />
                </td>
                <td>{account.lastUsed === null ? t('accounts.never') : dateTimeText(account.lastUsed)}</td>
                <td>{t('watch.days', { count: daysBetween(since, hospitalToday()) })}</td>
                <td>
                  <OpenLink account={account} />
                </td>
              </tr>
            )
          })}
        </RecordTable>
      )}
    </Panel>
  )
}
