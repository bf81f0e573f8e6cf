/** The provider that every installation has: one file beside the data. */
import { type JsonWebKey, randomInt } from 'node:crypto'
import { statSync } from 'node:fs'
import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isSealed, keyFileText, keysInFile, SHORTEST_PASSPHRASE } from './key-file.ts'
import { completed, type KeptKey, keyRing, nextKey, type Ring } from './key-ring.ts'
import { KeyProblem, type KeyProvider, type Purpose } from './types.ts'
import { writeWhole } from './write-whole.ts'

/** The provider over a file, and what only a file can do. */
export interface FileKeys extends KeyProvider {
  readonly file: string
  /** false: whoever reads the file has the keys; only for trying out */
  readonly sealed: boolean
  /** seals the file anew. @param passphrase of at least 16 characters @throws KeyProblem */
  reseal(passphrase: string): Promise<void>
  /**
   * Takes over keys that were kept elsewhere: the last of them is used from now on. Those it has already it leaves.
   * @param secrets base64 of 32 bytes or private JWKs, oldest first
   */
  adopt(purpose: Purpose, secrets: readonly (string | JsonWebKey)[]): Promise<void>
  /**
   * A copy of all keys for the safe, sealed with a code that is given in two halves to two officers.
   * @returns the text of the file, and the halves; `half-half` opens it
   */
  recoveryCopy(): Promise<{ readonly text: string; readonly halves: readonly [string, string] }>
}

export interface FileKeysOptions {
  /** the data folder of the hospital */
  readonly folder: string
  /** null: a file that is not sealed */
  readonly passphrase: string | null
  readonly now?: () => Date
}

export const KEY_FILE = 'keys.json'

/**
 * Opens the keys of this folder, made at the first start.
 * @throws KeyProblem where the passphrase does not open them, or an open file should have been sealed
 */
export async function openFileKeys({ folder, passphrase, now = () => new Date() }: FileKeysOptions): Promise<FileKeys> {
  const file = join(folder, KEY_FILE)
  let secret = passphrase
  let text = await textIn(file)
  if (secret !== null) checkPassphrase(secret)
  let ring = keyRing([])
  /** the file as it was when it was last read */
  let seen: string | null = null
  const take = (written: string, keys: readonly KeptKey[]): void => {
    text = written
    ring = keyRing(keys)
  }

  async function keep(keys: readonly KeptKey[]): Promise<void> {
    const next = await keyFileText(keys, secret)
    if ((await textIn(file)) !== text) throw new KeyProblem('another process changed the keys meanwhile: do it again')
    await writeWhole(file, next)
    take(next, keys)
  }

  /** A rotation by the command line reaches a running server here: at its next use of a key. */
  async function current(): Promise<Ring> {
    const mark = markOf(file)
    if (mark !== null && mark === seen) return ring
    const written = await textIn(file)
    if (written === null) throw new KeyProblem('the key file is gone: put its copy back before anything is written')
    if (written !== text) take(written, await keysInFile(written, secret))
    seen = mark
    return ring
  }

  const kept = completed(text === null ? [] : await keysInFile(text, secret), now())
  // An open file is sealed as soon as there is a passphrase; nobody has to remember to.
  if (text === null || (secret !== null && !isSealed(text))) await keep(kept)
  else take(text, kept)
  await chmod(file, 0o600)

  /** Opening is the most frequent act: the file is looked at only where a version is not known. */
  async function orAfterReading<T>(work: (one: Ring) => Promise<T>): Promise<T> {
    const known = ring
    try {
      return await work(known)
    } catch (fault) {
      if ((await current()) === known) throw fault
      return work(ring)
    }
  }

  /** One change after the other, each upon what the file says now. */
  let last: Promise<unknown> = Promise.resolve()
  const change = <T>(work: (keys: readonly KeptKey[]) => Promise<T>): Promise<T> => {
    const done = last.then(async () => {
      await current()
      return work(await keysInFile(text ?? '', secret))
    })
    last = done.catch(() => undefined)
    return done
  }

  return {
    file,
    get sealed() {
      return secret !== null
    },
    keys: async () => (await current()).keys(),
    wrap: async (...given) => (await current()).wrap(...given),
    unwrap: (...given) => orAfterReading((one) => one.unwrap(...given)),
    mac: (...given) => orAfterReading((one) => one.mac(...given)),
    sign: async (bytes) => (await current()).sign(bytes),
    publicKeys: async () => (await current()).publicKeys(),
    rotate: (purpose) =>
      change(async (keys) => {
        const next = nextKey(keys, purpose, now())
        await keep([...keys, next])
        return next.version
      }),
    destroy: (purpose, version) => change((keys) => keep(without(keys, purpose, version))),
    reseal: (words) =>
      change(async (keys) => {
        checkPassphrase(words)
        const before = secret
        secret = words
        await keep(keys).catch((fault: unknown) => {
          secret = before
          throw fault
        })
      }),
    adopt: (purpose, secrets) => change((keys) => keep(adopted(keys, purpose, secrets, now()))),
    async recoveryCopy() {
      const halves = [newHalf(), newHalf()] as const
      return { text: await keyFileText(await keysInFile(text ?? '', secret), halves.join('-')), halves }
    },
  }
}

function checkPassphrase(words: string): void {
  if ([...words.normalize('NFC')].length < SHORTEST_PASSPHRASE)
    throw new KeyProblem(`the passphrase of the keys needs at least ${SHORTEST_PASSPHRASE} characters`)
}

function without(keys: readonly KeptKey[], purpose: Purpose, version: number): readonly KeptKey[] {
  const newest = Math.max(...keys.filter((one) => one.purpose === purpose).map((one) => one.version))
  if (version >= newest) throw new KeyProblem(`version ${version} of ${purpose} is in use: rotate first`)
  return keys.filter((one) => one.purpose !== purpose || one.version !== version)
}

/** They are numbered anew: what was adopted is older than what is new. */
function adopted(
  keys: readonly KeptKey[],
  purpose: Purpose,
  secrets: readonly (string | JsonWebKey)[],
  now: Date,
): readonly KeptKey[] {
  const mark = (secret: string | JsonWebKey) => (typeof secret === 'string' ? secret : secret.d)
  const known = new Set(keys.filter((one) => one.purpose === purpose).map((one) => mark(one.secret)))
  return secrets
    .filter((secret) => !known.has(mark(secret)))
    .reduce<readonly KeptKey[]>((all, secret) => [...all, { ...nextKey(all, purpose, now), secret }], keys)
}

/** Letters and digits that are not mistaken for one another when read aloud: 32 of them, 5 bits each. */
const LETTERS = '23456789abcdefghijkmnpqrstuvwxyz'
const HALF = 32

const newHalf = (): string => Array.from({ length: HALF }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/** Changes whenever the file is replaced: it is never written in place. @returns null where it is not there */
function markOf(file: string): string | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.ino} ${found.mtimeNs} ${found.size}` : null
}

async function textIn(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((fault: unknown) => {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null
    throw fault
  })
}
