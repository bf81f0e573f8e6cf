import type { DoubtfulJoin } from '#apps/server'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { PanelPage } from '../parts/panel-page.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { JoinCard } from './join-card.tsx'
import classes from './joins.module.css'
import { useDeskText } from './text/use-desk-text.ts'
import { useJoins } from './use-desk.ts'

/** Pairs of patients who may be one: somebody decides, and may decide again. */
export function JoinsPage() {
  const t = useDeskText()
  const { data, error, refetch } = useJoins()
  if (error && !data) return <Trouble error={error} retry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  if (data.length === 0) {
    return (
      <Nothing>
        <strong>{t('joins.none')}</strong> {t('joins.noneWay')}
      </Nothing>
    )
  }
  const open = data.filter(({ decided }) => decided === null)
  const closed = data.filter(({ decided }) => decided !== null)
  return (
    <PanelPage>
      <p className={classes.intro}>{t('joins.intro')}</p>
      <Group title={t('joins.open', { count: open.length })} joins={open} />
      <Group title={t('joins.closed', { count: closed.length })} joins={closed} />
    </PanelPage>
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
