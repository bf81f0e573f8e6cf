import { type LegacyTable, tables4210 } from '../format/legacy-4210.ts'
import type { Table, TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import { findingOf } from '../rule.ts'
import type { Finding, Row } from '../types.ts'
import { readRules } from './read-rules.ts'
import { RowShapes } from './row-shapes.ts'
import type { XmlElement } from './xml-tree.ts'

/** How one table's elements are called: known names, and old names beside those that replaced them. */
interface Names {
  readonly table: Table
  readonly known: ReadonlySet<string>
  readonly renamed: ReadonlyMap<string, string>
  readonly legacy: LegacyTable | null
  readonly legacyNames: ReadonlyMap<string, string>
  readonly shapes: RowShapes
}

const legacyOf = (table: Table): LegacyTable | null => tables4210.find(({ id }) => id === table.id) ?? null

const namesOf = (table: Table): Names => ({
  table,
  known: new Set(table.fields.map(({ name }) => name)),
  renamed: new Map(table.fields.flatMap(({ name, formerly }) => (formerly ? [[formerly, name] as const] : []))),
  legacy: legacyOf(table),
  legacyNames: new Map(Object.entries(legacyOf(table)?.renamed ?? {})),
  shapes: new RowShapes(),
})

const names = Object.fromEntries(Object.values(tables).map((table) => [table.id, namesOf(table)])) as Readonly<
  Record<TableId, Names>
>

/** The rows of a document, and what stands beside them. */
export interface Found {
  readonly rows: readonly XmlElement[]
  readonly stray: readonly XmlElement[]
  /** text where only elements belong */
  readonly hasText: boolean
}

/** @returns null where the document is another table's */
export function rowElements(root: XmlElement, id: TableId): Found | null {
  const { table, legacy } = names[id]
  if (table.row === null) return null
  if (table.list === null) return root.name === table.root ? { rows: [root], stray: [], hasText: false } : null
  const isList = root.name === table.list || root.name === legacy?.root
  if (!isList && root.name !== table.root) return null
  const rows: XmlElement[] = []
  const stray: XmlElement[] = []
  let hasText = false
  const gather = (element: XmlElement, mayHaveLists: boolean): void => {
    hasText ||= element.text.trim() !== ''
    for (const child of element.children) {
      if (child.name === table.row) rows.push(child)
      else if (mayHaveLists && child.name === table.list) gather(child, false)
      else if (child.name !== SIGNATURE) stray.push(child)
    }
  }
  gather(root, !isList)
  return { rows, stray, hasText }
}

/** Read with the envelope, of which a check-in message is one. */
const SIGNATURE = 'CHUKYDONVI'

/** True where the summary is written with the names of decision 4210. */
export const isLegacy = (summary: XmlElement): boolean =>
  summary.children.some(({ name }) => name === 'MA_LYDO_VVIEN' || name === 'T_TONGCHI' || name === 'MA_BENHKHAC')

/**
 * @param legacy whether the dossier is one of decision 4210
 * @param beside elements that stood beside the rows, kept with this one
 */
export function readRow(
  element: XmlElement,
  id: TableId,
  row: number | null,
  legacy: boolean,
  findings: Finding[],
  beside: readonly XmlElement[] = [],
): Row {
  const isPlain = !legacy && beside.length === 0 && element.text.trim() === ''
  const values = isPlain ? names[id].shapes.valuesOf(element.children) : null
  if (values !== null) return { values, unknown: null }
  const read = readAnyRow(element, id, row, legacy, findings, beside)
  const fields = Object.keys(read.values)
  const hadAll =
    fields.length === element.children.length && element.children.every(({ name }, i) => name === fields[i])
  if (isPlain && hadAll) names[id].shapes.learn(fields)
  return read
}

function readAnyRow(
  element: XmlElement,
  id: TableId,
  row: number | null,
  legacy: boolean,
  findings: Finding[],
  beside: readonly XmlElement[],
): Row {
  const of = names[id]
  const values: Record<string, string> = {}
  const unknown = new Map<string, string>()
  const keep = (name: string, text: string): void => {
    unknown.set(unknown.has(name) ? `${name}.${unknown.size + 1}` : name, text)
  }
  const keepUnknown = (name: string, text: string): void => {
    keep(name, text)
    findings.push(findingOf(readRules.unknownField, { table: id, row, field: name }, name))
  }
  const take = ({ name, text, children }: XmlElement): void => {
    if (children.length > 0) findings.push(findingOf(readRules.nestedInField, { table: id, row, field: name }))
    if (of.known.has(name) && !(legacy && of.legacyNames.has(name))) {
      if (!(name in values)) values[name] = text
      else {
        findings.push(findingOf(readRules.fieldTwice, { table: id, row, field: name }))
        keep(name, text)
      }
      return
    }
    const renamed = legacy ? fromLegacy(of, name, text) : null
    if (renamed !== null) {
      const free = renamed.into.filter(([to]) => !(to in values))
      for (const [to, value] of free) values[to] = value
      if (renamed.keep || free.length < renamed.into.length) keep(name, text)
      return
    }
    const now = of.renamed.get(name)
    if (now === undefined || now in values) return keepUnknown(name, text)
    values[now] = text
    findings.push(findingOf(readRules.formerName, { table: id, row, field: now }, name))
  }
  for (const child of element.children) take(child)
  for (const { name, text } of beside) keepUnknown(name, text)
  if (element.text.trim() !== '') keepUnknown(TEXT, element.text)
  return { values, unknown: unknown.size === 0 ? null : Object.fromEntries(unknown) }
}

/** The name under which text between the fields is kept. */
const TEXT = '#text'

interface FromLegacy {
  readonly into: readonly (readonly [string, string])[]
  /** true where the new value says less than the old one, which is then kept beside it */
  readonly keep: boolean
}

/** What a code of decision 4210 means since; a code that is not here keeps its text. */
const RECODED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // right route, emergency, off-route; "open route" (4) has no one successor
  MA_LYDO_VVIEN: { '1': '1.1', '2': '2', '3': '3.1' },
  MA_LOAI_KCB: { '1': '01', '2': '02', '3': '03' },
}

/** Fields of which one became two. */
const SPLIT: Readonly<Record<string, readonly string[]>> = {
  'XML3.DON_GIA': ['DON_GIA_BV', 'DON_GIA_BH'],
  'XML3.TYLE_TT': ['TYLE_TT_DV', 'TYLE_TT_BH'],
}

/** @returns null where decision 4210 does not know the name either */
function fromLegacy({ legacy, legacyNames }: Names, name: string, text: string): FromLegacy | null {
  if (legacy === null || !legacy.fields.includes(name)) return null
  const split = SPLIT[`${legacy.id}.${name}`]
  if (split) return { into: split.map((to) => [to, text]), keep: false }
  const to = legacyNames.get(name)
  if (to === undefined) return { into: [], keep: true }
  const recoded = RECODED[name]
  return recoded ? { into: [[to, recoded[text.trim()] ?? text]], keep: true } : { into: [[to, text]], keep: false }
}
