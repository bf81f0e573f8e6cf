import { IconFlag } from '@tabler/icons-react'
import { Mark } from './mark.tsx'

/** Isolation, falls, pregnancy and what else a colleague flagged. */
export function AlertMarks({ alerts }: { readonly alerts: readonly string[] }) {
  return alerts.map((alert) => (
    <Mark key={alert} tone="warning" icon={IconFlag} title={alert}>
      {alert}
    </Mark>
  ))
}
