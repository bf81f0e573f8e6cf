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
  if (FORBIDDEN.some((character) => text.includes(character))) return null
  const reading = new PlainReading(text)
  let at: number | null = DECLARATION.exec(text)?.[0].length ?? 0
  while (at !== null && at < text.length) at = reading.step(at)
  return at === null ? null : reading.root
}

/** An element whose end has not come. */
interface OpenElement extends XmlElement {
  readonly children: XmlElement[]
}

const NO_CHILDREN: readonly XmlElement[] = []

/** A step answers where the next one begins; null where the general parser has to decide. */
class PlainReading {
  readonly #text: string
  /** true where no character of the document stands for another one */
  readonly #isLiteral: boolean
  readonly #open: OpenElement[] = []
  #root: XmlElement | null = null
  #elements = 0
  #last: Tag = { name: '', open: '', close: '', isEmpty: false, isKept: false, next: null }

  constructor(text: string) {
    this.#text = text
    this.#isLiteral = !text.includes('&') && !text.includes(']]>')
  }

  /** null while it is open, and where there is none */
  get root(): XmlElement | null {
    return this.#open.length === 0 ? this.#root : null
  }

  /** Text, then the tag after it. */
  step(at: number): number | null {
    const tag = this.#text.indexOf('<', at)
    if (tag !== at && !this.#between(at, tag === -1 ? this.#text.length : tag)) return null
    if (tag === -1) return this.#text.length
    const kind = this.#text.charCodeAt(tag + 1)
    if (kind === SLASH) return this.#end(tag)
    return kind === EXCLAMATION ? this.#cdata(tag) : this.#beginning(tag)
  }

  #between(from: number, to: number): boolean {
    const between = this.#literal(from, to)
    const top = this.#open[this.#open.length - 1]
    if (between === null) return false
    if (top === undefined) return BLANK.test(between)
    top.text += between
    return true
  }

  #end(tag: number): number | null {
    const top = this.#open.pop()
    if (top === undefined || !this.#text.startsWith(top.name, tag + 2)) return null
    const end = tag + 2 + top.name.length
    return this.#text.charCodeAt(end) === GREATER ? end + 1 : null
  }

  #cdata(tag: number): number | null {
    const end = this.#text.indexOf(']]>', tag)
    const top = this.#open[this.#open.length - 1]
    if (top === undefined || end === -1 || !this.#text.startsWith('<![CDATA[', tag)) return null
    top.text += this.#text.slice(tag + 9, end)
    return end + 3
  }

  #beginning(at: number): number | null {
    const tag = this.#tag(at)
    if (tag === null || !this.#mayBegin()) return null
    this.#last = tag
    const { name, open, close, isEmpty } = tag
    const begun = at + open.length
    // Nearly every element holds one text and nothing else; it is never opened.
    const end = isEmpty ? -1 : this.#text.indexOf('<', begun)
    if (end !== -1 && this.#text.startsWith(close, end)) {
      const text = this.#literal(begun, end)
      if (text === null) return null
      this.#add({ name, text, children: NO_CHILDREN })
      return end + close.length
    }
    const element: OpenElement = { name, text: '', children: [] }
    this.#add(element)
    if (!isEmpty) this.#open.push(element)
    return begun
  }

  #mayBegin(): boolean {
    this.#elements += 1
    const depth = this.#open.length
    return this.#elements <= MOST_ELEMENTS && depth < DEEPEST && (depth > 0 || this.#root === null)
  }

  #add(element: XmlElement): void {
    this.#open[this.#open.length - 1]?.children.push(element)
    this.#root ??= element
  }

  /** What begins here; most often it is what began after the same element the last time. */
  #tag(at: number): Tag | null {
    const { next } = this.#last
    if (next !== null && this.#text.startsWith(next.open, at)) return next
    const end = this.#text.indexOf('>', at)
    const found = end === -1 ? null : tagOf(this.#text.slice(at + 1, end))
    if (found?.isKept) this.#last.next = found
    return found
  }

  /** The text as it is meant. */
  #literal(from: number, to: number): string | null {
    const raw = this.#text.slice(from, to)
    return this.#isLiteral ? raw : textOf(raw)
  }
}

/** Spaces of XML are four, of which line ends are one by now. */
const BLANK = /^[ \t\n]*$/
const SLASH = 0x2f
const EXCLAMATION = 0x21
const GREATER = 0x3e
const DEEPEST = 32
/** Above it the parser reads, which gives dossiers away as they end. */
const MOST_ELEMENTS = 500_000

/** Characters that XML forbids, as far as UTF-8 could have held them. Looking for each is faster than looking at each. */
const FORBIDDEN: readonly string[] = [...Array(0x20).keys(), 0xfffe, 0xffff]
  .map((code) => String.fromCharCode(code))
  .filter((character) => !'\t\n\r'.includes(character))
const DECLARATION = /^<\?xml version="1\.0"(?: encoding="utf-8")?(?: standalone="(?:yes|no)")? ?\?>/i

interface Tag {
  readonly name: string
  /** as it is written */
  readonly open: string
  readonly close: string
  readonly isEmpty: boolean
  /** whether it is remembered */
  readonly isKept: boolean
  /** what began after it the last time */
  next: Tag | null
}

const NAME = /^[A-Za-z_][\w.-]*$/
const TAG = /^([A-Za-z_][\w:.-]*)((?:[ \t\n]+[A-Za-z_][\w:.-]*="[^"<>&]*")*)[ \t\n]*(\/?)$/
const ATTRIBUTE = /[\w:.-]+(?==")/g
/**
 * Tags that were found right: they come again and again. Those with attributes may be of one document only, such as a
 * signature's, and leave room for the others.
 */
const known = new Map<string, Tag>()
const MOST_KNOWN = 2000

/** @param written what stands between < and > */
function tagOf(written: string): Tag | null {
  const before = known.get(written)
  if (before) return before
  const [, name, attributes = '', slash] = TAG.exec(written) ?? []
  if (name === undefined) return null
  const names = attributes.match(ATTRIBUTE) ?? []
  if (new Set(names).size !== names.length) return null
  const isKept = known.size < (NAME.test(written) ? MOST_KNOWN : MOST_KNOWN / 2)
  const tag: Tag = { name, open: `<${written}>`, close: `</${name}>`, isEmpty: slash === '/', isKept, next: null }
  if (isKept) known.set(written, tag)
  return tag
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
