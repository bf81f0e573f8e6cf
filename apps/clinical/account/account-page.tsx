import { useTranslation } from 'react-i18next'
import { dateTimeText } from '#hospital/calendar'
import type { MyAccount } from '#apps/server'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Panel } from '../parts/panel.tsx'
import { PanelPage } from '../parts/panel-page.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useSession } from '../session/session-store.ts'
import { useSignInText } from '../sign-in/text/use-sign-in-text.ts'
import classes from './account.module.css'
import { DepartmentName } from './department-name.tsx'
import { PasskeyList } from './passkey-list.tsx'
import { PasswordLine } from './password-line.tsx'
import { PinLine } from './pin-line.tsx'
import { RecoveryLine } from './recovery-line.tsx'
import { SessionList } from './session-list.tsx'
import { TotpLine } from './totp-line.tsx'
import { useAccount } from './use-account.ts'

/** One's own account: who one is here, the ways in, and where one is signed in. */
export function AccountPage() {
  const t = useSignInText()
  const account = useAccount()
  const session = useSession()
  if (account.error && !account.data) return <Trouble error={account.error} retry={() => void account.refetch()} />
  if (!account.data) return <PageSkeleton />
  const isDemo = session?.demo ?? false
  return (
    <PanelPage>
      <div className={classes.page}>
        <header className={classes.head}>
          <h1>{account.data.display}</h1>
          <span className="quiet">{account.data.name}</span>
        </header>
        {isDemo && <p className={classes.hint}>{t('account.demo')}</p>}
        <div className={classes.columns}>
          <div className={classes.column}>
            {!isDemo && <PasskeyList account={account.data} />}
            <PinLine hasPin={account.data.pin} />
            {!isDemo && (
              <>
                <PasswordLine since={account.data.password} />
                <TotpLine hasTotp={account.data.totp} />
                <RecoveryLine left={account.data.recoveryCodes} name={account.data.display} />
              </>
            )}
          </div>
          <div className={classes.column}>
            <Roles account={account.data} />
            <SessionList sessions={account.data.sessions} />
          </div>
        </div>
      </div>
    </PanelPage>
  )
}

function Roles({ account: { roles } }: { readonly account: MyAccount }) {
  const t = useSignInText()
  const { t: words } = useTranslation()
  const held = roles.filter(({ holds }) => holds)
  return (
    <Panel title={t('account.roles')} count={held.length}>
      <ul className={classes.lines}>
        {held.map(({ role, department, until }) => (
          <li key={`${role} ${department}`} className={classes.line}>
            <strong>{words(`roles.${role}`)}</strong>
            <span className="quiet">
              {department ? <DepartmentName reference={department} /> : t('account.everywhere')}
              {until && ` · ${t('account.until', { time: dateTimeText(until) })}`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
