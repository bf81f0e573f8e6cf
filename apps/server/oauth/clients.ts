/** Registered apps: who may ask for tokens, from where, and for what. No app registers itself. */
import { hash, randomBytes } from 'node:crypto'
import { accept, type Outcome, refuse } from '#fhir/outcome'
import type { Items } from './items.ts'
import { refusal } from './refusals.ts'
import { PLAIN_SCOPES, resourceScope, scopeList } from './scopes.ts'

/** How a client shows that it is itself. @source SMART App Launch 2.2, client authentication */
export type Proof = 'public' | 'secret' | 'keys'

export interface ClientWish {
  /** as the people who consent read it */
  readonly name: string
  readonly redirects: readonly string[]
  readonly scopes: string
  /** where an EHR launch opens the app */
  readonly launch?: string | undefined
  readonly proof: Proof
  /** a program without a person in front of it: client_credentials only, with keys */
  readonly backend: boolean
  /** a set of public keys, or the https address of one */
  readonly keys?: { readonly jwks: unknown } | { readonly url: string } | undefined
  /** may ask about tokens of other clients: a resource server */
  readonly introspects?: boolean
}

/** A client as it is listed: nothing of it is secret. */
export interface Client {
  readonly id: string
  readonly name: string
  readonly redirects: readonly string[]
  readonly scopes: readonly string[]
  readonly launch: string | null
  readonly proof: Proof
  readonly backend: boolean
}

/** Members of our own in the metadata that oidc-provider keeps. */
export const OWN_METADATA = ['lanh_scopes', 'lanh_launch', 'lanh_introspects', 'lanh_backend'] as const

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])
const FORBIDDEN_SCHEMES: ReadonlySet<string> = new Set([
  'javascript:',
  'data:',
  'file:',
  'blob:',
  'about:',
  'vbscript:',
])

/** https, http on this machine, or an app's own scheme with a dot in it (RFC 8252 §7.1); no fragment, no user, no `*`. */
function isRedirect(text: string): boolean {
  const url = URL.parse(text)
  if (!url || FORBIDDEN_SCHEMES.has(url.protocol)) return false
  if (url.hash !== '' || text.includes('#') || text.includes('*') || url.username + url.password !== '') return false
  if (url.protocol === 'http:') return LOOPBACK.has(url.hostname)
  return url.protocol === 'https:' || url.protocol.includes('.')
}

function faultsOf({ redirects, scopes, launch, proof, backend, keys }: ClientWish): readonly string[] {
  const asked = scopeList(scopes)
  const levels = new Set(asked.map((scope) => resourceScope(scope)?.level))
  const wrong = asked.filter((scope) => !(scope in PLAIN_SCOPES) && resourceScope(scope) === undefined)
  const keyUrl = keys && 'url' in keys ? URL.parse(keys.url) : undefined
  return [
    backend ? redirects.length > 0 && 'OAUTH-11' : !redirects.every(isRedirect) && 'OAUTH-11',
    !backend && redirects.length === 0 && 'OAUTH-11',
    (wrong.length > 0 || asked.length === 0) && 'OAUTH-12',
    (backend ? levels.has('patient') || levels.has('user') || levels.has(undefined) : levels.has('system')) &&
      'OAUTH-13',
    (backend ? proof !== 'keys' : false) && 'OAUTH-14',
    (proof === 'keys') !== (keys !== undefined) && 'OAUTH-14',
    keyUrl === null && 'OAUTH-14',
    keys && 'jwks' in keys && !isPublicKeySet(keys.jwks) && 'OAUTH-15',
    launch !== undefined && !isRedirect(launch) && 'OAUTH-11',
  ].filter((rule) => typeof rule === 'string')
}

const SYMMETRIC_OR_PRIVATE = ['k', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'oth']

/** Public RSA keys of 2,048 bits or more and keys on P-384, each with an id. */
function isPublicKeySet(value: unknown): boolean {
  const keys = typeof value === 'object' && value !== null && 'keys' in value ? value.keys : undefined
  return Array.isArray(keys) && keys.length > 0 && keys.every(isPublicKey)
}

function isPublicKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const key = value as Readonly<Record<string, unknown>>
  if (SYMMETRIC_OR_PRIVATE.some((member) => member in key) || typeof key['kid'] !== 'string') return false
  if (key['kty'] === 'EC') return key['crv'] === 'P-384'
  return key['kty'] === 'RSA' && Buffer.from(String(key['n']), 'base64url').length >= 256
}

const METHODS = { public: 'none', secret: 'client_secret_basic', keys: 'private_key_jwt' } as const

/** What is compared with a presented secret; the secret itself is kept nowhere. It is random, so one hash is enough. */
export const secretHash = (secret: string): string => `sha256:${hash('sha256', secret, 'base64url')}`

/** @returns the id of the new client and, for confidential ones, the secret that is shown this once */
export async function addClient(items: Items, wish: ClientWish): Promise<Outcome<{ id: string; secret?: string }>> {
  const rules = faultsOf(wish)
  if (rules.length > 0) return refuse([...new Set(rules)].map((rule) => refusal(rule)))
  const id = randomBytes(12).toString('hex')
  const secret = wish.proof === 'secret' ? randomBytes(32).toString('base64url') : undefined
  await items.put({ kind: 'Client', id, client: id, payload: metadataOf(id, wish, secret) })
  return accept(secret === undefined ? { id } : { id, secret })
}

function metadataOf(id: string, wish: ClientWish, secret: string | undefined) {
  const native = wish.redirects.some((uri) => !/^https?:/.test(uri))
  return {
    client_id: id,
    client_name: wish.name,
    application_type: native ? 'native' : 'web',
    redirect_uris: wish.redirects,
    grant_types: wish.backend ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
    response_types: wish.backend ? [] : ['code'],
    token_endpoint_auth_method: METHODS[wish.proof],
    ...(secret === undefined ? {} : { client_secret: secretHash(secret) }),
    ...(wish.keys && 'jwks' in wish.keys ? { jwks: wish.keys.jwks } : {}),
    ...(wish.keys && 'url' in wish.keys ? { jwks_uri: wish.keys.url } : {}),
    lanh_scopes: scopeList(wish.scopes).join(' '),
    ...(wish.launch === undefined ? {} : { lanh_launch: wish.launch }),
    lanh_introspects: wish.introspects ?? false,
    lanh_backend: wish.backend,
  }
}

export async function listClients(items: Items): Promise<readonly Client[]> {
  return (await items.all('Client')).map(({ id, payload }) => clientOf(id, payload))
}

export async function findClient(items: Items, id: string): Promise<Client | undefined> {
  const item = await items.find('Client', id)
  return item && clientOf(id, item.payload)
}

function clientOf(id: string, payload: Readonly<Record<string, unknown>>): Client {
  const proofs = Object.entries(METHODS).find(([, method]) => method === payload['token_endpoint_auth_method'])
  return {
    id,
    name: String(payload['client_name']),
    redirects: payload['redirect_uris'] as readonly string[],
    scopes: scopeList(String(payload['lanh_scopes'])),
    launch: typeof payload['lanh_launch'] === 'string' ? payload['lanh_launch'] : null,
    proof: (proofs?.[0] ?? 'public') as Proof,
    backend: payload['lanh_backend'] === true,
  }
}
