import { DOMParser } from '@xmldom/xmldom'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { C14nCanonicalization } from 'xml-crypto'
import { canonicalDocument } from './canonical-form.ts'
import { readXml } from './xml-tree.ts'

/** The root's canonical form by xml-crypto. */
function byXmlCrypto(xml: string): string {
  const document = new DOMParser().parseFromString(xml, 'text/xml')
  return String(new C14nCanonicalization().process(document.documentElement as unknown as Node, {}))
}

const letters = fc.array(fc.constantFrom(...'aBạ&<>"\'\t\n \u{1F3E5}'), { maxLength: 8 }).map((each) => each.join(''))
const escaped = letters.map((text) => text.replace(/[&<>"'\t\n]/g, (sign) => `&#${sign.codePointAt(0)};`))
const name = fc.constantFrom('MA_LK', 'HO_TEN', 'p:X', 'q:Y', 'a')
const attributes = fc
  .dictionary(fc.constantFrom('b', 'a', 'p:c', 'q:a', 'xml:lang', 'xmlns', 'xmlns:r'), escaped)
  .map((each) =>
    Object.entries(each).map(([key, value]) => ` ${key}="${key.startsWith('xmlns') ? `urn:${value.length}` : value}"`),
  )

const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc
    .tuple(name, attributes, fc.array(tie('content'), { maxLength: 4 }))
    .map(([tag, own, inside]) => `<${tag}${own.join('')}>${inside.join('')}</${tag}>`),
  content: fc.oneof({ maxDepth: 4 }, escaped, fc.constant('<![CDATA[<&]]>'), tie('element')),
}))

test('of random documents xml-crypto makes the same canonical form', () => {
  fc.assert(
    fc.property(element, (inside) => {
      const xml = `<ROOT xmlns:p="urn:p" xmlns:q="urn:q">${inside}</ROOT>`
      const document = readXml(xml)
      expect(document).not.toBeNull()
      expect(canonicalDocument(document!)).toBe(byXmlCrypto(xml))
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['nothing in the way of empty elements, quotes and order', `<a c='1' b="2"/>`, '<a b="2" c="1"></a>'],
  ['line breaks of Windows', '<a>\r\n</a>', '<a>\n</a>'],
  ['a carriage return that was meant', '<a b="&#13;&#10;">&#13;</a>', '<a b="&#xD;&#xA;">&#xD;</a>'],
  [
    'no declaration, no comments, instructions kept',
    '<?xml version="1.0"?>\n<!--x--><?p q?>\n<a/>\n<?r?>\n',
    '<?p q?>\n<a></a>\n<?r?>',
  ],
  [
    'a default namespace taken back',
    '<a xmlns="u"><b xmlns=""><c xmlns=""/></b></a>',
    '<a xmlns="u"><b xmlns=""><c></c></b></a>',
  ],
  ['a declaration in force already', '<p:a xmlns:p="u"><p:b xmlns:p="u"/></p:a>', '<p:a xmlns:p="u"><p:b></p:b></p:a>'],
])('canonical form: %s', (_what, xml, form) => {
  expect(canonicalDocument(readXml(xml)!)).toBe(form)
})
