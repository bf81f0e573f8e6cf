import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attacks, manifest, sample } from '../samples-for-test.ts'
import { plainXml } from './plain-xml.ts'
import { type XmlElement, xmlTree } from './xml-tree.ts'

/** What the general parser says; null for what it refuses. */
function parsed(text: string): XmlElement | null {
  const tree = xmlTree()
  tree.write(text)
  tree.close()
  return tree.trouble === null ? tree.root : null
}

function expectSame(text: string): void {
  const plain = plainXml(text)
  if (plain !== null) expect(plain).toEqual(parsed(text))
}

const piece = fc.oneof(
  fc.constantFrom(
    '<A>',
    '</A>',
    '<B>',
    '</B>',
    '<A/>',
    '<A b="1">',
    '<A b="1" b="2">',
    "<A b='1'>",
    '<A b="<">',
    '< A>',
    '</A >',
  ),
  fc.constantFrom(
    '&amp;',
    '&',
    '&#13;',
    '&#0;',
    '&nbsp;',
    ']]>',
    '<![CDATA[',
    '<!--',
    '-->',
    '<?x?>',
    '<!DOCTYPE A>',
    '\r\n',
    '\r',
  ),
  fc.constantFrom(
    '<?xml version="1.0"?>',
    '<?xml version="1.0" encoding="utf-8"?>',
    '\uFEFF',
    '\u00A0',
    '<A\u00A0b="1">',
    '\u0000',
    '\u0085',
    '>',
    '<',
    '"',
    ' ',
  ),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
)

test('what it takes is what the general parser takes, element for element', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      expectSame(pieces.join(''))
      expectSame(`<A>${pieces.join('')}</A>`)
    }),
    { numRuns: 5000 },
  )
})

test('the shapes that insurance software writes are taken', () => {
  const text =
    '<?xml version="1.0" encoding="utf-8"?>\n<A xmlns:x="y">\r\n<B>1 &lt; 2</B><C><![CDATA[<&]]></C><D/></A>\n'
  expect(plainXml(text)?.children.map((child) => child.text)).toEqual(['1 < 2', '<&', ''])
  expectSame(text)
})

test('outside samples and attacks (none where ../shared/data is absent) are read alike', () => {
  const files = [...manifest.valid, ...manifest.lenient, ...manifest.invalid].map(({ file }) => sample(file))
  for (const bytes of [...files, ...attacks().map((attack) => attack.bytes)]) {
    const text = new TextDecoder('utf-8').decode(bytes)
    expectSame(text)
    for (const [, packed = ''] of text.matchAll(/<NOIDUNGFILE>([A-Za-z0-9+/=\s]+)</g))
      expectSame(
        Buffer.from(packed, 'base64')
          .toString('utf8')
          .replace(/^\uFEFF/, ''),
      )
  }
  expect(plainXml('<A>')).toBeNull()
})
