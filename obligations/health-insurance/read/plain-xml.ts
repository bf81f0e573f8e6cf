import type { XmlElement } from './xml-tree.ts'

/**
 * Reads documents as insurance software writes them (elements, attributes in double quotes, text, CDATA, the entities of
 * XML), several times faster than a general parser. It understands less than XML and never guesses: whatever it does not
 * know, faults included, it leaves to the parser.
 * @returns null where the general parser has to decide
 * @source Extensible Markup Language (XML) 1.0, fifth edition
 */
export function plainXml(document: string): XmlElement | null {
  const text = document.includes('\r') ? document.replace(/\r\n?/g, '\n') : document
  if (UNUSUAL.test(text)) return null
  let at = DECLARATION.exec(text)?.[0].length ?? 0
  const open: XmlElement[] = []
  let root: XmlElement | null = null
  let elements = 0
  while (at < text.length) {
    const tag = text.indexOf('<', at)
    const top = open[open.length - 1]
    if (tag !== at) {
      const between = textOf(text.slice(at, tag === -1 ? text.length : tag))
      if (between === null) return null
      if (top) top.text += between
      else if (!BLANK.test(between)) return null
      if (tag === -1) break
    }
    const kind = text.charCodeAt(tag + 1)
    if (kind === SLASH) {
      if (top === undefined || !text.startsWith(top.name, tag + 2)) return null
      at = tag + 3 + top.name.length
      if (text.charCodeAt(at - 1) !== GREATER) return null
      open.pop()
    } else if (kind === EXCLAMATION) {
      const end = text.indexOf(']]>', tag)
      if (top === undefined || end === -1 || !text.startsWith('<![CDATA[', tag)) return null
      top.text += text.slice(tag + 9, end)
      at = end + 3
    } else {
      const end = text.indexOf('>', tag)
      const begun = end === -1 ? null : beginning(text.slice(tag + 1, end))
      elements += 1
      if (elements > MOST_ELEMENTS) return null
      if (begun === null || open.length >= DEEPEST || (top === undefined && root !== null)) return null
      const element: XmlElement = { name: begun.name, text: '', children: [] }
      top?.children.push(element)
      root ??= element
      if (!begun.isEmpty) open.push(element)
      at = end + 1
    }
  }
  return open.length === 0 ? root : null
}

/** Spaces of XML are four, of which line ends are one by now. */
const BLANK = /^[ \t\n]*$/
const SLASH = 0x2f
const EXCLAMATION = 0x21
const GREATER = 0x3e
const DEEPEST = 32
/** Above it the parser reads, which gives dossiers away as they end. */
const MOST_ELEMENTS = 500_000

/** Characters that XML forbids, as far as UTF-8 could have held them. */
const UNUSUAL = /[^\t\n\x20-\uFFFD]/
const DECLARATION = /^<\?xml version="1\.0"(?: encoding="utf-8")?(?: standalone="(?:yes|no)")? ?\?>/i

interface Beginning {
  readonly name: string
  readonly isEmpty: boolean
}

const NAME = /^[A-Za-z_][\w.-]*$/
const TAG = /^([A-Za-z_][\w:.-]*)((?:[ \t\n]+[A-Za-z_][\w:.-]*="[^"<>&]*")*)[ \t\n]*(\/?)$/
const ATTRIBUTE = /[\w:.-]+(?==")/g
/** Names without attributes come again and again; only those that were found right are kept. */
const known = new Map<string, Beginning>()
const MOST_KNOWN = 2000

function beginning(tag: string): Beginning | null {
  const before = known.get(tag)
  if (before) return before
  const [, name, attributes = '', slash] = TAG.exec(tag) ?? []
  if (name === undefined) return null
  const names = attributes.match(ATTRIBUTE) ?? []
  if (new Set(names).size !== names.length) return null
  const begun = { name, isEmpty: slash === '/' }
  if (NAME.test(tag) && known.size < MOST_KNOWN) known.set(tag, begun)
  return begun
}

const ENTITY = /&(?:(amp|lt|gt|quot|apos|#9|#10|#13);)?/g
const MEANS: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#9': '\t',
  '#10': '\n',
  '#13': '\r',
}

/** @returns null where an ampersand or "]]>" is not what it should be */
function textOf(raw: string): string | null {
  if (raw.includes(']]>')) return null
  if (!raw.includes('&')) return raw
  let isRight = true
  const text = raw.replace(ENTITY, (_all, name: string | undefined) => {
    if (name === undefined) isRight = false
    return MEANS[name ?? ''] ?? ''
  })
  return isRight ? text : null
}
