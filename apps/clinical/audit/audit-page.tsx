import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import type { ActLine, ActsAsked } from '#apps/server'
import { dateTimeText } from '#hospital/calendar'
import { hospitalToday } from '../parts/hospital-today.ts'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { csvText, offerFile } from './act-csv.ts'
import { ActList } from './act-list.tsx'
import { useActWords } from './act-words.ts'
import classes from './audit.module.css'
import { AuditTools } from './audit-tools.tsx'
import { useAuditText } from './text/use-audit-text.ts'
import { useActs } from './use-acts.ts'
import { usePatientNames } from './use-patient-names.ts'

/** Every act of the hospital, found by person, patient, act, outcome and day. */
export function AuditPage() {
  const t = useAuditText()
  const [asked, setAsked] = useState<ActsAsked>({})
  // where each page begins; the last one is the page that is shown
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const { data, error, refetch, isFetching } = useActs({ ...asked, ...(cursor !== undefined && { cursor }) })
  const names = usePatientNames(data?.acts ?? [])
  const find = (next: ActsAsked) => {
    setAsked(next)
    setCursors([])
  }
  return (
    <section className={classes.page} aria-label={t('label')}>
      <AuditTools isAsking={isFetching} onFind={find} />
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <PageSkeleton />}
      {data && !error && (
        <div className={classes.scroll} tabIndex={0} key={cursor ?? ''}>
          {data.acts.length === 0 ? (
            <Nothing way={t('noneWay')}>{t('none')}</Nothing>
          ) : (
            <ActList acts={data.acts} label={t('label')} names={names} />
          )}
        </div>
      )}
      <footer className={classes.foot}>
        <span role="status">{t('page', { page: cursors.length + 1, count: data?.acts.length ?? 0 })}</span>
        <span className={classes.keys}>{t('keys')}</span>
        <span>{t('keptNote')}</span>
        <span className={classes.ways}>
          {data && data.acts.length > 0 && <CsvButton acts={data.acts} page={cursors.length + 1} />}
          <Button
            size="xs"
            variant="default"
            disabled={cursors.length === 0}
            onClick={() => setCursors(cursors.slice(0, -1))}
          >
            {t('newer')}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={!data?.next}
            onClick={() => data?.next && setCursors([...cursors, data.next])}
          >
            {t('older')}
          </Button>
        </span>
      </footer>
    </section>
  )
}

const COLUMNS = [
  'at',
  'who',
  'reference',
  'roles',
  'client',
  'action',
  'outcome',
  'what',
  'patients',
  'purpose',
  'reason',
  'network',
  'query',
  'rule',
  'id',
] as const

function CsvButton({ acts, page }: { readonly acts: readonly ActLine[]; readonly page: number }) {
  const t = useAuditText()
  const words = useActWords()
  const row = (act: ActLine): readonly string[] => {
    const values: Record<(typeof COLUMNS)[number], string> = {
      at: `${dateTimeText(act.at)} (${act.at})`,
      who: words.who(act),
      reference: act.who.reference,
      roles: words.roles(act),
      client: act.who.client ?? '',
      action: t(`acts.${act.action}`),
      outcome: t(`outcomes.${act.outcome}`),
      what: act.what.map(({ reference }) => reference).join(' '),
      patients: act.patients.join(' '),
      purpose: words.purpose(act.purpose),
      reason: act.reason ?? '',
      network: act.network ?? '',
      query: act.query ?? '',
      rule: act.rule ?? '',
      id: act.id,
    }
    return COLUMNS.map((column) => values[column])
  }
  const head = COLUMNS.map((column) => t(`csvHead.${column}`))
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconDownload size={14} aria-hidden />}
      onClick={() => offerFile(`nhat-ky-truy-cap-${hospitalToday()}-${page}.csv`, csvText(head, acts.map(row)))}
    >
      {t('csv')}
    </Button>
  )
}
