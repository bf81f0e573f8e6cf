import { createElement, useMemo, type ReactNode } from 'react'
import classes from './narrative.module.css'

/** What may stand in a narrative, and as what it is drawn. Whatever is not here loses its tag and keeps its words. */
const ALLOWED: Readonly<Record<string, string>> = {
  P: 'p',
  DIV: 'div',
  SPAN: 'span',
  B: 'strong',
  STRONG: 'strong',
  I: 'em',
  EM: 'em',
  U: 'u',
  S: 's',
  BR: 'br',
  HR: 'hr',
  UL: 'ul',
  OL: 'ol',
  LI: 'li',
  DL: 'dl',
  DT: 'dt',
  DD: 'dd',
  TABLE: 'table',
  CAPTION: 'caption',
  THEAD: 'thead',
  TBODY: 'tbody',
  TR: 'tr',
  TH: 'th',
  TD: 'td',
  H1: 'h3',
  H2: 'h3',
  H3: 'h4',
  H4: 'h4',
  H5: 'h5',
  H6: 'h5',
  PRE: 'pre',
  CODE: 'code',
  SMALL: 'small',
  SUB: 'sub',
  SUP: 'sup',
  BLOCKQUOTE: 'blockquote',
}

const DROPPED = new Set([
  'SCRIPT',
  'STYLE',
  'TEMPLATE',
  'NOSCRIPT',
  'IFRAME',
  'OBJECT',
  'EMBED',
  'SVG',
  'MATH',
  'TITLE',
  'HEAD',
])
const WITHOUT_CHILDREN = new Set(['br', 'hr'])
const DEEPEST = 60

/** Only the span of a table cell survives of all attributes: no links, no styles, no handlers, no addresses. */
const attributesOf = (element: Element): Record<string, number> =>
  Object.fromEntries(
    (['colSpan', 'rowSpan'] as const).flatMap((name) => {
      const span = Number.parseInt(element.getAttribute(name.toLowerCase()) ?? '', 10)
      return span > 1 && span < 50 ? [[name, span]] : []
    }),
  )

function draw(node: Node, key: number, depth: number): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent
  if (!(node instanceof Element) || depth > DEEPEST || DROPPED.has(node.tagName.toUpperCase())) return null
  const children = [...node.childNodes].map((child, at) => draw(child, at, depth + 1))
  const tag = ALLOWED[node.tagName.toUpperCase()]
  if (!tag) return children
  const properties = { key, ...attributesOf(node) }
  return WITHOUT_CHILDREN.has(tag) ? createElement(tag, properties) : createElement(tag, properties, ...children)
}

/**
 * XHTML of a record, drawn again from an allow-list. It comes from other systems and from hands we do not know: it is
 * parsed into a document that runs nothing, and only plain elements are created from it.
 */
export function Narrative({ html }: { readonly html: string }) {
  const content = useMemo(() => {
    const { body } = new DOMParser().parseFromString(html, 'text/html')
    return [...body.childNodes].map((child, at) => draw(child, at, 0))
  }, [html])
  return <div className={classes.narrative}>{content}</div>
}
