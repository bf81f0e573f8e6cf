/**
 * oidc-provider refuses to introspect and revoke tokens that are signed statements. Ours are remembered by the hash of
 * their id (`token-state.ts`), so a token that is truly ours is replaced by its id before the provider sees it: clients
 * are then authenticated, and grants looked at, by the provider as ever.
 */
import { createPublicKey } from 'node:crypto'
import { Readable } from 'node:stream'
import { createLocalJWKSet, type JWK, jwtVerify } from 'jose'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { issuerOf } from './provider.ts'

const ENDPOINTS: ReadonlySet<string> = new Set(['/introspect', '/revoke'])
const LIMIT = 64 * 1024

export function swapTokens(signing: readonly JWK[], base: string) {
  const keys = createLocalJWKSet({
    keys: signing.map(({ kid, ...key }) => ({
      ...createPublicKey({ key: key as Record<string, string>, format: 'jwk' }).export({ format: 'jwk' }),
      kid,
      alg: 'ES256',
    })) as JWK[],
  })
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    if (ctx.method !== 'POST' || !ENDPOINTS.has(ctx.path) || !ctx.is('application/x-www-form-urlencoded')) return next()
    const body = await bodyOf(ctx)
    const fields = new URLSearchParams(body.toString())
    const [token, ...more] = fields.getAll('token')
    if (token === undefined || more.length > 0 || token.split('.').length !== 3) {
      readAgain(ctx, body)
      return next()
    }
    fields.set('token', await idOf(token, keys, base))
    readAgain(ctx, Buffer.from(fields.toString()))
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

async function bodyOf({ req, throw: refuse }: KoaContextWithOIDC): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req) {
    size += chunk.length
    if (size > LIMIT) refuse(413)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Lets the provider read the body as if nobody had. */
function readAgain({ req }: KoaContextWithOIDC, body: Buffer): void {
  req.headers['content-length'] = String(body.length)
  Object.defineProperties(req, {
    readable: { value: true },
    iterator: { value: () => Readable.from([body]).iterator() },
  })
}
