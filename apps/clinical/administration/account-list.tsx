import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountLine } from '#apps/server'
import { dateTimeText } from '#hospital/calendar'
import { foldName } from '#hospital/identification'
import { Nothing } from '../parts/nothing.tsx'
import { AccountState } from './account-state.tsx'
import classes from './accounts.module.css'
import { ROLES } from './role-drafts.ts'
import { RoleWords } from './role-words.tsx'
import { useAdministrationText } from './text/use-administration-text.ts'
import { useRowFocus } from '../parts/use-row-focus.ts'

const STATES = ['new', 'active', 'locked', 'disabled'] as const
/** More lines than this nobody reads: the search is the way to the others. */
const MOST_SHOWN = 200
const SEARCH_FIELD = 'find-account'

interface Filter {
  readonly typed: string
  readonly role: string
  readonly state: string
}

const EVERY: Filter = { typed: '', role: '', state: '' }

const answersTo = ({ typed, role, state }: Filter) => {
  const folded = foldName(typed.trim())
  return ({ name, display, roles, state: is }: AccountLine): boolean =>
    (folded === '' || foldName(display).includes(folded) || name.includes(folded)) &&
    (role === '' || roles.some((one) => one.role === role)) &&
    (state === '' || is === state)
}

interface Props {
  readonly accounts: readonly AccountLine[]
  readonly chosen: string | undefined
  readonly onOpen: (account: string) => void
  readonly onNew: () => void
}

/** The accounts by login, narrowed by what is typed; arrows walk, Enter opens. */
export function AccountList({ accounts, chosen, onOpen, onNew }: Props) {
  const t = useAdministrationText()
  const [filter, setFilter] = useState(EVERY)
  const box = useRef<HTMLDivElement>(null)
  useRowFocus(box, SEARCH_FIELD)
  const found = accounts.filter(answersTo(filter))
  const shown = found.slice(0, MOST_SHOWN)
  const isAlone = accounts.length <= 1 && filter === EVERY
  return (
    <section className={classes.side} aria-label={t('accounts.label')}>
      <Tools filter={filter} onChange={setFilter} onNew={onNew} />
      {isAlone && (
        <Nothing way={<Button onClick={onNew}>{t('accounts.emptyButton')}</Button>}>
          <strong>{t('accounts.empty')}</strong> {t('accounts.emptyWay')}
        </Nothing>
      )}
      {found.length === 0 && (
        <Nothing way={<Button onClick={() => setFilter(EVERY)}>{t('accounts.clear')}</Button>}>
          {t('accounts.none')}
        </Nothing>
      )}
      {found.length > 0 && (
        <div ref={box} className={classes.list} tabIndex={-1}>
          <table className={classes.table}>
            <thead>
              <tr>
                {(['person', 'roles', 'state', 'ways', 'lastUsed', 'sessions'] as const).map((column) => (
                  <th key={column} scope="col" className={column === 'ways' ? classes.spare : undefined}>
                    {t(`accounts.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((account) => (
                <AccountRow key={account.id} account={account} isChosen={account.id === chosen} onOpen={onOpen} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={classes.foot}>
        <span role="status">{t('accounts.shown', { shown: shown.length, all: accounts.length })}</span>
        <span>{t('accounts.keys')}</span>
      </p>
    </section>
  )
}

interface ToolProps {
  readonly filter: Filter
  readonly onChange: (filter: Filter) => void
  readonly onNew: () => void
}

function Tools({ filter, onChange, onNew }: ToolProps) {
  const t = useAdministrationText()
  const { t: tc } = useTranslation()
  return (
    <div className={classes.tools}>
      <TextInput
        id={SEARCH_FIELD}
        size="xs"
        className={classes.grow}
        aria-label={t('accounts.search')}
        placeholder={t('accounts.search')}
        autoComplete="off"
        value={filter.typed}
        onChange={(event) => onChange({ ...filter, typed: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        aria-label={t('accounts.role')}
        value={filter.role}
        data={[
          { value: '', label: `${t('accounts.role')}: ${tc('all')}` },
          ...ROLES.map((value) => ({ value, label: tc(`roles.${value}`) })),
        ]}
        onChange={(event) => onChange({ ...filter, role: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        aria-label={t('accounts.state')}
        value={filter.state}
        data={[
          { value: '', label: `${t('accounts.state')}: ${tc('all')}` },
          ...STATES.map((value) => ({ value, label: t(`states.${value}`) })),
        ]}
        onChange={(event) => onChange({ ...filter, state: event.currentTarget.value })}
      />
      <Button size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={onNew}>
        {t('accounts.add')}
      </Button>
    </div>
  )
}

interface RowProps {
  readonly account: AccountLine
  readonly isChosen: boolean
  readonly onOpen: (account: string) => void
}

function AccountRow({ account, isChosen, onOpen }: RowProps) {
  const t = useAdministrationText()
  const { id, display, name, roles, state, passkeys, password, totp, lastUsed, sessions } = account
  const ways = [
    passkeys > 0 && t('ways.passkey', { count: passkeys }),
    password && t('ways.password'),
    totp && t('ways.totp'),
  ].filter(Boolean)
  return (
    <tr data-chosen={isChosen || undefined} onClick={() => onOpen(id)}>
      <th scope="row">
        <button
          type="button"
          data-row
          className={classes.name}
          aria-pressed={isChosen}
          title={display}
          onClick={(event) => {
            event.stopPropagation()
            onOpen(id)
          }}
        >
          {display}
        </button>
        <span className="quiet">{name}</span>
      </th>
      <td className={classes.long}>
        <RoleWords roles={roles} />
      </td>
      <td>
        <AccountState state={state} />
      </td>
      <td className={classes.spare}>{ways.join(' · ') || <span className="quiet">{t('ways.none')}</span>}</td>
      <td>{lastUsed === null ? <span className="quiet">{t('accounts.never')}</span> : dateTimeText(lastUsed)}</td>
      <td>{sessions}</td>
    </tr>
  )
}
