import type { Decision, TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import { findingOf } from '../rule.ts'
import type { Dossier, Finding, ReadDossier, Row } from '../types.ts'
import { innerDocument } from './inner-document.ts'
import { readRules } from './read-rules.ts'
import { isLegacy, readRow, rowElements } from './rows.ts'
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

type Documents = ReadonlyMap<TableId, readonly XmlElement[]>

/** One HOSO with the tables in it. A document that cannot be read refuses the file. */
export function readDossier(hoso: XmlElement, envelope: Envelope): FromDossier {
  const findings: Finding[] = []
  const documents = new Map<TableId, readonly XmlElement[]>()
  for (const file of hoso.children.filter(({ name }) => name === 'FILEHOSO')) {
    const kind = childText(file, 'LOAIHOSO')
    const id = tableOf(kind)
    if (id === null) {
      findings.push(findingOf(readRules.unknownTable, {}, kind.slice(0, 20)))
      continue
    }
    const content = file.children.find(({ name }) => name === 'NOIDUNGFILE')
    const inner = content ? innerDocument(content, id) : { ok: true as const, root: null }
    if (!inner.ok) return inner
    if (inner.root === null) continue
    const rows = rowElements(inner.root, id)
    if (rows === null) return { ok: false, why: findingOf(readRules.innerRoot, { table: id }) }
    if (documents.has(id)) findings.push(findingOf(readRules.tableTwice, { table: id }))
    documents.set(id, [...(documents.get(id) ?? []), ...rows])
  }
  return { ok: true, read: { dossier: assemble(documents, envelope, findings), findings } }
}

function assemble(documents: Documents, envelope: Envelope, findings: Finding[]): Dossier {
  const summary = documents.get('XML1')?.[0]
  const legacy = summary !== undefined && isLegacy(summary)
  if (legacy) findings.push(findingOf(readRules.legacy))
  if (summary === undefined) findings.push(findingOf(readRules.noSummary, { table: 'XML1' }))
  const read: Partial<Record<TableId, readonly Row[]>> = {}
  for (const [id, elements] of documents) {
    if (elements.length === 0) continue
    const { repeats } = tables[id]
    read[id] = elements.map((element, i) => readRow(element, id, repeats ? i + 1 : null, legacy, findings))
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
export function readCheckInRows(root: XmlElement): ReadDossier {
  const findings: Finding[] = []
  const rows = (rowElements(root, 'XML0') ?? []).map((element, i) => readRow(element, 'XML0', i + 1, false, findings))
  const first = rows[0]?.values
  const dossier: Dossier = {
    decision: '3176',
    facility: first?.MA_CSKCB ?? '',
    made: '',
    visit: first?.MA_LK ?? '',
    tables: rows.length > 0 ? { XML0: rows } : {},
    signature: null,
  }
  return { dossier, findings }
}
