/** What may be signed with and what is accepted, by the names of the standard. @source https://www.w3.org/TR/xmldsig-core1/ */

export const DSIG = 'http://www.w3.org/2000/09/xmldsig#'
export const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
export const CANONICAL = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
export const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
export const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

/** Digest methods → names of node:crypto. SHA-1 is not among them. */
export const DIGESTS: ReadonlyMap<string, string> = new Map([
  [SHA256, 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
])

/** Signature methods → key type and hash. */
export const SIGNATURES: ReadonlyMap<string, { readonly key: 'rsa' | 'ec'; readonly hash: string }> = new Map([
  [RSA_SHA256, { key: 'rsa', hash: 'sha256' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha384', { key: 'rsa', hash: 'sha384' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', { key: 'rsa', hash: 'sha512' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', { key: 'ec', hash: 'sha256' }],
])

/** Where the facility signs: the last element of a dossier file and of a check-in message. */
export const SIGNATURE_PLACE = 'CHUKYDONVI'

/** Shorter RSA keys are refused. */
export const SMALLEST_RSA = 2048
