/**
 * Keys of the OAuth server: ES256 for access tokens, RS256 for identity tokens (which SMART's clients expect), HMAC for its
 * cookies. Sealed in the table, made by whoever is first, and changed with overlap: a new key is published a day before it signs, an old one verifies a day longer than it signs.
 */
import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { JWK } from 'jose'
import type { Items } from './items.ts'
import type { Sealer } from './types.ts'

export interface Keys {
  /** ES256, with private parts; the first one signs access tokens */
  readonly signing: readonly JWK[]
  /** RS256, with private parts; the first one signs identity tokens */
  readonly identity: readonly JWK[]
  /** the first one signs cookies, all verify them */
  readonly cookie: readonly string[]
  /** changes when any key does */
  readonly mark: string
}

const DAY = 86_400_000

/** ms that a key signs, is published before, and verifies after */
export const KEY_LIFE = { signs: 90 * DAY, announced: DAY, kept: DAY } as const

type KeyKind = 'SigningKey' | 'IdentityKey' | 'CookieKey'

interface KeyItem {
  readonly id: string
  /** ms since 1970 from when on it signs */
  readonly from: number
  readonly secret: string
}

const pair = promisify(generateKeyPair)

const MAKE: Readonly<Record<KeyKind, () => Promise<string>>> = {
  async SigningKey() {
    const { privateKey } = await pair('ec', { namedCurve: 'P-256' })
    return JSON.stringify(privateKey.export({ format: 'jwk' }))
  },
  async IdentityKey() {
    const { privateKey } = await pair('rsa', { modulusLength: 2048 })
    return JSON.stringify(privateKey.export({ format: 'jwk' }))
  },
  CookieKey: async () => randomBytes(32).toString('base64url'),
}

/** @param now ms since 1970 */
export async function openKeys(items: Items, sealer: Sealer, now = Date.now()): Promise<Keys> {
  const signing = await ofKind('SigningKey', items, sealer, now)
  const identity = await ofKind('IdentityKey', items, sealer, now)
  const cookie = await ofKind('CookieKey', items, sealer, now)
  return {
    signing: signing.map((key) => jwk(key, 'ES256')),
    identity: identity.map((key) => jwk(key, 'RS256')),
    cookie: cookie.map(({ secret }) => secret),
    mark: [...signing, ...identity, ...cookie].map(({ id }) => id).join(' '),
  }
}

const jwk = ({ id, secret }: KeyItem, alg: string): JWK => ({
  ...(JSON.parse(secret) as JWK),
  kid: id,
  alg,
  use: 'sig',
})

/** All of a kind that are in use, the one that signs first; makes the next one when it is time. */
async function ofKind(kind: KeyKind, items: Items, sealer: Sealer, now: number): Promise<readonly KeyItem[]> {
  const known = await read(kind, items, sealer)
  if (!isDue(known, now)) return inOrder(known, now)
  return items.alone(async () => {
    const seen = await read(kind, items, sealer)
    if (isDue(seen, now)) await make(kind, items, sealer, seen.length === 0 ? now : now + KEY_LIFE.announced)
    return inOrder(await read(kind, items, sealer), now)
  })
}

const isDue = (keys: readonly KeyItem[], now: number): boolean =>
  keys.every(({ from }) => now > from + KEY_LIFE.signs - KEY_LIFE.announced)

/** The newest key whose time has come signs; the others verify what they signed, or wait. */
function inOrder(keys: readonly KeyItem[], now: number): readonly KeyItem[] {
  const newestFirst = keys.toSorted((a, b) => b.from - a.from)
  const signer = newestFirst.find(({ from }) => from <= now) ?? newestFirst[0]
  return signer ? [signer, ...newestFirst.filter((key) => key !== signer)] : []
}

async function make(kind: KeyKind, items: Items, sealer: Sealer, from: number): Promise<void> {
  const id = randomBytes(12).toString('base64url')
  const sealed = await sealer.seal(await MAKE[kind](), placeOf(items, kind, id))
  const lifetime = (from - Date.now() + KEY_LIFE.signs + KEY_LIFE.kept) / 1000
  await items.put({ kind, id, payload: { from, sealed }, lifetime })
}

const placeOf = ({ facility }: Items, kind: KeyKind, id: string): string => `${facility}|oauth_item|${kind}|${id}`

async function read(kind: KeyKind, items: Items, sealer: Sealer): Promise<readonly KeyItem[]> {
  const rows = await items.all(kind)
  return Promise.all(
    rows.map(async ({ id, payload }) => ({
      id,
      from: Number(payload['from']),
      secret: await sealer.open(String(payload['sealed']), placeOf(items, kind, id)),
    })),
  )
}
