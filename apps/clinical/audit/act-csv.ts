/** A page of acts as a CSV file that a spreadsheet opens. */

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** A cell as text, whatever a spreadsheet would like to make of it. @source OWASP, CSV Injection */
const cell = (value: string): string => {
  const harmless = FORMULA.test(value.trimStart()) || FORMULA.test(value) ? `'${value}` : value
  return `"${harmless.replaceAll('"', '""')}"`
}

/** With the mark that tells spreadsheets it is UTF-8. @source RFC 4180 */
export const csvText = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`

/** Hands a file to the browser. */
export function offerFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
