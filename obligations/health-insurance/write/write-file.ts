import type { TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import type { Dossier, Row, Values } from '../types.ts'

const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
/** Tables of a dossier in the order in which they stand; XML0 is a message of its own, XML12 is never sent. */
const SENT = Object.values(tables).filter(({ id }) => id !== 'XML0' && id !== 'XML12')

/** What XML 1.0 cannot hold even as a reference; a fault of the record, so it is left out. @source XML 1.0, 2.2 Char */
const IMPOSSIBLE = /[^\P{Cc}\t\n\r\u007F-\u009F]|[\uFFFE\uFFFF]|\p{Cs}/gu
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }

const escaped = (text: string): string =>
  /[&<>\r]/.test(text) ? text.replace(/[&<>\r]/g, (each) => ESCAPES[each] as string) : text
const writable = (text: string): string => escaped(text.replace(IMPOSSIBLE, ''))

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`

const fields = (id: TableId, values: Values): string =>
  tables[id].fields.map(({ name }) => element(name, writable(values[name] ?? ''))).join('\n')

/** One inner document with every field of decision 3176 in its order; what no decision knows is not written. */
export function innerXml(id: TableId, rows: readonly Row[]): string {
  const { root, list, row } = tables[id]
  if (root === null || row === null) throw new Error(`${id} is never sent`)
  if (list === null) return `${DECLARATION}${element(root, `\n${fields(id, rows[0]?.values ?? {})}\n`)}`
  const all = rows.map(({ values }) => element(row, `\n${fields(id, values)}\n`)).join('\n')
  return `${DECLARATION}${element(root, element(list, `\n${all}\n`))}`
}

const file = (id: TableId, rows: readonly Row[]): string => {
  const content = Buffer.from(innerXml(id, rows), 'utf8').toString('base64')
  return element('FILEHOSO', `\n${element('LOAIHOSO', id)}\n${element('NOIDUNGFILE', content)}\n`)
}

function hoso(dossier: Dossier): string {
  const files = SENT.flatMap(({ id, repeats }) => {
    const rows = dossier.tables[id] ?? []
    if (rows.length === 0) return []
    return repeats ? [file(id, rows)] : rows.map((row) => file(id, [row]))
  })
  return element('HOSO', `\n${files.join('\n')}\n`)
}

/**
 * An envelope as decision 3176 and the portal want it: every field, in order, CHUKYDONVI empty until it is signed.
 * Amounts are written as they are: whoever makes the dossier rounds.
 * @param made NGAYLAP, yyyyMMdd
 */
export function writeDossierFile(dossiers: readonly Dossier[], made: string): string {
  const count = element('SOLUONGHOSO', String(dossiers.length))
  const list = element('DANHSACHHOSO', `\n${dossiers.map(hoso).join('\n')}\n`)
  return `${DECLARATION}<GIAMDINHHS xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
${element('THONGTINDONVI', `\n${element('MACSKCB', writable(dossiers[0]?.facility ?? ''))}\n`)}
${element('THONGTINHOSO', `\n${element('NGAYLAP', writable(made))}\n${count}\n${list}\n`)}
<CHUKYDONVI></CHUKYDONVI>
</GIAMDINHHS>
`
}

/** A check-in message (XML0), CHUKYDONVI empty until it is signed. */
export function writeCheckIn(dossier: Dossier): string {
  const { root, list, row } = tables.XML0
  const rows = (dossier.tables.XML0 ?? []).map(({ values }) => element(row as string, `\n${fields('XML0', values)}\n`))
  const signed = '<CHUKYDONVI></CHUKYDONVI>'
  return `${DECLARATION}${element(root as string, `\n${element(list as string, `\n${rows.join('\n')}\n`)}\n${signed}\n`)}\n`
}
