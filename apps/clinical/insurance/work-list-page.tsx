import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierLine } from '#apps/server'
import { Chips } from '../parts/chips.tsx'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import desk from './desk.module.css'
import { monthChoices } from './months.ts'
import { SendDialog } from './send-dialog.tsx'
import { STATES } from './state-mark.tsx'
import { useDeskText } from './text/use-desk-text.ts'
import { useDossiers } from './use-desk.ts'
import { WorkList } from './work-list.tsx'
import classes from './work-list.module.css'

const SEARCH_FIELD = 'find-dossier'
const PAUSE_MS = 250

/** Every dossier by state, the last ended first. State, month and department stand in the address; what is typed does not. */
export function WorkListPage() {
  const t = useDeskText()
  const { t: tc } = useTranslation()
  const search = useSearch({ from: '/frame/insurance/' })
  const navigate = useNavigate({ from: '/insurance' })
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed, PAUSE_MS)
  const [toSend, setToSend] = useState<readonly DossierLine[] | 'all'>()
  const list = useDossiers({ ...search, q })
  const first = list.data?.pages[0]
  const dossiers = list.data?.pages.flatMap((page) => page.dossiers) ?? []
  const narrow = (next: typeof search) => void navigate({ search: (now) => ({ ...now, ...next }), replace: true })
  const isNarrowed = Boolean(search.state || search.month || search.department || q)
  const total = first ? STATES.reduce((sum, state) => sum + first.states[state], 0) : 0
  const clear = () => {
    setTyped('')
    void navigate({ search: {}, replace: true })
  }
  if (list.error && !first) return <Trouble error={list.error} retry={() => void list.refetch()} />
  return (
    <section className={desk.page} aria-label={t('list.label')}>
      <div className={classes.states}>
        <Chips
          label={t('list.states')}
          chosen={search.state ?? null}
          chips={[
            { key: null, words: `${t('states.all')} ${first ? total : ''}` },
            ...STATES.map((key) => ({ key, words: `${t(`states.${key}`)} ${first?.states[key] ?? ''}` })),
          ]}
          onChoose={(state) => narrow({ state: state ?? undefined })}
        />
        {first && first.states.ready > 0 && (
          <Button size="xs" mr="sm" onClick={() => setToSend('all')}>
            {t('list.sendAll')} ({first.states.ready})
          </Button>
        )}
      </div>
      <div className={desk.tools}>
        <TextInput
          id={SEARCH_FIELD}
          size="xs"
          className={desk.grow}
          aria-label={t('list.search')}
          placeholder={t('list.search')}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          aria-label={t('list.month')}
          value={search.month ?? ''}
          data={[{ value: '', label: `${t('list.month')}: ${tc('all')}` }, ...monthChoices()]}
          onChange={(event) => narrow({ month: event.currentTarget.value || undefined })}
        />
        <TextInput
          size="xs"
          w="7rem"
          aria-label={t('list.department')}
          placeholder={t('list.department')}
          defaultValue={search.department}
          key={search.department ?? ''}
          onBlur={(event) => narrow({ department: event.currentTarget.value.trim() || undefined })}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
        {isNarrowed && (
          <Button size="xs" variant="subtle" onClick={clear}>
            {t('list.clear')}
          </Button>
        )}
        <span className="quiet">{t(`statesWhy.${search.state ?? 'all'}`)}</span>
      </div>
      {list.error && (
        <p className={desk.alarm} role="alert">
          {t('list.problem')}
        </p>
      )}
      {!first && <PageSkeleton />}
      {first && dossiers.length === 0 && (isNarrowed ? <NoneFits onClear={clear} /> : <NoneYet />)}
      {dossiers.length > 0 && (
        <WorkList
          dossiers={dossiers}
          onSend={(dossier) => setToSend([dossier])}
          onNearEnd={() => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()}
          searchField={SEARCH_FIELD}
        />
      )}
      {toSend && (
        <SendDialog
          dossiers={toSend}
          filter={{ month: search.month, department: search.department, q }}
          onClose={() => setToSend(undefined)}
        />
      )}
    </section>
  )
}

function NoneFits({ onClear }: { readonly onClear: () => void }) {
  const t = useDeskText()
  return (
    <Nothing way={<Button onClick={onClear}>{t('list.clear')}</Button>}>
      <strong>{t('list.none')}</strong> {t('list.noneWay')}
    </Nothing>
  )
}

function NoneYet() {
  const t = useDeskText()
  return (
    <Nothing
      way={
        <Button component={Link} to="/insurance/import">
          {t('pages.import')}
        </Button>
      }
    >
      <strong>{t('list.noneYet')}</strong> {t('list.noneYetWay')}
    </Nothing>
  )
}
