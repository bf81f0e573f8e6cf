import type { Decision, TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import { findingOf } from '../rule.ts'
import type { Dossier, Finding, ReadDossier, Row } from '../types.ts'
import { innerDocument } from './inner-document.ts'
import { readRules } from './read-rules.ts'
import { type Found, isLegacy, readRow, rowElements } from './rows.ts'
import type { XmlElement } from './xml-tree.ts'

export type FromDossier =
  { readonly ok: true; readonly read: ReadDossier } | { readonly ok: false; readonly why: Finding }

/** What the envelope says of all dossiers in it. */
export interface Envelope {
  readonly facility: string
  readonly made: string
}

const childText = (element: XmlElement, name: string): string =>
  element.children.find((child) => child.name === name)?.text.trim() ?? ''

/** "XML3", "3" and "xml3" are one table. @returns null for what no decision sends */
function tableOf(kind: string): TableId | null {
  const number = /^(?:XML)?0*(\d{1,2})$/i.exec(kind)?.[1]
  const id = `XML${number}` as TableId
  return number !== undefined && number !== '0' && number !== '12' && id in tables ? id : null
}

type FromFile =
  | { readonly ok: true; readonly id: TableId | null; readonly found: Found | null }
  | { readonly ok: false; readonly why: Finding }

/** What only these parts may hold, each once; anything else with elements in it would be lost. */
function strayIn(element: XmlElement, known: readonly string[], findings: Finding[]): Finding | null {
  for (const { name, children } of element.children) {
    if (known.includes(name)) continue
    if (children.length > 0) return findingOf(readRules.strayPart, { field: name.slice(0, 40) })
    findings.push(findingOf(readRules.strayLeaf, { field: name.slice(0, 40) }))
  }
  return element.text.trim() === '' ? null : findingOf(readRules.strayPart, { field: element.name })
}

const countOf = (element: XmlElement, name: string): number =>
  element.children.filter((child) => child.name === name).length

/** One FILEHOSO. `found` is null where it is empty, `id` where no decision knows the table. */
function readTable(file: XmlElement, findings: Finding[]): FromFile {
  const stray = strayIn(file, ['LOAIHOSO', 'NOIDUNGFILE'], findings)
  if (stray !== null) return { ok: false, why: stray }
  if (countOf(file, 'LOAIHOSO') > 1 || countOf(file, 'NOIDUNGFILE') > 1) {
    return { ok: false, why: findingOf(readRules.strayPart, { field: 'FILEHOSO' }) }
  }
  const kind = childText(file, 'LOAIHOSO')
  const id = tableOf(kind)
  if (id === null) {
    findings.push(findingOf(readRules.unknownTable, {}, kind.slice(0, 20)))
    return { ok: true, id, found: null }
  }
  const content = file.children.find(({ name }) => name === 'NOIDUNGFILE')
  const inner = content ? innerDocument(content, id) : { ok: true as const, root: null }
  if (!inner.ok) return inner
  if (inner.root === null) return { ok: true, id, found: null }
  const found = rowElements(inner.root, id)
  if (found === null) return { ok: false, why: findingOf(readRules.innerRoot, { table: id }) }
  const why = lostIn(found, id)
  return why === null ? { ok: true, id, found } : { ok: false, why }
}

/** What stands beside rows is kept with the first of them where it is a value; anything else would be lost. */
function lostIn({ rows, stray, hasText }: Found, table: TableId): Finding | null {
  const lost = rows.length === 0 ? stray[0] : stray.find(({ children }) => children.length > 0)
  if (lost) return findingOf(readRules.strayRow, { table, field: lost.name.slice(0, 40) })
  return hasText ? findingOf(readRules.strayRow, { table }) : null
}

type Documents = ReadonlyMap<TableId, Found>

/** One HOSO with the tables in it. A document that cannot be read refuses the file. */
export function readDossier(hoso: XmlElement, envelope: Envelope): FromDossier {
  const findings: Finding[] = []
  const stray = strayIn(hoso, ['FILEHOSO'], findings)
  if (stray !== null) return { ok: false, why: stray }
  const documents = new Map<TableId, Found>()
  for (const file of hoso.children.filter(({ name }) => name === 'FILEHOSO')) {
    const table = readTable(file, findings)
    if (!table.ok) return table
    const { id, found } = table
    if (id === null || found === null) continue
    const before = documents.get(id)
    if (before) findings.push(findingOf(readRules.tableTwice, { table: id }))
    documents.set(id, before ? joined(before, found) : found)
  }
  return { ok: true, read: { dossier: assemble(documents, envelope, findings), findings } }
}

const joined = (a: Found, b: Found): Found => ({
  rows: [...a.rows, ...b.rows],
  stray: [...a.stray, ...b.stray],
  hasText: false,
})

const readRows = (id: TableId, { rows, stray }: Found, legacy: boolean, findings: Finding[]): readonly Row[] =>
  rows.map((element, i) =>
    readRow(element, id, tables[id].repeats ? i + 1 : null, legacy, findings, i === 0 ? stray : []),
  )

function assemble(documents: Documents, envelope: Envelope, findings: Finding[]): Dossier {
  const summary = documents.get('XML1')?.rows[0]
  const legacy = summary !== undefined && isLegacy(summary)
  if (legacy) findings.push(findingOf(readRules.legacy))
  if (summary === undefined) findings.push(findingOf(readRules.noSummary, { table: 'XML1' }))
  const read: Partial<Record<TableId, readonly Row[]>> = {}
  for (const [id, found] of documents) {
    if (found.rows.length > 0) read[id] = readRows(id, found, legacy, findings)
  }
  const values = read.XML1?.[0]?.values
  return {
    decision: decisionOf(legacy, summary, values?.NGAY_RA ?? '', findings),
    facility: envelope.facility || (values?.MA_CSKCB ?? ''),
    made: envelope.made,
    visit: values?.MA_LK ?? Object.values(read)[0]?.[0]?.values.MA_LK ?? '',
    tables: read,
    signature: null,
  }
}

/** By the names that are used, then by the day on which care ended. */
function decisionOf(
  legacy: boolean,
  summary: XmlElement | undefined,
  ended: string,
  findings: readonly Finding[],
): Decision {
  if (legacy) return '4210'
  const hasFormerNames = findings.some(({ rule }) => rule === readRules.formerName.id)
  const hasBloodGroup = summary?.children.some(({ name }) => name === 'NHOM_MAU') ?? true
  if (!hasBloodGroup && ended < '20250101') return '130'
  return hasFormerNames || (ended !== '' && ended < '20250101') ? '4750' : '3176'
}

/** A check-in message: the rows of XML0. */
export function readCheckInRows(root: XmlElement): FromDossier {
  const found = rowElements(root, 'XML0')
  if (found === null || found.rows.length === 0) return { ok: false, why: findingOf(readRules.noDossier) }
  const why = lostIn(found, 'XML0')
  if (why !== null) return { ok: false, why }
  const findings: Finding[] = []
  const rows = readRows('XML0', found, false, findings)
  const first = rows[0]?.values
  const dossier: Dossier = {
    decision: '3176',
    facility: first?.MA_CSKCB ?? '',
    made: '',
    visit: first?.MA_LK ?? '',
    tables: { XML0: rows },
    signature: null,
  }
  return { ok: true, read: { dossier, findings } }
}
