/**
 * A reader of the XHTML of narratives: one pass over the text, no document is built.
 *
 * @source http://hl7.org/fhir/R4/narrative.html#rules
 */

const NAMESPACE = 'http://www.w3.org/1999/xhtml'

/** Chapters 7 to 11 (without 9.4) and 15 of HTML 4.0, `a`, `img`, and what the standard's own examples use. */
const ELEMENTS = new Set(
  (
    'div p span br hr b i u em strong small big sub sup tt code samp kbd var cite dfn abbr acronym q blockquote pre ' +
    'address h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption colgroup col thead tfoot tbody tr th td a img ins del ' +
    'bdo s strike font center map area'
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

/** A comment, CDATA or instruction, or a tag in four parts: slash, name, attributes, slash. */
const MARKUP =
  /<(?:!--[\s\S]*?-->|!\[CDATA\[[\s\S]*?\]\]>|\?[\s\S]*?\?>|(\/?)([A-Za-z_][\w:.-]*)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>)/y
const ATTRIBUTE = /\s+([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const LONE_AMPERSAND = /&(?!(?:#\d+|#x[\dA-Fa-f]+|[A-Za-z][A-Za-z0-9]*);)/
const SCRIPT_ADDRESS = /^\s*(?:javascript|vbscript|data:text\/html)/i

/** What was found in a narrative. */
export interface XhtmlReading {
  /** what is wrong with the syntax, in a word that tells nothing of the content */
  readonly malformed?: string
  /** elements, attributes or addresses that narratives may not have */
  readonly forbidden: boolean
  /** neither text nor image */
  readonly empty: boolean
}

interface State {
  readonly open: string[]
  forbidden: boolean
  empty: boolean
  root: boolean
}

/** Reads `<div xmlns="…">…</div>`. */
export function readXhtml(text: string): XhtmlReading {
  const state: State = { open: [], forbidden: false, empty: true, root: false }
  const end = text.trimEnd().length
  let at = text.length - text.trimStart().length
  let malformed: string | undefined
  while (at < end && malformed === undefined) {
    if (text[at] === '<') {
      MARKUP.lastIndex = at
      const markup = MARKUP.exec(text)
      at = MARKUP.lastIndex
      malformed = markup === null ? '<' : readMarkup(markup, state)
    } else {
      const next = text.indexOf('<', at)
      malformed = readText(text.slice(at, next < 0 ? end : next), state)
      at = next < 0 ? end : next
    }
  }
  if (malformed === undefined && (!state.root || state.open.length > 0)) malformed = '</div>'
  return { forbidden: state.forbidden, empty: state.empty, ...(malformed === undefined ? {} : { malformed }) }
}

function readText(content: string, state: State): string | undefined {
  if (state.open.length === 0) return 'text outside <div>'
  if (LONE_AMPERSAND.test(content)) return '&'
  if (content.trim() !== '') state.empty = false
  return undefined
}

function readMarkup(
  [whole, closing, name, attributes, selfClosing]: RegExpExecArray,
  state: State,
): string | undefined {
  if (name === undefined) return whole.startsWith('<?') ? '<?' : undefined
  if (closing === '/') return state.open.pop() === name ? undefined : `</${name.slice(0, 20)}>`
  const outermost = state.open.length === 0
  if (outermost && (state.root || name !== 'div')) return '<div>'
  state.root = true
  const read = readAttributes(attributes!)
  if (read === undefined) return `<${name.slice(0, 20)}>`
  if (outermost && read.get('xmlns') !== NAMESPACE) return 'xmlns'
  if (!ELEMENTS.has(name) || [...read].some(isForbidden)) state.forbidden = true
  if (name === 'img') state.empty = false
  if (selfClosing !== '/') state.open.push(name)
  return undefined
}

const isForbidden = ([name, value]: readonly [string, string]) =>
  (!ATTRIBUTES.has(name) && !name.startsWith('xmlns:')) ||
  ((name === 'href' || name === 'src') && SCRIPT_ADDRESS.test(value))

/** undefined where the syntax is wrong. */
function readAttributes(text: string): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>()
  const end = text.trimEnd().length
  for (let at = 0; at < end; at = ATTRIBUTE.lastIndex) {
    ATTRIBUTE.lastIndex = at
    const attribute = ATTRIBUTE.exec(text)
    if (attribute === null || found.has(attribute[1]!)) return undefined
    found.set(attribute[1]!, attribute[2] ?? attribute[3] ?? '')
  }
  return found
}
