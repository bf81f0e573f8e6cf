/** Reads the form of a request before oidc-provider does, and lets it read the form as if nobody had. */
import { Readable } from 'node:stream'
import type { KoaContextWithOIDC } from 'oidc-provider'

/** bytes */
const LIMIT = 56 * 1024

/** @returns undefined where the request has no form; a form that is too long is the provider's to refuse */
export async function formOf(ctx: KoaContextWithOIDC): Promise<URLSearchParams | undefined> {
  const { req } = ctx
  const isForm = ctx.method === 'POST' && ctx.is('application/x-www-form-urlencoded')
  if (!isForm || (ctx.request.length ?? 0) > LIMIT) return undefined
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req) {
    size += chunk.length
    if (size > LIMIT) ctx.throw(413)
    chunks.push(chunk)
  }
  const form = new URLSearchParams(Buffer.concat(chunks).toString())
  readAgain(ctx, form)
  return form
}

export function readAgain({ req }: KoaContextWithOIDC, form: URLSearchParams): void {
  const body = Buffer.from(form.toString())
  req.headers['content-length'] = String(body.length)
  Object.defineProperties(req, {
    readable: { value: true, configurable: true },
    iterator: { value: () => Readable.from([body]).iterator(), configurable: true },
  })
}
