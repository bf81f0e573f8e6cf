/**
 * oidc-provider refuses to introspect and revoke tokens that are signed statements. Ours are remembered by the hash of
 * their id (`token-state.ts`), so a token that is truly ours is replaced by its id before the provider sees it: clients
 * are then authenticated, and grants looked at, by the provider as ever.
 */
import { createPublicKey } from 'node:crypto'
import { createLocalJWKSet, type JWK, jwtVerify } from 'jose'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { formOf, readAgain } from './form-body.ts'
import { issuerOf } from './provider.ts'

const ENDPOINTS: ReadonlySet<string> = new Set(['/introspect', '/revoke'])

export function swapTokens(signing: readonly JWK[], base: string) {
  const keys = createLocalJWKSet({
    keys: signing.map(({ kid, ...key }) => ({
      ...createPublicKey({ key: key as Record<string, string>, format: 'jwk' }).export({ format: 'jwk' }),
      kid,
      alg: 'ES256',
    })) as JWK[],
  })
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    const fields = ENDPOINTS.has(ctx.path) ? await formOf(ctx) : undefined
    const [token, ...more] = fields?.getAll('token') ?? []
    if (fields && token !== undefined && more.length === 0 && token.split('.').length === 3) {
      fields.set('token', await idOf(token, keys, base))
      readAgain(ctx, fields)
    }
    return next()
  }
}

/** The id of a token of ours; of any other, something that is no token. */
async function idOf(token: string, keys: ReturnType<typeof createLocalJWKSet>, base: string): Promise<string> {
  const verified = await jwtVerify(token, keys, {
    algorithms: ['ES256'],
    typ: 'at+jwt',
    issuer: issuerOf(base),
    audience: base,
    // A token that has run out is answered as one that is not active, which is what the provider says of it.
    clockTolerance: 86_400,
  }).catch(() => undefined)
  return verified?.payload.jti ?? 'none'
}
