/**
 * What screens and server say to each other about apps. JSON both ways; a refusal is `{ rule, vi, en }` with its status.
 *
 * With a session
 * GET  /oauth/apps             → { apps: AppLine[] }: what can be opened from a chart
 * POST /oauth/launch           { client, patient?, encounter? } → { url }: send the browser there
 * GET  /oauth/grants           → { grants: GrantLine[] }: what I gave to apps
 * POST /oauth/grants/end       { id } → { grants: GrantLine[] }
 *
 * Administrator with two factors
 * GET  /oauth/clients          → { clients: ClientLine[] }
 * POST /oauth/clients          NewClient → { id, secret? }; the secret is shown this once
 * POST /oauth/clients/remove   { id } → { clients: ClientLine[] }
 */
import type { Sentence } from '#fhir/outcome'

export interface AppLine {
  readonly id: string
  readonly name: string
}

export interface GrantLine {
  readonly id: string
  readonly client: string
  readonly name: string
  readonly scopes: readonly { readonly scope: string; readonly sentence: Sentence }[]
  /** `Patient/…`; null where it is about no patient */
  readonly patient: string | null
  /** ends when I sign out */
  readonly online: boolean
  /** ISO 8601 UTC */
  readonly given: string
  readonly until: string
}

export interface ClientLine {
  readonly id: string
  readonly name: string
  readonly redirects: readonly string[]
  readonly scopes: readonly string[]
  readonly launch: string | null
  readonly proof: 'public' | 'secret' | 'keys'
  readonly backend: boolean
}

export interface NewClient {
  readonly name: string
  readonly redirects: readonly string[]
  /** with spaces between them */
  readonly scopes: string
  readonly launch?: string
  readonly proof: 'public' | 'secret' | 'keys'
  readonly backend: boolean
  /** public keys, or the https address of them */
  readonly keys?: { readonly jwks: unknown } | { readonly url: string }
}
