import { hash, type KeyObject, timingSafeEqual, X509Certificate } from 'node:crypto'
import type { Refusal } from '#fhir/outcome'
import { SMALLEST_RSA } from './algorithms.ts'
import { canonicalDocument, canonicalElement } from './canonical-form.ts'
import { isSigned } from './is-signed.ts'
import { readSignature, type ReadSignature, WrongSignature } from './read-signature.ts'
import { signatureFinding, type SignatureRule } from './signature-rules.ts'
import { NO_LEGAL_VALUE } from './test-certificate.ts'
import { readXml, type XmlDocument } from './xml-tree.ts'

/** Who signed, as the certificate says. */
export interface Signer {
  /** one attribute of the name a line */
  readonly subject: string
  readonly issuer: string
  /** hexadecimal */
  readonly serial: string
  readonly validFrom: Date
  readonly validTo: Date
  /** null: nobody said whom to trust */
  readonly trusted: boolean | null
  /** a test certificate of ours, without legal value */
  readonly test: boolean
}

/** What a signature is worth. */
export interface Verdict {
  /** one signature, over the whole file as it is now, by a certificate in force (and trusted, where that was asked) */
  readonly valid: boolean
  /** null where no certificate can be read */
  readonly signer: Signer | null
  /** errors say why it is not valid; warnings what to know about a valid one */
  readonly findings: readonly Refusal[]
}

export interface VerifyOptions {
  /** when the certificate must be in force: the moment of receipt */
  readonly at: Date
  /** PEM of certificates that are trusted, themselves or as issuers; without it the signer's word is reported, not judged */
  readonly trusted?: readonly string[]
}

/** Longer chains are nobody's. */
const LONGEST_CHAIN = 6

/**
 * Checks the signature of a dossier file or check-in message: one enveloped XMLDSig in its CHUKYDONVI whose only
 * reference is the whole document. Revocation is not checked: that needs a network.
 */
export function verifyDossierFile(xml: string, options: VerifyOptions): Verdict {
  const document = readXml(xml)
  if (!document) return refused('SIG-1')
  try {
    return judge(document, readSignature(document.root), options)
  } catch (error) {
    if (error instanceof WrongSignature) return refused(error.rule)
    throw error
  }
}

const refused = (rule: SignatureRule): Verdict => ({ valid: false, signer: null, findings: [signatureFinding(rule)] })

function judge(document: XmlDocument, signature: ReadSignature, { at, trusted }: VerifyOptions): Verdict {
  const chain = signature.certificates.map(certificateOf)
  const certificate = chain[0]
  if (!certificate || chain.includes(null)) return refused('SIG-9')
  const signer = signerOf(
    certificate,
    chain.filter((each) => each !== null),
    trusted,
  )
  const { publicKey } = certificate
  const errors: SignatureRule[] = [
    ...(isWhole(document, signature) ? [] : ['SIG-7' as const]),
    ...(isBy(publicKey, signature) ? [] : ['SIG-8' as const]),
    ...(at > signer.validTo ? ['SIG-10' as const] : []),
    ...(at < signer.validFrom ? ['SIG-11' as const] : []),
    ...(signer.trusted === false ? ['SIG-12' as const] : []),
    ...(isTooShort(publicKey) ? ['SIG-13' as const] : []),
  ]
  const warnings: SignatureRule[] = [
    ...(signer.test ? ['SIG-15' as const] : []),
    ...(signer.trusted === null ? ['SIG-16' as const] : []),
  ]
  return {
    valid: errors.length === 0,
    signer,
    findings: [
      ...errors.map((rule) => signatureFinding(rule)),
      ...warnings.map((rule) => signatureFinding(rule, 'warning')),
    ],
  }
}

function certificateOf(der: Buffer): X509Certificate | null {
  try {
    const certificate = new X509Certificate(der)
    // Its key is read when it is asked for, and may be the part that is broken.
    return certificate.publicKey.type === 'public' ? certificate : null
  } catch {
    return null
  }
}

function isWhole(document: XmlDocument, { element, digest, digestHash }: ReadSignature): boolean {
  const now = hash(digestHash, canonicalDocument(document, element), 'buffer')
  return now.length === digest.length && timingSafeEqual(now, digest)
}

const isBy = (key: KeyObject, { signedInfo, method, value }: ReadSignature): boolean =>
  isSigned(method, key, Buffer.from(canonicalElement(signedInfo)), value)

const isTooShort = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean =>
  asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) < SMALLEST_RSA

function signerOf(
  certificate: X509Certificate,
  chain: readonly X509Certificate[],
  trusted: readonly string[] | undefined,
): Signer {
  const anchors = trusted?.map((pem) => new X509Certificate(pem))
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    serial: certificate.serialNumber,
    validFrom: new Date(certificate.validFrom),
    validTo: new Date(certificate.validTo),
    trusted: anchors ? leadsTo(certificate, chain, anchors) : null,
    test: certificate.subject.includes(NO_LEGAL_VALUE),
  }
}

/** From the signer's certificate by issuers that the file brought along to one that is trusted. */
function leadsTo(
  certificate: X509Certificate,
  chain: readonly X509Certificate[],
  anchors: readonly X509Certificate[],
): boolean {
  let current = certificate
  for (let length = 0; length < LONGEST_CHAIN; length++) {
    const here = current
    if (anchors.some((anchor) => anchor.fingerprint256 === here.fingerprint256 || issued(here, anchor))) return true
    const issuer = chain.find((each) => each !== here && issued(here, each))
    if (!issuer) return false
    current = issuer
  }
  return false
}

const issued = (certificate: X509Certificate, by: X509Certificate): boolean =>
  by.ca && certificate.checkIssued(by) && certificate.verify(by.publicKey)
