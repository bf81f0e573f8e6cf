import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import type { Finding } from '#obligations/health-insurance'
import { worstOf } from './cell-findings.ts'
import { useDeskText } from './text/use-desk-text.ts'

const ICONS = { reject: IconCircleX, error: IconAlertTriangle, warning: IconInfoCircle } as const

/** The shape in front of a value about which something was found; its word is heard. */
export function WrongMark({ findings }: { readonly findings: readonly Finding[] }) {
  const t = useDeskText()
  const worst = worstOf(findings)
  if (!worst) return null
  const Icon = ICONS[worst]
  return (
    <>
      <Icon size={14} aria-hidden />
      <span className="heard">{t(`severity.${worst}`)}</span>{' '}
    </>
  )
}
