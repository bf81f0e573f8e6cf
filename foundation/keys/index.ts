/** Keys, and what is sealed with them. See docs/decisions/0025-keys-are-sealed-and-versioned.md. */
export {
  type KeyFacts,
  KeyProblem,
  type KeyProvider,
  type Place,
  type Purpose,
  PURPOSES,
  type Wrapped,
} from './types.ts'
export { type FileKeys, type FileKeysOptions, KEY_FILE, openFileKeys } from './file-keys.ts'
export { SHORTEST_PASSPHRASE } from './key-file.ts'
export { readPassphrase } from './passphrase.ts'
export { type ByteSealer, byteSealer, type HeadKeys, headKeys, type TextSealer, textSealer } from './sealers.ts'
export { type BlindTerm, blindTerm, blindTerms } from './blind-index.ts'
export {
  type Content,
  type ContentKind,
  type Found,
  openVault,
  type Shredded,
  type Usage,
  type Vault,
} from './vault.ts'
export { isSameCode, isSignedBy } from './hashes.ts'
export { writeWhole } from './write-whole.ts'
export { type Rotated, rotateKeys } from './rotate.ts'
export { type CommandKeys, openCommandKeys } from './command-keys.ts'
