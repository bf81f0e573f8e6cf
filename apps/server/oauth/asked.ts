/** What an app asks, and whom: the request that this browser holds, with whoever is signed in now. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type Provider from 'oidc-provider'
import type { Reader } from '#foundation/access-control'
import { findClient } from './clients.ts'
import type { Items } from './items.ts'
import { needsPatient, scopeList } from './scopes.ts'
import { type Launch, openLaunch } from './smart-request.ts'
import type { OAuthOptions } from './types.ts'

export interface Interactions {
  readonly items: Items
  readonly options: OAuthOptions
  /** of this moment: it is built anew when keys change */
  readonly provider: () => Provider
  /** HMAC key of the forms */
  readonly formKey: () => string
}

/** What an app asks for, with the person it asks. */
export interface Asked {
  readonly uid: string
  readonly reader: Reader
  readonly clientId: string
  readonly clientName: string
  readonly redirect: string
  readonly scopes: readonly string[]
  readonly launchId: string | undefined
  readonly launch: Launch | undefined
  /** true when a patient must be chosen here */
  readonly picks: boolean
}

const no = (rule: string) => ({ ok: false, rule }) as const

/** The request of an app that this browser holds, and who is signed in. */
export async function asked({ items, options, provider }: Interactions, request: FastifyRequest, reply: FastifyReply) {
  const { uid } = request.params as { uid: string }
  const details = await provider()
    .interactionDetails(request.raw, reply.raw)
    .catch(() => undefined)
  if (!details || details.uid !== uid || details.result?.error !== undefined) return no('OAUTH-2')
  const reader = await options.identify(request)
  if (!reader || reader.account === null) return no('OAUTH-1')
  const params = details.params as Readonly<Record<string, string | undefined>>
  const clientId = params['client_id'] ?? ''
  const client = await findClient(items, clientId)
  if (!client) return no('OAUTH-6')
  const launchId = params['launch']
  const launch = launchId === undefined ? undefined : await openLaunch(items, launchId, clientId)
  // A launch belongs to who made it: a link that was made by one person opens nothing as another.
  if (launchId !== undefined && launch?.account !== reader.account) return no('OAUTH-2')
  const scopes = scopeList(params['scope'])
  const value: Asked = {
    uid,
    reader,
    clientId,
    clientName: client.name,
    redirect: params['redirect_uri'] ?? '',
    scopes,
    launchId,
    launch,
    picks: needsPatient(scopes) && (launch?.patient ?? null) === null,
  }
  return { ok: true, value } as const
}
