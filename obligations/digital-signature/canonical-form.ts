/**
 * Canonical XML 1.0 without comments (inclusive): the text whose hash is signed.
 * @source https://www.w3.org/TR/2001/REC-xml-c14n-20010315
 */
import { isElement, type XmlAttribute, type XmlDocument, type XmlElement, type XmlInstruction } from './xml-tree.ts'

/** Prefix ('' for the default namespace) → URI. */
export type Scope = Readonly<Record<string, string>>

const XML = 'http://www.w3.org/XML/1998/namespace'

const IN_TEXT: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }
const IN_ATTRIBUTE: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}
const escapeText = (text: string): string => text.replace(/[&<>\r]/g, (sign) => IN_TEXT[sign] ?? sign)
const escapeAttribute = (text: string): string => text.replace(/[&<"\t\n\r]/g, (sign) => IN_ATTRIBUTE[sign] ?? sign)

const instructionText = ({ target, body }: XmlInstruction): string => `<?${target}${body === '' ? '' : ` ${body}`}?>`

/** The whole document. @param without one element that is left out: the signature in it */
export function canonicalDocument({ root, before, after }: XmlDocument, without: XmlElement | null = null): string {
  const pieces = before.map((each) => `${instructionText(each)}\n`)
  writeElement(root, {}, pieces, without)
  pieces.push(...after.map((each) => `\n${instructionText(each)}`))
  return pieces.join('')
}

/** One element with everything below it, with the namespaces and `xml:` attributes that it stands in. */
export function canonicalElement(apex: XmlElement): string {
  const pieces: string[] = []
  writeElement(apex, {}, pieces, null, { scope: scopeOf(apex), inherited: xmlAttributesAbove(apex) })
  return pieces.join('')
}

/** The namespaces in force at an element. */
export const scopeOf = ({ parent, namespaces }: XmlElement): Scope => ({
  ...(parent ? scopeOf(parent) : {}),
  ...namespaces,
})

function xmlAttributesAbove(apex: XmlElement): readonly XmlAttribute[] {
  const found = new Map<string, XmlAttribute>()
  for (let above = apex.parent; above; above = above.parent) {
    for (const attribute of above.attributes) {
      if (attribute.uri === XML && !found.has(attribute.local)) found.set(attribute.local, attribute)
    }
  }
  for (const { uri, local } of apex.attributes) if (uri === XML) found.delete(local)
  return [...found.values()]
}

interface Context {
  readonly scope: Scope
  readonly inherited: readonly XmlAttribute[]
}

function writeElement(
  element: XmlElement,
  rendered: Scope,
  pieces: string[],
  without: XmlElement | null,
  context: Context = { scope: element.namespaces, inherited: [] },
): void {
  const scope = context.scope
  pieces.push(`<${element.name}`, namespaceText(scope, rendered))
  const attributes = [...element.attributes, ...context.inherited].toSorted(
    (a, b) => compare(a.uri, b.uri) || compare(a.local, b.local),
  )
  for (const { name, value } of attributes) pieces.push(` ${name}="${escapeAttribute(value)}"`)
  pieces.push('>')
  const below = { ...rendered, ...scope }
  for (const child of element.children) {
    if (typeof child === 'string') pieces.push(escapeText(child))
    else if (!isElement(child)) pieces.push(instructionText(child))
    else if (child !== without) writeElement(child, below, pieces, without)
  }
  pieces.push(`</${element.name}>`)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Declarations that are not in force already, in the order of their prefixes. */
export const namespaceText = (scope: Scope, rendered: Scope = {}): string =>
  Object.keys(scope)
    .filter((prefix) => prefix !== 'xml' && scope[prefix] !== (rendered[prefix] ?? ''))
    .toSorted(compare)
    .map((prefix) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(scope[prefix] ?? '')}"`)
    .join('')
