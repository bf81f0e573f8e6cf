import { Button } from '@mantine/core'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { DossierDetail } from '#apps/server'
import type { Finding } from '#obligations/health-insurance'
import { useKeys } from '../frame/use-keys.ts'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { BannerSkeleton, PatientBanner } from '../patient/patient-banner.tsx'
import { useBanner } from '../patient/use-banner.ts'
import { DossierBeside } from './dossier-beside.tsx'
import { DossierTables } from './dossier-tables.tsx'
import classes from './dossier.module.css'
import { kindText } from './kind-text.ts'
import { moneyText } from './money-text.ts'
import { SendDialog } from './send-dialog.tsx'
import { SeverityCounts, SEVERITIES } from './severity-mark.tsx'
import { mayMove, maySend, StateMark } from './state-mark.tsx'
import { useDeskText } from './text/use-desk-text.ts'
import { useDossier } from './use-desk.ts'
import { type Move, useMoveDossiers } from './use-move-dossiers.ts'
import { whyNot } from './why-not.ts'

/** One dossier: its tables as received, what is wrong with them, and the chart of the patient beside. */
export function DossierPage() {
  const { id } = useParams({ from: '/frame/insurance/dossier/$id' })
  const { data, error, refetch } = useDossier(id)
  if (error && !data) return <Trouble error={error} retry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  // the key makes every dossier start afresh: nothing of one patient stays on the screen of another
  return <OneDossier key={id} dossier={data} />
}

/** Worst first; the order of the tables within. */
const sorted = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))

function OneDossier({ dossier }: { readonly dossier: DossierDetail }) {
  const place = useSearch({ from: '/frame/insurance/dossier/$id' })
  const navigate = useNavigate({ from: '/insurance/dossier/$id' })
  const banner = useBanner(dossier.patient.id)
  const findings = sorted(dossier.findings)
  const [at, setAt] = useState<number>()
  const go = (to: number) => {
    const finding = findings[to]
    if (!finding) return
    setAt(to)
    const { table, row, field } = finding
    const search = {
      table: table ?? place.table,
      row: row === null ? undefined : row,
      field: field === null ? undefined : field,
    }
    void navigate({ search, replace: true })
  }
  useKeys({ N: () => go((at ?? -1) + 1), P: () => go((at ?? 1) - 1) })
  return (
    <>
      {banner.data ? <PatientBanner facts={banner.data} /> : <BannerSkeleton />}
      <DossierHead dossier={dossier} />
      <div className={classes.columns}>
        <DossierTables
          tables={dossier.tables}
          findings={dossier.findings}
          place={place}
          onTable={(table) => void navigate({ search: { table }, replace: true })}
        />
        <DossierBeside dossier={dossier} findings={findings} chosen={at} onChoose={go} />
      </div>
    </>
  )
}

function DossierHead({ dossier }: { readonly dossier: DossierDetail }) {
  const t = useDeskText()
  const [isSending, setSending] = useState(false)
  const moving = useMoveDossiers()
  const move = (to: Move['to']) => moving.mutate({ ids: [dossier.id], to })
  const { visit, kind, department, total, fund, state, receipt, counts, patient } = dossier
  return (
    <header className={classes.head}>
      <Link to="/insurance" className={classes.back}>
        ← {t('dossier.back')}
      </Link>
      <h2>{visit}</h2>
      <span>{[kindText(kind, t), department].filter(Boolean).join(' · ')}</span>
      <span>
        {t('dossier.total')} <b>{moneyText(total)} đ</b>
      </span>
      <span>
        {t('dossier.fund')} <b>{moneyText(fund)} đ</b>
      </span>
      <StateMark state={state} />
      <SeverityCounts counts={counts} />
      {receipt && <span className="quiet">{t('dossier.receipt', { receipt })}</span>}
      <span className={classes.acts}>
        {patient.id && (
          <Link to="/patient/$id/overview" params={{ id: patient.id }}>
            {t('dossier.chart')}
          </Link>
        )}
        {moving.error && <span role="alert">{whyNot(moving.error, t('send.unknown'))}</span>}
        {mayMove(state) && (
          <Button size="xs" loading={moving.isPending} onClick={() => move('ready')}>
            {t('dossier.move')}
          </Button>
        )}
        {state === 'ready' && (
          <Button size="xs" variant="default" loading={moving.isPending} onClick={() => move('elsewhere')}>
            {t('dossier.moveBack')}
          </Button>
        )}
        {maySend(state) && (
          <Button size="xs" onClick={() => setSending(true)}>
            {t('dossier.send')}
          </Button>
        )}
      </span>
      {isSending && <SendDialog dossiers={[dossier]} filter={{}} onClose={() => setSending(false)} />}
    </header>
  )
}
