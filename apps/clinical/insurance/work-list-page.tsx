import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { DossierLine } from '#apps/server'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import desk from './desk.module.css'
import { EmptyList } from './empty-list.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { MovedNote } from './moved-note.tsx'
import { SendDialog } from './send-dialog.tsx'
import { useDeskText } from './text/use-desk-text.ts'
import { useDossiers } from './use-desk.ts'
import { useMoveDossiers } from './use-move-dossiers.ts'
import { WorkList } from './work-list.tsx'
import { WorkListStates } from './work-list-states.tsx'
import { SEARCH_FIELD, WorkListTools } from './work-list-tools.tsx'

const PAUSE_MS = 250

/** What the list is narrowed by. State, month and department stand in the address; what is typed does not. */
function useListFilter() {
  const search = useSearch({ from: '/frame/insurance/' })
  const navigate = useNavigate({ from: '/insurance' })
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed, PAUSE_MS)
  const narrow = (next: typeof search) => void navigate({ search: (now) => ({ ...now, ...next }), replace: true })
  const clear = () => {
    setTyped('')
    void navigate({ search: {}, replace: true })
  }
  const isNarrowed = Boolean(search.state || search.month || search.department || q)
  return { filter: { ...search, q }, typed, setTyped, narrow, clear: isNarrowed ? clear : null }
}

type Asked = { readonly send: readonly DossierLine[] | 'all' } | 'move'

/** Every dossier by state, the last ended first. */
export function WorkListPage() {
  const t = useDeskText()
  const { filter, typed, setTyped, narrow, clear } = useListFilter()
  const [asked, setAsked] = useState<Asked>()
  const list = useDossiers(filter)
  const moving = useMoveDossiers()
  const first = list.data?.pages[0]
  const dossiers = list.data?.pages.flatMap((page) => page.dossiers) ?? []
  const close = () => setAsked(undefined)
  if (list.error && !first) return <Trouble error={list.error} retry={() => void list.refetch()} />
  return (
    <section className={desk.page} aria-label={t('list.label')}>
      <WorkListStates
        states={first?.states}
        chosen={filter.state}
        onChoose={(state) => narrow({ state })}
        onSendAll={() => setAsked({ send: 'all' })}
        onMoveAll={() => setAsked('move')}
      />
      <WorkListTools filter={filter} typed={typed} onType={setTyped} onNarrow={narrow} onClear={clear} />
      <MovedNote moving={moving} onUndo={moving.mutate} />
      {list.error && (
        <p className={desk.alarm} role="alert">
          {t('list.problem')}
        </p>
      )}
      {!first && <PageSkeleton />}
      {first && dossiers.length === 0 && <EmptyList onClear={clear} />}
      {dossiers.length > 0 && (
        <WorkList
          dossiers={dossiers}
          onSend={(dossier) => setAsked({ send: [dossier] })}
          onMove={(dossier) => moving.mutate({ ids: [dossier.id], to: 'ready' })}
          onNearEnd={() => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()}
          searchField={SEARCH_FIELD}
        />
      )}
      {asked === 'move' && (
        <MoveDialog
          filter={filter}
          onClose={close}
          onMove={(ids) => {
            close()
            moving.mutate({ ids, to: 'ready' })
          }}
        />
      )}
      {asked && asked !== 'move' && <SendDialog dossiers={asked.send} filter={filter} onClose={close} />}
    </section>
  )
}
