/**
 * The XHTML of narratives: one pass over the text, no document is built.
 *
 * @source http://hl7.org/fhir/R4/narrative.html#rules
 */
import type { Check, Run } from './run.ts'

const NAMESPACE = 'http://www.w3.org/1999/xhtml'

/** Chapters 7 to 11 (without 9.4) and 15 of HTML 4.0, `a`, `img`, and what the standard's own examples use. */
const ELEMENTS = new Set(
  (
    'div p span br hr b i u em strong small big sub sup tt code samp kbd var cite dfn abbr acronym q blockquote pre ' +
    'address h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption colgroup col thead tfoot tbody tr th td a img ins del bdo ' +
    's strike font center map area'
  ).split(' '),
)

const ATTRIBUTES = new Set(
  (
    'title style class id idref lang xml:lang xml:space dir accesskey tabindex xmlns ' +
    'align valign char charoff abbr axis headers scope rowspan colspan width height border cellpadding cellspacing ' +
    'frame rules summary span cite datetime href name rel rev charset type target hreflang shape coords ' +
    'src alt longdesc usemap ismap value start compact clear size noshade nowrap bgcolor color face'
  ).split(' '),
)

const TAG = /<(?:!--[\s\S]*?-->|!\[CDATA\[[\s\S]*?\]\]>|\?[\s\S]*?\?>|(\/?)([A-Za-z_][\w:.-]*)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>)/y
const ATTRIBUTE = /\s+([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const ENTITY = /&(?!(?:#\d+|#x[\dA-Fa-f]+|[A-Za-z][A-Za-z0-9]*);)/
const SCRIPT_ADDRESS = /^\s*(?:javascript|vbscript|data:text\/html)/i

const TXT_1 = {
  key: 'txt-1',
  severity: 'error',
  human:
    'The narrative SHALL contain only the basic html formatting elements and attributes described in chapters 7-11 (except section 4 of chapter 9) and 15 of the HTML 4.0 standard, <a> elements (either name or href), images and internally contained style attributes',
} as const
/** The standard calls it an error, and publishes narratives that are empty; an empty text harms nobody. */
const TXT_2 = { key: 'txt-2', severity: 'warning', human: 'The narrative SHALL have some non-whitespace content' } as const

export const checkXhtml: Check = (value, run) => {
  if (typeof value !== 'string') return run.refuse('FHIR-STRUCTURE-2', { expected: 'string', found: typeof value })
  const found = readXhtml(value)
  if (found.malformed !== undefined) run.refuse('FHIR-NARRATIVE-1', { found: found.malformed })
  else report(found, run)
}

function report(found: Reading, run: Run): void {
  if (found.forbidden) run.refuseInvariant(TXT_1)
  if (found.empty) run.refuseInvariant(TXT_2)
}

interface Reading {
  /** what is wrong with the syntax: a word, never content */
  readonly malformed?: string
  readonly forbidden: boolean
  readonly empty: boolean
}

const malformed = (what: string): Reading => ({ malformed: what, forbidden: false, empty: false })

/** Reads `<div xmlns="…">…</div>`. */
export function readXhtml(text: string): Reading {
  const open: string[] = []
  let at = text.length - text.trimStart().length
  const end = text.trimEnd().length
  let forbidden = false
  let empty = true
  let root = false
  while (at < end) {
    if (text[at] !== '<') {
      const next = text.indexOf('<', at)
      const content = text.slice(at, next < 0 ? end : next)
      if (open.length === 0) return malformed('text outside <div>')
      if (ENTITY.test(content)) return malformed('&')
      if (empty && content.trim() !== '') empty = false
      at = next < 0 ? end : next
      continue
    }
    TAG.lastIndex = at
    const tag = TAG.exec(text)
    if (tag === null) return malformed('<')
    at = TAG.lastIndex
    const [whole, closing, name, attributes, selfClosing] = tag
    if (name === undefined) {
      if (whole.startsWith('<?')) return malformed('<?')
      continue
    }
    if (closing === '/') {
      if (open.pop() !== name) return malformed(`</${name.slice(0, 20)}>`)
      continue
    }
    if (open.length === 0) {
      if (root || name !== 'div') return malformed('<div>')
      root = true
    }
    const read = readAttributes(attributes!)
    if (read === undefined) return malformed(`<${name.slice(0, 20)}>`)
    if (open.length === 0 && read.namespace !== NAMESPACE) return malformed('xmlns')
    if (!ELEMENTS.has(name) || read.forbidden) forbidden = true
    if (name === 'img') empty = false
    if (selfClosing !== '/') open.push(name)
  }
  if (!root || open.length > 0) return malformed('</div>')
  return { forbidden, empty }
}

/** undefined where the syntax is wrong. */
function readAttributes(text: string): { forbidden: boolean; namespace?: string } | undefined {
  let at = 0
  let forbidden = false
  let namespace: string | undefined
  const end = text.trimEnd().length
  const seen = new Set<string>()
  while (at < end) {
    ATTRIBUTE.lastIndex = at
    const attribute = ATTRIBUTE.exec(text)
    if (attribute === null) return undefined
    at = ATTRIBUTE.lastIndex
    const name = attribute[1]!
    const value = attribute[2] ?? attribute[3] ?? ''
    if (seen.has(name)) return undefined
    seen.add(name)
    if (name === 'xmlns') namespace = value
    if (!ATTRIBUTES.has(name) && !name.startsWith('xmlns:')) forbidden = true
    if ((name === 'href' || name === 'src') && SCRIPT_ADDRESS.test(value)) forbidden = true
  }
  return namespace === undefined ? { forbidden } : { forbidden, namespace }
}
