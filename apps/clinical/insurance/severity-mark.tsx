import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import type { FindingSeverity } from '#obligations/health-insurance'
import classes from './marks.module.css'
import { useDeskText } from './text/use-desk-text.ts'

const ICONS = { reject: IconCircleX, error: IconAlertTriangle, warning: IconInfoCircle } as const

/** How bad a finding is, worst first. */
export const SEVERITIES: readonly FindingSeverity[] = ['reject', 'error', 'warning']

/** Shape, colour and word of how bad something is. */
export function SeverityMark({ severity }: { readonly severity: FindingSeverity }) {
  const t = useDeskText()
  const Icon = ICONS[severity]
  return (
    <span className={classes.mark} data-severity={severity}>
      <Icon size={15} aria-hidden />
      {t(`severity.${severity}`)}
    </span>
  )
}

type Counts = Readonly<Record<FindingSeverity, number>>

/** How many findings of each kind; a check where there are none. */
export function SeverityCounts({ counts }: { readonly counts: Counts }) {
  const t = useDeskText()
  const shown = SEVERITIES.filter((severity) => counts[severity] > 0)
  if (shown.length === 0) {
    return (
      <span className={classes.mark} data-severity="none">
        <IconCircleCheck size={15} aria-hidden />
        {t('clean')}
      </span>
    )
  }
  return (
    <span className={classes.counts}>
      {shown.map((severity) => {
        const Icon = ICONS[severity]
        const words = t(`severityCount.${severity}`, { count: counts[severity] })
        return (
          <span key={severity} className={classes.mark} data-severity={severity} title={words}>
            <Icon size={15} aria-hidden />
            <span aria-hidden>{counts[severity]}</span>
            <span className="heard">{words}</span>
          </span>
        )
      })}
    </span>
  )
}
