import { CANONICAL, DIGESTS, DSIG, ENVELOPED, SIGNATURE_PLACE, SIGNATURES } from './algorithms.ts'
import type { SignatureRule } from './signature-rules.ts'
import { attributeOf, descendants, elementsOf, textOf, type XmlElement } from './xml-tree.ts'

/** The one signature of a document, of the only form that is accepted: it covers the whole document. */
export interface ReadSignature {
  readonly element: XmlElement
  readonly signedInfo: XmlElement
  /** of node:crypto */
  readonly digestHash: string
  readonly digest: Buffer
  readonly method: { readonly key: 'rsa' | 'ec'; readonly hash: string }
  readonly value: Buffer
  /** DER, the signer's first */
  readonly certificates: readonly Buffer[]
}

/** Thrown inside and turned into a finding at once. */
export class WrongSignature extends Error {
  readonly rule: SignatureRule
  constructor(rule: SignatureRule) {
    super(rule)
    this.rule = rule
  }
}

/**
 * Finds and reads the signature. Everything is looked for by its exact place, never by id or by name anywhere, so that
 * wrapped or doubled parts are refused instead of misread.
 * @throws WrongSignature
 */
export function readSignature(root: XmlElement): ReadSignature {
  const found = [...descendants(root)].filter((each) => each.uri === DSIG && each.local === 'Signature')
  const [element] = found
  if (!element) throw new WrongSignature('SIG-2')
  if (found.length > 1) throw new WrongSignature('SIG-3')
  const place = element.parent
  if (place?.local !== SIGNATURE_PLACE || place.parent !== root) throw new WrongSignature('SIG-4')
  const [signedInfo, value, keyInfo] = childrenOf(element, ['SignedInfo', 'SignatureValue', 'KeyInfo'], 2)
  const [canonicalization, signatureMethod, reference, ...more] = elementsOf(signedInfo!)
  if (more.length > 0) throw new WrongSignature('SIG-5')
  expectName(canonicalization, 'CanonicalizationMethod')
  expectName(signatureMethod, 'SignatureMethod')
  expectName(reference, 'Reference')
  if (attributeOf(canonicalization, 'Algorithm') !== CANONICAL) throw new WrongSignature('SIG-6')
  const method = SIGNATURES.get(attributeOf(signatureMethod, 'Algorithm') ?? '')
  if (!method || elementsOf(signatureMethod).length > 0) throw new WrongSignature('SIG-6')
  return {
    element,
    signedInfo: signedInfo!,
    ...readReference(reference),
    method,
    value: base64Of(value!),
    certificates: keyInfo ? certificatesIn(keyInfo) : [],
  }
}

function readReference(reference: XmlElement): { digestHash: string; digest: Buffer } {
  if (attributeOf(reference, 'URI') !== '') throw new WrongSignature('SIG-5')
  const [transforms, method, value] = childrenOf(reference, ['Transforms', 'DigestMethod', 'DigestValue'], 3)
  const steps = elementsOf(transforms!).map((each) => {
    expectName(each, 'Transform')
    // an XPath inside a transform would choose what is signed
    if (elementsOf(each).length > 0) throw new WrongSignature('SIG-5')
    return attributeOf(each, 'Algorithm')
  })
  const [first, second = CANONICAL, ...more] = steps
  if (first !== ENVELOPED || second !== CANONICAL || more.length > 0) throw new WrongSignature('SIG-5')
  const digestHash = DIGESTS.get(attributeOf(method!, 'Algorithm') ?? '')
  if (digestHash === undefined) throw new WrongSignature('SIG-6')
  return { digestHash, digest: base64Of(value!) }
}

/** The children in exactly this order. @param required how many of them must be there */
function childrenOf(element: XmlElement, names: readonly string[], required: number): readonly XmlElement[] {
  const children = elementsOf(element)
  if (children.length < required || children.length > names.length) throw new WrongSignature('SIG-14')
  children.forEach((child, place) => expectName(child, names[place] ?? ''))
  return children
}

function expectName(element: XmlElement | undefined, local: string): asserts element is XmlElement {
  if (element?.uri !== DSIG || element.local !== local) throw new WrongSignature('SIG-14')
}

function base64Of(element: XmlElement): Buffer {
  const text = textOf(element)?.replace(/[\t\n\r ]+/g, '') ?? ''
  const bytes = Buffer.from(text, 'base64')
  // The decoder passes over what is no base64, missing ends and bits that nobody reads: one value has one spelling here.
  if (text === '' || bytes.toString('base64') !== text) throw new WrongSignature('SIG-14')
  return bytes
}

const certificatesIn = (keyInfo: XmlElement): readonly Buffer[] =>
  elementsOf(keyInfo)
    .filter(({ uri, local }) => uri === DSIG && local === 'X509Data')
    .flatMap(elementsOf)
    .filter(({ uri, local }) => uri === DSIG && local === 'X509Certificate')
    .map(base64Of)
