import type { Finding, FindingSeverity } from '#obligations/health-insurance'
import { SEVERITIES } from './severity-mark.tsx'

/** What was found about one cell of a table. @param row from 1; null for a table of one row */
export const findingsAt = (findings: readonly Finding[], row: number | null, field: string): readonly Finding[] =>
  findings.filter((finding) => finding.field === field && (row === null || finding.row === row || finding.row === null))

/** The worst of several; undefined for none. */
export const worstOf = (findings: readonly Finding[]): FindingSeverity | undefined =>
  SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity))
