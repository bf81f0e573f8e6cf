/** The text of a key file: sealed with a passphrase, or open with a sentence that says so. */
import { randomBytes } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import { decrypt, encrypt, KEY_BYTES } from './aes-gcm.ts'
import { joined } from './contexts.ts'
import type { KeptKey } from './key-ring.ts'
import { KeyProblem } from './types.ts'

/** argon2id; more than a password of a person gets, for this is guessed off line and opened once a start. */
interface Cost {
  /** KiB */
  readonly memory: number
  readonly passes: number
  readonly lanes: number
}

const COST: Cost = { memory: 131_072, passes: 3, lanes: 1 }

/** A file that asks for more would only exhaust the machine. */
const MOST: Cost = { memory: 1_048_576, passes: 16, lanes: 8 }

const SALT = 16
const FORMAT = 'lanh keys 1'

/** Fewer characters are found in a stolen file by trying. */
export const SHORTEST_PASSPHRASE = 16

const WARNING =
  'NOT SEALED: whoever reads this file reads every secret of the hospital. For trying out only; seal it with: lanh keys passphrase'

interface SealedFile {
  readonly format: typeof FORMAT
  readonly kdf: 'argon2id'
  readonly cost: Cost
  /** base64 */
  readonly salt: string
  readonly sealed: string
}

interface OpenFile {
  readonly format: typeof FORMAT
  readonly warning: string
  readonly keys: readonly KeptKey[]
}

/** @param passphrase null: not sealed */
export async function keyFileText(keys: readonly KeptKey[], passphrase: string | null): Promise<string> {
  if (passphrase === null)
    return JSON.stringify({ format: FORMAT, warning: WARNING, keys } satisfies OpenFile, null, 1) + '\n'
  const salt = randomBytes(SALT)
  const key = await keyOf(passphrase, salt, COST)
  const sealed = encrypt(key, Buffer.from(JSON.stringify(keys)), headOf(COST, salt)).toString('base64')
  const file: SealedFile = { format: FORMAT, kdf: 'argon2id', cost: COST, salt: salt.toString('base64'), sealed }
  return JSON.stringify(file, null, 1) + '\n'
}

/** @throws KeyProblem where the passphrase is missing or wrong, or the text is no key file */
export async function keysInFile(text: string, passphrase: string | null): Promise<readonly KeptKey[]> {
  const file = parsed(text)
  if ('keys' in file) return file.keys
  if (passphrase === null)
    throw new KeyProblem('the key file is sealed: give LANH_KEY_PASSPHRASE_FILE or LANH_KEY_PASSPHRASE')
  const { memory, passes, lanes } = file.cost
  if (!(memory <= MOST.memory && passes <= MOST.passes && lanes <= MOST.lanes))
    throw new KeyProblem('the key file asks for more work than any of ours: it was changed')
  const salt = Buffer.from(file.salt, 'base64')
  const key = await keyOf(passphrase, salt, file.cost)
  const bytes = Buffer.from(file.sealed, 'base64')
  return JSON.parse(opened(key, bytes, headOf(file.cost, salt))) as readonly KeptKey[]
}

export const isSealed = (text: string): boolean => !('keys' in parsed(text))

function opened(key: Buffer, bytes: Buffer, head: string): string {
  try {
    return decrypt(key, bytes, head).toString('utf8')
  } catch {
    throw new KeyProblem('the passphrase does not open the key file, or the file was changed')
  }
}

function parsed(text: string): SealedFile | OpenFile {
  try {
    const file = JSON.parse(text) as SealedFile | OpenFile
    if (file.format === FORMAT) return file
  } catch {
    // Said below: the sentence of the parser would repeat part of the file.
  }
  throw new KeyProblem('the key file is not one of this version of lanh')
}

/** What stands before the sealed bytes is bound to them: a changed cost opens nothing. */
const headOf = ({ memory, passes, lanes }: Cost, salt: Buffer): string =>
  joined(FORMAT, memory, passes, lanes, salt.toString('base64'))

/** NFC, so that the same words open it whatever keyboard wrote them. */
const keyOf = (passphrase: string, salt: Buffer, { memory, passes, lanes }: Cost): Promise<Buffer> =>
  hashRaw(passphrase.normalize('NFC'), {
    salt,
    memoryCost: memory,
    timeCost: passes,
    parallelism: lanes,
    outputLen: KEY_BYTES,
  })
