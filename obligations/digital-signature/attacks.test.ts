import { hash, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalDocument, canonicalElement } from './canonical-form.ts'
import { signDossierFile, verifyDossierFile } from './index.ts'
import { aFile, aKey, NOW } from './keys-for-test.ts'
import { descendants, readXml } from './xml-tree.ts'

const key = aKey()
const signed = signDossierFile(aFile(), key)
const options = { at: NOW, trusted: [key.certificate] }
const signature = /<Signature .*<\/Signature>/s.exec(signed)?.[0] ?? ''

/** The errors of a file. */
const wrong = (xml: string, at = options): readonly string[] =>
  verifyDossierFile(xml, at).findings.flatMap(({ rule, severity }) => (severity === 'error' ? [rule] : []))

/** Signs whatever SignedInfo says now, as somebody with the key could. */
function signedAnew(xml: string): string {
  const info = [...descendants(readXml(xml)!.root)].find(({ local }) => local === 'SignedInfo')!
  const value = sign('sha256', Buffer.from(canonicalElement(info)), key.privateKey).toString('base64')
  return xml.replace(/<SignatureValue>.*?<\/SignatureValue>/, `<SignatureValue>${value}</SignatureValue>`)
}

describe('tampering', () => {
  test.each([
    ['SIG-7', 'a character of the content', signed.replace('<MACSKCB>00901', '<MACSKCB>00902')],
    ['SIG-7', 'a letter of base64', signed.replace('PFRPTkdf', 'PFRPTkdg')],
    ['SIG-7', 'the name of an element', signed.replaceAll('NGAYLAP', 'NGAYLAQ')],
    ['SIG-7', 'a space between elements', signed.replace('<HOSO>', '<HOSO> ')],
    ['SIG-7', 'an attribute more', signed.replace('<HOSO>', '<HOSO x="1">')],
    ['SIG-7', 'an element more', signed.replace('<HOSO>', '<HOSO><X/>')],
    ['SIG-7', 'an element less', signed.replace('<SOLUONGHOSO>1</SOLUONGHOSO>', '')],
    ['SIG-7', 'an instruction', signed.replace('<GIAMDINHHS>', '<?x y?><GIAMDINHHS>')],
    ['SIG-7', 'a namespace', signed.replace('<GIAMDINHHS>', '<GIAMDINHHS xmlns="urn:x">')],
    ['SIG-7', 'text beside the signature', signed.replace('</Signature>', '</Signature>x')],
    ['SIG-8', 'the digest, made to fit', withDigestOf(signed.replace('<MACSKCB>00901', '<MACSKCB>00902'))],
    ['SIG-8', 'the value of the signature', signed.replace(/<SignatureValue>..../, '<SignatureValue>AAAA')],
    ['SIG-9', 'the certificate', signed.replace(/<X509Certificate>..../, '<X509Certificate>AAAA')],
    ['SIG-14', 'no base64', signed.replace('<DigestValue>', '<DigestValue>?')],
    ['SIG-14', 'one sign of the end less', signed.replace('==</SignatureValue>', '= </SignatureValue>')],
    ['SIG-14', 'another spelling of the same bytes', signed.replace(/[AQgw]==<\/SignatureValue>/, otherSpelling)],
    ['SIG-14', 'an element in the digest', signed.replace('<DigestValue>', '<DigestValue><a/>')],
  ])('%s %s', (rule, _what, xml) => {
    expect(xml).not.toBe(signed)
    expect(wrong(xml)).toContain(rule)
  })

  test('any other character anywhere is noticed, or changes nothing that anybody reads', () => {
    const meaning = meaningOf(signed)
    fc.assert(
      fc.property(fc.nat(signed.length - 1), fc.constantFrom(...'aZ9 <>&/"=\nạ'), (place, letter) => {
        const changed = signed.slice(0, place) + letter + signed.slice(place + 1)
        if (verifyDossierFile(changed, options).valid) expect(meaningOf(changed)).toBe(meaning)
      }),
      { numRuns: 1500 },
    )
  })
})

/** The last letter before the end has four bits that nobody reads. */
function otherSpelling(end: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  return `${letters[letters.indexOf(end[0]!) + 1]}${end.slice(1)}`
}

/** What is signed and what it is signed with; layout inside the signature and comments are neither. */
function meaningOf(xml: string): string {
  const document = readXml(xml)!
  const element = [...descendants(document.root)].find(({ local }) => local === 'Signature')!
  return canonicalDocument(document, element) + canonicalElement(element).replace(/\s|KeyInfo>|X509Data>/g, '')
}

function withDigestOf(xml: string): string {
  const document = readXml(xml)!
  const element = [...descendants(document.root)].find(({ local }) => local === 'Signature')!
  const digest = hash('sha256', canonicalDocument(document, element), 'base64')
  return xml.replace(/<DigestValue>.*?<\/DigestValue>/, `<DigestValue>${digest}</DigestValue>`)
}

describe('signatures that cover something else', () => {
  const other = aFile().replace('00901', '00902')
  const wrapped = other.replace(
    '<CHUKYDONVI></CHUKYDONVI>',
    `<X>${signed.replace(/<\?.*\?>/, '')}</X><CHUKYDONVI></CHUKYDONVI>`,
  )
  test.each([
    ['SIG-2', 'no signature at all', aFile()],
    ['SIG-3', 'two signatures', signed.replace(signature, signature + signature)],
    ['SIG-3', 'a second one somewhere else', signed.replace('<HOSO>', `<HOSO>${signature}`)],
    [
      'SIG-3',
      'a signature inside the signature',
      signed.replace('</Signature>', `<Object>${signature}</Object></Signature>`),
    ],
    ['SIG-4', 'the signed file wrapped into another one', wrapped],
    ['SIG-4', 'a signature at the wrong place', signed.replace(signature, '').replace('<HOSO>', `<HOSO>${signature}`)],
    ['SIG-5', 'a part by its id', signedAnew(signed.replace('URI=""', 'URI="#a"').replace('<HOSO>', '<HOSO Id="a">'))],
    ['SIG-5', 'no reference', signedAnew(signed.replace(' URI=""', ''))],
    ['SIG-5', 'two references', signedAnew(signed.replace(/(<Reference.*<\/Reference>)/, '$1$1'))],
    [
      'SIG-5',
      'a part chosen by XPath',
      signedAnew(signed.replace('></Transform>', '><XPath>self::X</XPath></Transform>')),
    ],
    ['SIG-5', 'not itself left out', signedAnew(signed.replace('#enveloped-signature', '#base64'))],
    ['SIG-14', 'SignedInfo twice', signed.replace(/(<SignedInfo>.*<\/SignedInfo>)/, '$1$1')],
    ['SIG-6', 'SHA-1', signedAnew(signed.replace('xmlenc#sha256', 'xmldsig#sha1'))],
    ['SIG-6', 'a method of signing that nobody knows', signedAnew(signed.replace('#rsa-sha256', '#rsa-md5'))],
    ['SIG-6', 'another canonical form', signedAnew(signed.replace('REC-xml-c14n-20010315', 'REC-xml-c14n-x'))],
    ['SIG-9', 'no certificate', signed.replace(/<KeyInfo>.*<\/KeyInfo>/, '')],
    ['SIG-1', 'a DOCTYPE', signed.replace('<GIAMDINHHS>', '<!DOCTYPE a [<!ENTITY b "c">]><GIAMDINHHS>')],
    ['SIG-1', 'something nested a hundred thousand deep', '<a>'.repeat(100_000)],
    ['SIG-1', 'no XML', 'xin chào'],
  ])('%s %s', (rule, _what, xml) => {
    expect(wrong(xml)).toEqual([rule])
    expect(verifyDossierFile(xml, options).valid).toBe(false)
  })
})

describe('certificates', () => {
  test('SIG-10 an expired one is told as such, and nothing else is wrong', () => {
    const old = aKey('2020-01-01T00:00:00Z', '2025-12-31T00:00:00Z')
    const verdict = verifyDossierFile(signDossierFile(aFile(), old), { at: NOW })
    expect(verdict).toMatchObject({ valid: false, signer: { validTo: new Date('2025-12-31T00:00:00Z') } })
    expect(verdict.findings.find(({ severity }) => severity === 'error')?.rule).toBe('SIG-10')
    expect(verifyDossierFile(signDossierFile(aFile(), old), { at: new Date('2025-06-01') }).valid).toBe(true)
  })

  test('SIG-11 one of the future', () => {
    expect(wrong(signDossierFile(aFile(), aKey('2026-12-01T00:00:00Z')), { ...options, trusted: [] })).toContain(
      'SIG-11',
    )
  })

  test('SIG-12 anybody else’s, even with the same name', () => {
    expect(wrong(signDossierFile(aFile(), aKey()))).toEqual(['SIG-12'])
  })
})
