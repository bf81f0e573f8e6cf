import { type LegacyTable, tables4210 } from '../format/legacy-4210.ts'
import type { Table, TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import { findingOf } from '../rule.ts'
import type { Finding, Row } from '../types.ts'
import { readRules } from './read-rules.ts'
import type { XmlElement } from './xml-tree.ts'

/** How one table's elements are called: known names, and old names beside those that replaced them. */
interface Names {
  readonly table: Table
  readonly known: ReadonlySet<string>
  readonly renamed: ReadonlyMap<string, string>
  readonly legacy: LegacyTable | null
}

const namesOf = (table: Table): Names => ({
  table,
  known: new Set(table.fields.map(({ name }) => name)),
  renamed: new Map(table.fields.flatMap(({ name, formerly }) => (formerly ? [[formerly, name] as const] : []))),
  legacy: tables4210.find(({ id }) => id === table.id) ?? null,
})

const names = Object.fromEntries(Object.values(tables).map((table) => [table.id, namesOf(table)])) as Readonly<
  Record<TableId, Names>
>

/** The elements that are rows; null where the document is another table's. */
export function rowElements(root: XmlElement, id: TableId): readonly XmlElement[] | null {
  const { table, legacy } = names[id]
  if (table.row === null) return null
  if (table.list === null) return root.name === table.root ? [root] : null
  const list = table.list
  if (root.name === list || root.name === legacy?.root) return named(root.children, table.row)
  if (root.name !== table.root) return null
  return root.children.flatMap((child) =>
    child.name === list ? named(child.children, table.row as string) : child.name === table.row ? [child] : [],
  )
}

const named = (elements: readonly XmlElement[], name: string): readonly XmlElement[] =>
  elements.filter((element) => element.name === name)

/** True where the summary is written with the names of decision 4210. */
export const isLegacy = (summary: XmlElement): boolean =>
  summary.children.some(({ name }) => name === 'MA_LYDO_VVIEN' || name === 'T_TONGCHI' || name === 'MA_BENHKHAC')

/** @param legacy whether the dossier is one of decision 4210 */
export function readRow(
  element: XmlElement,
  id: TableId,
  row: number | null,
  legacy: boolean,
  findings: Finding[],
): Row {
  const of = names[id]
  const values: Record<string, string> = {}
  let unknown: Record<string, string> | null = null
  const keep = (name: string, text: string): void => {
    unknown ??= {}
    unknown[name in unknown ? `${name}.${Object.keys(unknown).length + 1}` : name] = text
  }
  for (const { name, text, children } of element.children) {
    const place = { table: id, row, field: name }
    if (children.length > 0) findings.push(findingOf(readRules.nestedInField, place))
    if (of.known.has(name) && !(legacy && of.legacy?.renamed[name] !== undefined)) {
      if (name in values) {
        findings.push(findingOf(readRules.fieldTwice, place))
        keep(name, text)
      } else values[name] = text
      continue
    }
    const renamed = legacy ? fromLegacy(of.legacy, name, text) : null
    if (renamed !== null) {
      for (const [to, value] of renamed.into) if (!(to in values)) values[to] = value
      if (renamed.keep) keep(name, text)
      continue
    }
    const now = of.renamed.get(name)
    if (now !== undefined && !(now in values)) {
      values[now] = text
      findings.push(findingOf(readRules.formerName, { table: id, row, field: now }, name))
      continue
    }
    keep(name, text)
    findings.push(findingOf(readRules.unknownField, place, name))
  }
  return { values, unknown }
}

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
function fromLegacy(legacy: LegacyTable | null, name: string, text: string): FromLegacy | null {
  if (legacy === null) return null
  const split = SPLIT[`${legacy.id}.${name}`]
  if (split) return { into: split.map((to) => [to, text]), keep: false }
  const recoded = RECODED[name]
  const to = legacy.renamed[name]
  if (recoded && to) return { into: [[to, recoded[text.trim()] ?? text]], keep: true }
  if (to) return { into: [[to, text]], keep: false }
  return legacy.fields.includes(name) ? { into: [], keep: true } : null
}
