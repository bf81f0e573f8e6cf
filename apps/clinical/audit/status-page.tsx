import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { AuditStatus } from '#apps/server'
import { dateTimeText } from '#hospital/calendar'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Panel } from '../parts/panel.tsx'
import { PanelPage } from '../parts/panel-page.tsx'
import { Trouble } from '../parts/trouble.tsx'
import classes from './status.module.css'
import { useAuditText } from './text/use-audit-text.ts'
import { useAuditStatus } from './use-acts.ts'

const NUMBERS = new Intl.NumberFormat('vi')

/** Whether the log is whole: how many acts, the last signed head, the second place, what is wrong. */
export function StatusPage() {
  const { data: status, error, refetch } = useAuditStatus()
  if (error && !status) return <Trouble error={error} retry={() => void refetch()} />
  if (!status) return <PageSkeleton />
  return <Status status={status} />
}

function Status({ status: { acts, waiting, numberedAt, head, copy, alarms } }: { readonly status: AuditStatus }) {
  const t = useAuditText()
  return (
    <PanelPage>
      <Alarms alarms={alarms} />
      <Panel title={t('status.label')}>
        <dl className={classes.facts}>
          <dt>{t('status.acts')}</dt>
          <dd>{NUMBERS.format(acts)}</dd>
          <dt>{t('status.waiting')}</dt>
          <dd>{NUMBERS.format(waiting)}</dd>
          <dt>{t('status.numberedAt')}</dt>
          <dd>{numberedAt === null ? t('status.never') : dateTimeText(numberedAt)}</dd>
          <dt>{t('status.head')}</dt>
          <dd>
            {head === null
              ? t('status.headNone')
              : t('status.headOf', { size: NUMBERS.format(head.size), at: dateTimeText(head.at) })}
          </dd>
          {head && (
            <>
              <dt>{t('status.fingerprint')}</dt>
              <dd>
                <code>{head.fingerprint}</code>
              </dd>
            </>
          )}
          <dt>{t('status.copy')}</dt>
          <dd>
            {t(copy.upToDate ? 'status.copyCurrent' : 'status.copyLate')}
            <br />
            <code className="quiet">{copy.folder}</code>
          </dd>
        </dl>
        <p className={classes.note}>{t('status.verify')}</p>
      </Panel>
    </PanelPage>
  )
}

function Alarms({ alarms }: Pick<AuditStatus, 'alarms'>) {
  const t = useAuditText()
  if (alarms.length === 0) {
    return (
      <p className={classes.sound} role="status">
        <IconCircleCheck size={20} aria-hidden />
        {t('status.sound')}
      </p>
    )
  }
  return (
    <section role="alert" aria-label={t('status.alarms')}>
      {alarms.map((alarm) => (
        <p key={alarm} className={classes.alarm}>
          <IconAlertTriangle size={20} aria-hidden />
          {t(`alarms.${alarm}`)}
        </p>
      ))}
    </section>
  )
}
