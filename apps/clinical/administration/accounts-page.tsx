import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Handed } from '#apps/server'
import { useKeys } from '../frame/use-keys.ts'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { AccountList } from './account-list.tsx'
import { AccountPanel } from './account-panel.tsx'
import classes from './accounts.module.css'
import { HandedOver } from './handed-over.tsx'
import { NewAccount } from './new-account.tsx'
import { useAccounts } from './use-accounts.ts'

/** Every account of the hospital; the chosen one, or a new one, stands beside the list. */
export function AccountsPage() {
  const { account: chosen, made } = useSearch({ from: '/frame/access/administration' })
  const navigate = useNavigate({ from: '/administration' })
  const [handed, setHanded] = useState<Handed | null>(null)
  const { data: accounts, error, refetch } = useAccounts()
  const open = (account: string) => void navigate({ search: { account }, replace: true })
  const close = () => void navigate({ search: {}, replace: true })
  const begin = () => void navigate({ search: { made: true }, replace: true })
  useKeys({ N: begin, Escape: () => !handed && close() })
  if (error && !accounts) return <Trouble error={error} retry={() => void refetch()} />
  if (!accounts) return <PageSkeleton />
  const account = accounts.find(({ id }) => id === chosen)
  const isWide = account !== undefined || made === true
  return (
    <div className={classes.page} data-beside={isWide || undefined}>
      <AccountList accounts={accounts} chosen={account?.id} onOpen={open} onNew={begin} />
      {made && (
        <NewAccount
          onCancel={close}
          onMade={(given) => {
            setHanded(given)
            open(given.account.id)
          }}
        />
      )}
      {/* the key makes what was typed for one person stay with that person */}
      {account && <AccountPanel key={account.id} account={account} onHanded={setHanded} onClose={close} />}
      {handed && <HandedOver handed={handed} onClose={() => setHanded(null)} />}
    </div>
  )
}
