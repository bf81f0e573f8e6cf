import { createPrivateKey, hash, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { CANONICAL, DSIG, ENVELOPED, RSA_SHA256, SHA256, SIGNATURE_PLACE, SMALLEST_RSA } from './algorithms.ts'
import { canonicalDocument, namespaceText } from './canonical-form.ts'
import { readXml } from './xml-tree.ts'

/** What a facility signs with. */
export interface SigningKey {
  /** PEM, or a key that was opened already */
  readonly privateKey: string | KeyObject
  /** PEM of the signer's certificate; those of its issuers may follow */
  readonly certificate: string
}

const EMPTY_PLACE = new RegExp(`<${SIGNATURE_PLACE}\\s*(?:/>|>\\s*</${SIGNATURE_PLACE}\\s*>)`, 'g')
const PEM = /-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/g

/**
 * Signs a dossier file or check-in message: an enveloped signature over the whole document, RSA with SHA-256, in its
 * empty CHUKYDONVI. Nothing else of the text changes.
 * @param xml as `writeDossierFile` made it, unsigned
 * @returns the same text with the signature in it: keep these bytes, never write them anew
 * @throws when the file has no empty CHUKYDONVI, is not XML, or the key is none that may sign: faults of the caller
 */
export function signDossierFile(xml: string, key: SigningKey): string {
  const places = [...xml.matchAll(EMPTY_PLACE)]
  const [place] = places
  if (!place || places.length > 1) throw new Error(`A file to be signed has one empty ${SIGNATURE_PLACE}`)
  const head = `${xml.slice(0, place.index)}<${SIGNATURE_PLACE}>`
  const tail = `</${SIGNATURE_PLACE}>${xml.slice(place.index + place[0].length)}`
  const document = readXml(head + tail)
  const { root } = document ?? {}
  if (!document || !root?.children.some((each) => typeof each === 'object' && 'name' in each && isPlace(each.name))) {
    throw new Error(`A file to be signed is XML with ${SIGNATURE_PLACE} in its root`)
  }
  const digest = hash('sha256', canonicalDocument(document), 'base64')
  // What the root declares is in force inside the signature too, so it belongs to the canonical form of SignedInfo.
  const declared = namespaceText({ ...root.namespaces, '': DSIG })
  const info = signedInfo(digest)
  const signature = sign('sha256', Buffer.from(`<SignedInfo${declared}>${info}`), privateKeyOf(key)).toString('base64')
  return `${head}${signatureElement(info, signature, key.certificate)}${tail}`
}

const isPlace = (name: string): boolean => name === SIGNATURE_PLACE

function privateKeyOf({ privateKey }: SigningKey): KeyObject {
  const key = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa' || bits < SMALLEST_RSA) {
    throw new Error(`Dossiers are signed with an RSA key of ${SMALLEST_RSA} bits or more`)
  }
  return key
}

/** In canonical form already, without its opening tag. */
const signedInfo = (digest: string): string =>
  `<CanonicalizationMethod Algorithm="${CANONICAL}"></CanonicalizationMethod>` +
  `<SignatureMethod Algorithm="${RSA_SHA256}"></SignatureMethod>` +
  `<Reference URI=""><Transforms><Transform Algorithm="${ENVELOPED}"></Transform>` +
  `<Transform Algorithm="${CANONICAL}"></Transform></Transforms>` +
  `<DigestMethod Algorithm="${SHA256}"></DigestMethod><DigestValue>${digest}</DigestValue></Reference></SignedInfo>`

function signatureElement(info: string, signature: string, certificate: string): string {
  const chain = [...certificate.matchAll(PEM)].map(([pem]) => new X509Certificate(pem).raw.toString('base64'))
  if (chain.length === 0) throw new Error('The signing certificate is not PEM')
  const certificates = chain.map((each) => `<X509Certificate>${each}</X509Certificate>`).join('')
  return (
    `<Signature xmlns="${DSIG}"><SignedInfo>${info}<SignatureValue>${signature}</SignatureValue>` +
    `<KeyInfo><X509Data>${certificates}</X509Data></KeyInfo></Signature>`
  )
}

/** @returns whether the private key belongs to the (first) certificate */
export const belongsTogether = ({ privateKey, certificate }: SigningKey): boolean =>
  new X509Certificate(certificate).checkPrivateKey(
    typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey,
  )
