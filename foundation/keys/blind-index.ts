/** Finds an encrypted identifier without saying which it is: HMAC under a key that is not in the database. */
import { joined } from './contexts.ts'
import type { KeyProvider } from './types.ts'

/** What is stored beside the sealed value, under the newest key. */
export interface BlindTerm {
  readonly version: number
  /** 32 bytes */
  readonly code: Uint8Array
}

/**
 * @param field what kind of value it is, such as `Patient.identifier|cccd`: equal values of two fields have two codes
 * @param value NFC, as the field folds it
 */
export const blindTerm = (
  keys: KeyProvider,
  facility: number,
  field: string,
  value: string,
  version?: number,
): Promise<BlindTerm> => keys.mac(Buffer.from(joined(facility, field, value.normalize('NFC'))), version)

/** The codes that a value may be stored under, one for each version of the key: what a search looks for. */
export async function blindTerms(
  keys: KeyProvider,
  facility: number,
  field: string,
  value: string,
): Promise<readonly BlindTerm[]> {
  const versions = (await keys.keys()).filter(({ purpose }) => purpose === 'blind-index')
  return Promise.all(versions.map(({ version }) => blindTerm(keys, facility, field, value, version)))
}
