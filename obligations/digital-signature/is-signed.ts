import { type KeyObject, verify } from 'node:crypto'

/** Signature method as the tables have it: which keys it takes, and its hash by the name of node:crypto. */
export interface SignatureMethod {
  readonly key: 'rsa' | 'ec'
  readonly hash: string
}

/** Whether this value signs these bytes with the method; a key of another kind signs nothing. EC values are r ‖ s. */
export const isSigned = (method: SignatureMethod, key: KeyObject, bytes: Uint8Array, value: Uint8Array): boolean =>
  key.asymmetricKeyType === method.key && verify(method.hash, bytes, { key, dsaEncoding: 'ieee-p1363' }, value)
