import type { Finding } from '#obligations/health-insurance'

/** What was found in one dossier, or in a file that was refused (dossier null). */
export interface Reported {
  readonly file: string
  /** MA_LK; null for what concerns the file as a whole */
  readonly dossier: string | null
  readonly findings: readonly Finding[]
}

const COLUMNS = ['file', 'dossier', 'severity', 'rule', 'table', 'row', 'field', 'message', 'wayOut', 'source'] as const

/** First line of a report that is saved as CSV; the mark before it tells Excel that this is UTF-8. */
export const CSV_HEAD = `\uFEFF${COLUMNS.join(',')}\r\n`

/** One line for each finding. @source RFC 4180 */
export const csvLines = ({ file, dossier, findings }: Reported): string =>
  findings
    .map((finding) => COLUMNS.map((column) => csvCell({ ...finding, file, dossier }[column] ?? '')).join(',') + '\r\n')
    .join('')

/** A cell that begins like a formula is made text: what was dropped in may come from anybody. */
function csvCell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The line of `lanh bhxh check --json`. */
export const jsonLine = ({ file, dossier, findings }: Reported): string =>
  JSON.stringify({
    file,
    dossier,
    findings: findings.map(({ rule, severity, table, row, field, message, source }) => ({
      rule,
      severity,
      table,
      row,
      field,
      message,
      source,
    })),
  })

const MARKS = { reject: '✗', error: '✗', warning: '!' } as const

/** Findings as a person reads them, a line each. */
export const findingLines = (findings: readonly Finding[]): string =>
  findings
    .map(({ severity, rule, table, row, field, message, wayOut }) => {
      const place = [table, row === null ? null : `dòng ${row}`, field].filter((part) => part !== null).join(' ')
      return `    ${MARKS[severity]} ${place ? `${place}: ` : ''}${message} (${rule}) → ${wayOut}\n`
    })
    .join('')

/** Whether a dossier with these may not be sent. */
export const isFaulty = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity !== 'warning')
