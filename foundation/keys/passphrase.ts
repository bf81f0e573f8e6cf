import { readFile } from 'node:fs/promises'
import { KeyProblem } from './types.ts'

/**
 * The passphrase of the settings. A file is better than a variable, which every program we start can read: systemd gives
 * one by `LoadCredential=`.
 * @param file path, '' for none @param words '' for none
 * @returns null where neither is given
 * @throws KeyProblem where both are, or the file cannot be read
 */
export async function readPassphrase({ file, words }: { file: string; words: string }): Promise<string | null> {
  if (file && words) throw new KeyProblem('LANH_KEY_PASSPHRASE and LANH_KEY_PASSPHRASE_FILE are not given together')
  if (words) return words
  if (!file) return null
  const text = await readFile(file, 'utf8').catch(() => {
    throw new KeyProblem('LANH_KEY_PASSPHRASE_FILE cannot be read')
  })
  return text.replace(/\r?\n$/, '')
}
