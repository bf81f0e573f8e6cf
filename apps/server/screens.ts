/** The built screens. Every address without a file of its own is the page itself, which finds its way from there. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const PAGE = 'index.html'

export const hasScreens = (folder: string): boolean => existsSync(join(folder, PAGE))

export async function screenRoutes(app: FastifyInstance, { folder }: { readonly folder: string }): Promise<void> {
  await app.register(fastifyStatic, { root: folder, cacheControl: false, preCompressed: true, setHeaders: cacheFor })
}

/** Vite names assets by their content, so they never change; the page that names them must be asked for each time. */
function cacheFor(reply: Pick<FastifyReply, 'headers'>, path: string): void {
  const forEver = /[\\/]assets[\\/]/.test(path)
  void reply.headers({ 'cache-control': forEver ? 'public, max-age=31536000, immutable' : 'no-cache' })
}

/** Whether a request that found nothing is for a page: asked by a browser, and not for a file or for FHIR. */
export function isPage({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split('?')[0]!
  if (method !== 'GET' && method !== 'HEAD') return false
  return !path.startsWith('/fhir') && !path.startsWith('/assets/') && (headers.accept ?? '*/*').includes('text/html')
}

export const replyWithPage = (reply: FastifyReply): FastifyReply => reply.sendFile(PAGE)
