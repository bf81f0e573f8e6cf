import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GlassShown } from '#apps/server'
import { dateTimeText } from '#hospital/calendar'
import { ActList } from '../audit/act-list.tsx'
import { useActsOn } from '../audit/use-acts.ts'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import type { Texts } from '../text/vi.ts'
import classes from './broken-glass.module.css'
import { GlassReview } from './glass-review.tsx'
import { usePrivacyText } from './text/use-privacy-text.ts'

/** One broken glass: who, of whom, why in their words, what they looked at, and what is said of it. */
export function GlassDetail({ glass }: { readonly glass: GlassShown }) {
  const t = usePrivacyText()
  const { t: tc } = useTranslation()
  const { agent, agentName, patient, patientName, roles, reason, words, since, until, ended } = glass
  const nameless = (reference: string) => t('unnamed', { reference })
  return (
    <section
      className={classes.detail}
      tabIndex={0}
      aria-label={t('item', {
        agent: agentName ?? agent,
        patient: patientName ?? patient,
        age: dateTimeText(since),
      })}
    >
      <dl className={classes.facts}>
        <dt>{t('agent')}</dt>
        <dd>
          <strong>{agentName ?? nameless(agent)}</strong>{' '}
          <span className="quiet">{roles.map((role) => tc(`roles.${role as keyof Texts['roles']}`)).join(', ')}</span>
        </dd>
        <dt>{t('patient')}</dt>
        <dd>
          <strong>{patientName ?? nameless(patient)}</strong> <span className="quiet">{patient}</span>
        </dd>
        <dt>{t('reason')}</dt>
        <dd>{t(`reasons.${reason as 'emergency'}`, { defaultValue: reason })}</dd>
        <dt>{t('words')}</dt>
        <dd>{words ? <q>{words}</q> : <span className="quiet">{t('noWords')}</span>}</dd>
        <dt>{t('since')}</dt>
        <dd>{dateTimeText(since)}</dd>
        <dt>{t(ended === null ? 'until' : 'ended')}</dt>
        <dd>{dateTimeText(ended ?? until)}</dd>
      </dl>
      <GlassReview glass={glass} />
      <LookedAt glass={glass} />
    </section>
  )
}

/** What they did with this patient's record from the moment it was opened until it closed. */
function LookedAt({ glass: { agent, patient, since, until, ended } }: { readonly glass: GlassShown }) {
  const t = usePrivacyText()
  const list = useActsOn('search', { agent, patient, from: since, to: ended ?? until })
  const acts = list.data?.pages.flatMap((page) => page.acts)
  return (
    <section className={classes.looked} aria-label={t('lookedAt')}>
      <h2>{t('lookedAt')}</h2>
      {list.error && !acts && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {!acts && !list.error && <PageSkeleton />}
      {acts?.length === 0 && <Nothing>{t('lookedAtNone')}</Nothing>}
      {acts && acts.length > 0 && <ActList ofOne acts={acts} label={t('lookedAt')} />}
      {list.hasNextPage && (
        <p className={classes.more}>
          <Button size="xs" variant="default" loading={list.isFetching} onClick={() => void list.fetchNextPage()}>
            {t('lookedAtMore')}
          </Button>
        </p>
      )}
    </section>
  )
}
