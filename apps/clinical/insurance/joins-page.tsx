import { Button } from '@mantine/core'
import type { DoubtfulJoin } from '#apps/server'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { PanelPage } from '../parts/panel-page.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { JoinCard } from './join-card.tsx'
import classes from './joins.module.css'
import { useDeskText } from './text/use-desk-text.ts'
import { useJoins, useSearchDoubles } from './use-desk.ts'
import { whyNot } from './why-not.ts'

/** Pairs of patients who may be one: somebody decides, and may decide again. */
export function JoinsPage() {
  const t = useDeskText()
  const { data, error, refetch } = useJoins()
  if (error && !data) return <Trouble error={error} retry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  if (data.length === 0) {
    return (
      <Nothing way={<SearchButton />}>
        <strong>{t('joins.none')}</strong> {t('joins.noneWay')}
      </Nothing>
    )
  }
  const open = data.filter(({ decided }) => decided === null)
  const closed = data.filter(({ decided }) => decided !== null)
  return (
    <PanelPage>
      <p className={classes.intro}>{t('joins.intro')}</p>
      <SearchButton />
      <Group title={t('joins.open', { count: open.length })} joins={open} />
      <Group title={t('joins.closed', { count: closed.length })} joins={closed} />
    </PanelPage>
  )
}

/** Looks through all patients for those without a common number. */
function SearchButton() {
  const t = useDeskText()
  const { data, error, isPending, mutate } = useSearchDoubles()
  return (
    <p className={classes.search}>
      <Button size="xs" variant="default" loading={isPending} onClick={() => mutate()}>
        {t('joins.search')}
      </Button>
      {data && <span role="status">{t('joins.searched', { patients: data.patients, count: data.found })}</span>}
      {error && <span role="alert">{t('joins.notSearched', { why: whyNot(error, t('send.unknown')) })}</span>}
      {!data && !error && <span className="quiet">{t('joins.searchWhy')}</span>}
    </p>
  )
}

function Group({ title, joins }: { readonly title: string; readonly joins: readonly DoubtfulJoin[] }) {
  if (joins.length === 0) return null
  return (
    <section aria-label={title} className={classes.group}>
      <h2>{title}</h2>
      {joins.map((join) => (
        <JoinCard key={join.id} join={join} />
      ))}
    </section>
  )
}
