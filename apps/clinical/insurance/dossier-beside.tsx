import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import type { DossierDetail } from '#apps/server'
import type { Finding } from '#obligations/health-insurance'
import { dateTimeText } from '#hospital/calendar'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useVisit } from '../visits/use-visits.ts'
import { VisitHead } from '../visits/visit-head.tsx'
import { VisitSummary } from '../visits/visit-summary.tsx'
import classes from './dossier.module.css'
import { FindingList } from './finding-list.tsx'
import { StateMark } from './state-mark.tsx'
import { useDeskText } from './text/use-desk-text.ts'

const SIDES = ['findings', 'visitTab', 'history'] as const

interface Props {
  readonly dossier: DossierDetail
  /** worst first */
  readonly findings: readonly Finding[]
  readonly chosen: number | undefined
  readonly onChoose: (at: number) => void
}

/** Beside the tables: what is wrong, the visit as the chart has it, or what happened to the dossier. */
export function DossierBeside({ dossier, findings, chosen, onChoose }: Props) {
  const t = useDeskText()
  const [side, setSide] = useState<(typeof SIDES)[number]>('findings')
  return (
    <aside className={classes.beside} aria-label={t('dossier.beside')}>
      <div className={classes.tabs} role="tablist">
        {SIDES.map((one) => (
          <UnstyledButton
            key={one}
            role="tab"
            aria-selected={one === side}
            className={classes.tab}
            onClick={() => setSide(one)}
          >
            {t(`dossier.${one}`)}
            {one === 'findings' && findings.length > 0 && <span className={classes.wrong}>{findings.length}</span>}
          </UnstyledButton>
        ))}
      </div>
      {side === 'findings' && <FindingList findings={findings} chosen={chosen} onChoose={onChoose} />}
      {side === 'visitTab' &&
        (dossier.encounter ? (
          <VisitBeside id={dossier.patient.id} visit={dossier.encounter} />
        ) : (
          <Nothing>{t('dossier.noVisit')}</Nothing>
        ))}
      {side === 'history' && <History history={dossier.history} />}
    </aside>
  )
}

function VisitBeside({ id, visit }: { readonly id: string; readonly visit: string }) {
  const t = useDeskText()
  const { data, error, refetch } = useVisit(visit)
  if (error && !data) return <Trouble error={error} retry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  if (!data.encounter) return <Nothing>{t('dossier.noVisit')}</Nothing>
  return (
    <>
      <header className={classes.visit}>
        <VisitHead encounter={data.encounter} conditions={data.conditions} />
      </header>
      <VisitSummary id={id} visit={data} />
    </>
  )
}

function History({ history }: Pick<DossierDetail, 'history'>) {
  const t = useDeskText()
  if (history.length === 0) return <Nothing>{t('dossier.noHistory')}</Nothing>
  return (
    <ol className={classes.history}>
      {history.map(({ at, state, note }) => (
        <li key={`${at} ${state}`}>
          <time dateTime={at}>{dateTimeText(at)}</time>
          <StateMark state={state} />
          {note && <span>{note}</span>}
        </li>
      ))}
    </ol>
  )
}
