/** The key that signs heads, and where it is kept until a key provider keeps it. */
import { createHash, createPrivateKey, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface AuditKeys {
  /** JWK thumbprint of the key that signs */
  readonly id: string
  /** ES256: r ‖ s, 64 bytes */
  readonly sign: (data: Uint8Array) => Promise<Buffer>
  /** public halves of this key and those before it, by id */
  readonly publicKeys: ReadonlyMap<string, JsonWebKey>
}

const FILE = 'audit-keys.json'

/** @source RFC 7638 */
export function thumbprint({ crv, kty, x, y }: JsonWebKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
}

export const publicHalf = ({ crv, kty, x, y }: JsonWebKey): JsonWebKey => ({ crv, kty, x, y }) as JsonWebKey

/** @param all private keys, the one that signs last */
export function keysOf(all: readonly JsonWebKey[]): AuditKeys {
  const current = all.at(-1)
  if (current === undefined) throw new Error('no key signs the heads of the audit log')
  const key = createPrivateKey({ key: current, format: 'jwk' })
  return {
    id: thumbprint(current),
    sign: async (data) => sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' }),
    publicKeys: new Map(all.map((each) => [thumbprint(each), publicHalf(each)])),
  }
}

export const newKey = (): JsonWebKey =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })

/**
 * Keys in a file of this folder that only its owner reads, made at the first start. It lies beside the database's data,
 * not in them: a superuser of PostgreSQL does not have it.
 */
export async function fileKeys(folder: string): Promise<AuditKeys> {
  const file = join(folder, FILE)
  await mkdir(folder, { recursive: true })
  const known = await readKeys(file)
  if (known !== null) return keysOf(known)
  await writeFile(file, JSON.stringify({ keys: [newKey()] }), { mode: 0o600, flag: 'wx' }).catch((fault: unknown) => {
    if (!isMissing(fault, 'EEXIST')) throw fault
  })
  await chmod(file, 0o600)
  return keysOf((await readKeys(file)) ?? [])
}

async function readKeys(file: string): Promise<readonly JsonWebKey[] | null> {
  const text = await readFile(file, 'utf8').catch((fault: unknown) => {
    if (isMissing(fault, 'ENOENT')) return null
    throw fault
  })
  return text === null ? null : (JSON.parse(text) as { keys: JsonWebKey[] }).keys
}

const isMissing = (fault: unknown, code: string): boolean =>
  fault instanceof Error && 'code' in fault && fault.code === code
