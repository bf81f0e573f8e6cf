/**
 * Who calls with a token. A token is verified once; what it said is kept by its hash, and every few seconds it is asked
 * again whether the grant behind it still stands.
 */
import { createPublicKey, hash, type KeyObject } from 'node:crypto'
import { decodeProtectedHeader, type JWK, jwtVerify } from 'jose'
import type { Purpose, Reader } from '#foundation/access-control'
import type { Items, TokenState } from './items.ts'
import { currentReader, issuerOf, LIFE } from './provider.ts'
import { scopeList } from './scopes.ts'
import type { GrantContext, OAuthOptions } from './types.ts'

/** ms for which another process may have revoked a grant unseen; the promise to the outside is five seconds */
const FRESH = 4000
/** tokens kept; beyond it the oldest go, and cost a verification when they come again */
const KEPT = 20_000
/** seconds by which the clocks of two of our processes may differ */
const SKEW = 5

interface Known {
  readonly jti: string
  readonly grant: string | null
  /** ms since 1970 */
  readonly until: number
  checked: number
  reader: Reader
}

/** Everything our tokens have in their header. Whatever else is there was put there by somebody else. */
const HEADER: ReadonlySet<string> = new Set(['alg', 'typ', 'kid'])

export interface TokenReaders {
  readonly readerOf: (authorization: string | undefined, network: string) => Promise<Reader | null>
  /** after the keys changed */
  readonly use: (signing: readonly JWK[]) => void
}

type Options = Pick<OAuthOptions, 'base' | 'readerOf'> & {
  /** called for a key that is not known: another process may have made it */
  readonly renewKeys: () => Promise<unknown>
}

export function tokenReaders(items: Items, options: Options, signing: readonly JWK[]): TokenReaders {
  const known = new Map<string, Known>()
  let keys = publicKeys(signing)

  items.onForgotten((gone) => {
    for (const [name, { grant, jti }] of known) {
      if ('grant' in gone ? gone.grant === grant : gone.token === jti) known.delete(name)
    }
  })

  async function verify(token: string): Promise<Known | null> {
    const claims = await verified(token, () => keys, options)
    const { jti, exp } = claims ?? {}
    if (jti === undefined || exp === undefined) return null
    const state = await items.tokenState(jti)
    const reader = state ? await readerFor(state, options.readerOf) : null
    if (!state || !reader) return null
    const grant = typeof state.token['grantId'] === 'string' ? state.token['grantId'] : null
    return { jti, grant, until: exp * 1000, checked: Date.now(), reader }
  }

  async function recheck(name: string, one: Known): Promise<Known | null> {
    const state = await items.tokenState(one.jti)
    const reader = state ? await readerFor(state, options.readerOf) : null
    if (!reader) {
      known.delete(name)
      return null
    }
    return Object.assign(one, { checked: Date.now(), reader })
  }

  async function find(name: string, token: string): Promise<Known | null> {
    const one = known.get(name)
    if (one && one.until > Date.now()) return recheck(name, one)
    known.delete(name)
    const made = await verify(token)
    if (!made) return null
    if (known.size >= KEPT) known.delete(known.keys().next().value!)
    known.set(name, made)
    return made
  }

  return {
    async readerOf(authorization, network) {
      const token = bearer(authorization)
      if (token === undefined) return null
      const name = hash('sha256', token, 'base64url')
      const now = Date.now()
      const warm = known.get(name)
      const fresh = warm !== undefined && warm.until > now && now - warm.checked < FRESH
      const found = fresh ? warm : await find(name, token)
      if (!found) return null
      return found.reader.network === network ? found.reader : (found.reader = { ...found.reader, network })
    },
    use(next) {
      keys = publicKeys(next)
    },
  }
}

/** One word after `Bearer`; tokens stand in no other place. */
function bearer(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length > 4096) return undefined
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1]
}

const publicKeys = (signing: readonly JWK[]): ReadonlyMap<string, KeyObject> =>
  new Map(
    signing.map(({ kid, kty, crv, x, y }) => [
      kid!,
      createPublicKey({ key: { kty, crv, x, y } as Record<string, string>, format: 'jwk' }),
    ]),
  )

async function verified(token: string, keys: () => ReadonlyMap<string, KeyObject>, { base, renewKeys }: Options) {
  try {
    const header = decodeProtectedHeader(token)
    if (Object.keys(header).some((member) => !HEADER.has(member))) return null
    if (!keys().has(header.kid ?? '')) await renewKeys()
    const key = keys().get(header.kid ?? '')
    if (!key) return null
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['ES256'],
      typ: 'at+jwt',
      issuer: issuerOf(base),
      requiredClaims: ['jti', 'exp', 'iat', 'sub', 'client_id', 'aud'],
    })
    const { aud, iat = 0, exp = 0 } = payload
    const isOurs = aud === base && iat <= Date.now() / 1000 + SKEW && exp - iat <= LIFE.token + SKEW
    return isOurs ? payload : null
  } catch {
    // Whatever is wrong with somebody's token is not our fault and not worth a line.
    return null
  }
}

async function readerFor({ token, context }: TokenState, readerOf: OAuthOptions['readerOf']): Promise<Reader | null> {
  const scopes = scopeList(String(token['scope'] ?? ''))
  const client = String(token['clientId'])
  if (!context) return token['kind'] === 'ClientCredentials' ? backend(client, scopes) : null
  const reader = await currentReader(context, readerOf)
  return reader && { ...reader, client, scopes, patients: patientsOf(context, reader, scopes) }
}

/** With a scope about one patient everything is limited to that patient, even what other scopes would open. */
function patientsOf({ patient }: GrantContext, reader: Reader, scopes: readonly string[]): Reader['patients'] {
  if (!scopes.some((scope) => scope.startsWith('patient/'))) return reader.patients
  const chosen = patient === null ? [] : [patient]
  return reader.patients === null ? chosen : chosen.filter((one) => reader.patients!.includes(one))
}

const SYSTEM_PURPOSE: Purpose = 'HOPERAT'

const backend = (client: string, scopes: readonly string[]): Reader => ({
  account: null,
  agent: `Device/${client}`,
  name: client,
  roles: ['integration'],
  departments: [],
  session: null,
  client,
  scopes,
  patients: null,
  purpose: SYSTEM_PURPOSE,
  factors: 1,
  network: '',
})
