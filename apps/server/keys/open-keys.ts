import { type FileKeys, KeyProblem, openFileKeys, readPassphrase } from '#foundation/keys'
import { type Settings, WrongUse } from '../settings.ts'

type KeySettings = Pick<Settings, 'data' | 'keyPassphrase' | 'keyPassphraseFile'>

/** What is said at every start while the keys lie open. */
export const OPEN_KEYS =
  'THE KEYS ARE NOT SEALED: whoever copies the data folder reads every secret. Only for trying out; see docs/guide/https.md.'

/**
 * The keys of these settings, made at the first start.
 * @throws WrongUse with the sentence of what is wrong with passphrase or file
 */
export async function openKeys(settings: KeySettings): Promise<FileKeys> {
  try {
    const passphrase = await passphraseOf(settings)
    return await openFileKeys({ folder: settings.data, passphrase })
  } catch (fault) {
    throw fault instanceof KeyProblem ? new WrongUse(fault.message) : fault
  }
}

export const passphraseOf = ({ keyPassphrase, keyPassphraseFile }: KeySettings): Promise<string | null> =>
  readPassphrase({ words: keyPassphrase, file: keyPassphraseFile })
