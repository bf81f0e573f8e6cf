import type { TableId } from '../format/table.ts'
import { findingOf } from '../rule.ts'
import type { Finding } from '../types.ts'
import { declaredEncoding } from './declared-encoding.ts'
import { plainXml } from './plain-xml.ts'
import { readRules } from './read-rules.ts'
import { type XmlElement, xmlTree, type XmlTrouble } from './xml-tree.ts'

export type Inner =
  { readonly ok: true; readonly root: XmlElement | null } | { readonly ok: false; readonly why: Finding }

const utf8 = new TextDecoder('utf-8', { fatal: true })
/** "utf-16" is what .NET writes into any string; that the bytes are UTF-8 is known by then. */
const INNER = /^(?:utf-?8|utf-?16|us-ascii)$/i
const SPACE = /[\s\uFEFF]+/g

/** The document inside a NOIDUNGFILE: as elements, as text, or as base64 of UTF-8. `root` is null where it is empty. */
export function innerDocument(content: XmlElement, table: TableId): Inner {
  const [nested, another] = content.children
  if (nested) {
    const isOne = another === undefined && content.text.trim() === ''
    return isOne ? { ok: true, root: nested } : no(findingOf(readRules.innerMalformed, { table }))
  }
  const text = content.text
  if (/^[\s\uFEFF]*</.test(text)) return parse(text, table)
  const packed = text.replace(SPACE, '')
  if (packed === '') return { ok: true, root: null }
  const bytes = Buffer.from(packed, 'base64')
  if (!isWhole(packed, bytes.length)) return no(findingOf(readRules.base64, { table }))
  let inner: string
  try {
    inner = utf8.decode(bytes)
  } catch {
    return no(findingOf(readRules.innerEncoding, { table, field: fieldBefore(bytes.toString('utf8')) }))
  }
  return parse(inner, table)
}

/**
 * Whether nothing of a base64 text was passed over: the decoder skips what it does not know, which makes fewer bytes, and
 * takes the two characters of base64url for theirs.
 */
function isWhole(packed: string, bytes: number): boolean {
  const padding = packed.endsWith('==') ? 2 : packed.endsWith('=') ? 1 : 0
  return (packed.length / 4) * 3 - padding === bytes && !packed.includes('-') && !packed.includes('_')
}

const no = (why: Finding): Inner => ({ ok: false, why })

const RULE: Readonly<Record<XmlTrouble, keyof typeof readRules>> = {
  malformed: 'innerMalformed',
  doctype: 'doctype',
  'too-deep': 'tooDeep',
}

function parse(text: string, table: TableId): Inner {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text
  const document = plain.trimStart()
  if (!INNER.test(declaredEncoding(document))) return no(findingOf(readRules.innerEncoding, { table }))
  const root = plainXml(document)
  if (root !== null) return { ok: true, root }
  const tree = xmlTree()
  tree.write(document)
  tree.close()
  if (tree.trouble === null) return { ok: true, root: tree.root }
  // The place is the field that was open; trouble outside of fields is the table's.
  const field = tree.open.length > 1 ? (tree.open.at(-1) ?? null) : null
  return no(findingOf(readRules[RULE[tree.trouble]], { table, field }))
}

/** The field in which the first broken byte stands. */
function fieldBefore(text: string): string | null {
  const before = text.slice(0, text.indexOf('\uFFFD'))
  return /<([A-Z0-9_]+)>[^<]*$/.exec(before)?.[1] ?? null
}
