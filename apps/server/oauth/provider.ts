/** oidc-provider as this hospital wants it: everything it could do and nobody here needs is off. */
import Provider, { type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider'
import { OAuthAdapter } from './adapter.ts'
import { checkAssertion } from './client-assertion.ts'
import { OWN_METADATA, secretHash } from './clients.ts'
import { fetchKeys } from './fetch-keys.ts'
import type { Items } from './items.ts'
import type { Keys } from './keys.ts'
import { errorPage } from './pages.ts'
import { backendScopes, scopesOf, smartChecks } from './smart-request.ts'
import { isAllowed, PLAIN_SCOPES, scopeList } from './scopes.ts'
import { keepTokenState } from './token-state.ts'
import type { GrantContext, OAuthOptions } from './types.ts'

/** Where the server is mounted, and what its issuer ends with. */
export const MOUNT = '/oauth'

/** seconds */
export const LIFE = {
  token: 300,
  code: 60,
  interaction: 600,
  online: 12 * 3600,
  offline: 30 * 86_400,
} as const

/** @returns `https://host/oauth` for a FHIR endpoint at `https://host/fhir/R4` */
export const issuerOf = (base: string): string => new URL(base).origin + MOUNT

export type ProviderOptions = Pick<OAuthOptions, 'base' | 'readerOf' | 'trustedKeyHosts'>

export function buildProvider(items: Items, keys: Keys, options: ProviderOptions): Provider {
  const provider = new Provider(issuerOf(options.base), configuration(items, keys, options))
  const client = provider.Client.prototype as unknown as {
    compareClientSecret(actual: string): boolean
    redirectUriAllowed(uri: string): boolean
    clientSecret?: string
    redirectUris: readonly string[]
  }
  // Both sides are hashes of random secrets: what time a comparison takes tells nothing about either.
  client.compareClientSecret = function (actual) {
    return this.clientSecret !== undefined && this.clientSecret === secretHash(actual)
  }
  // Letter by letter; the provider would let the port of a loopback address vary.
  client.redirectUriAllowed = function (uri) {
    return this.redirectUris.includes(uri)
  }
  return provider
}

function configuration(items: Items, keys: Keys, { base, readerOf, trustedKeyHosts }: ProviderOptions): Configuration {
  const secure = base.startsWith('https:')
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true, secure, overwrite: true } as const
  const prefix = secure ? '__Secure-' : ''
  return {
    adapter: (kind: string) => new OAuthAdapter(items, kind),
    jwks: { keys: [...keys.signing, ...keys.identity] as never },
    cookies: {
      keys: [...keys.cookie],
      names: {
        session: `${prefix}lanh-oauth`,
        interaction: `${prefix}lanh-oauth-asking`,
        resume: `${prefix}lanh-oauth-resume`,
      },
      long: { ...cookie, path: MOUNT },
      short: cookie,
    },
    routes: {
      authorization: '/authorize',
      token: '/token',
      introspection: '/introspect',
      revocation: '/revoke',
      jwks: '/jwks',
    },
    scopes: Object.keys(PLAIN_SCOPES),
    claims: { openid: ['sub'], profile: ['name'], fhirUser: ['fhirUser'] },
    // The identity token carries what was consented to; there is no other place to ask for it.
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    clientAuthMethods: ['none', 'client_secret_basic', 'private_key_jwt'],
    clientDefaults: {
      grant_types: ['authorization_code'],
      response_types: ['code'],
      id_token_signed_response_alg: 'RS256',
      token_endpoint_auth_method: 'none',
    },
    enabledJWA: {
      clientAuthSigningAlgValues: ['RS384', 'ES384'],
      idTokenSigningAlgValues: ['RS256', 'ES256'],
    },
    extraClientMetadata: { properties: [...OWN_METADATA] },
    extraParams: smartChecks(items, base) as unknown as Configuration['extraParams'],
    allowOmittingSingleRegisteredRedirectUri: false,
    pkce: { required: () => true },
    clientBasedCORS: (_ctx, origin, client) =>
      (client.redirectUris ?? []).some((uri: string) => URL.parse(uri)?.origin === origin),
    features: features(base),
    ttl: TTL,
    // Sessions of ours end grants themselves (`endSession`); the provider's own are not used.
    expiresWithSession: () => false,
    issueRefreshToken: (_ctx, client, { scopes }) =>
      client.grantTypeAllowed('refresh_token') && (scopes.has('offline_access') || scopes.has('online_access')),
    rotateRefreshToken: () => true,
    revokeGrantPolicy: () => true,
    loadExistingGrant: async (ctx) => {
      const grant = ctx.oidc.result?.consent?.grantId
      return grant === undefined ? undefined : ctx.oidc.provider.Grant.find(grant)
    },
    findAccount: (_ctx, account, source) => findAccount(items, base, readerOf, account, source),
    interactions: { url: (_ctx, { uid }) => `${MOUNT}/interaction/${uid}` },
    formats: { customizers: { jwt: (_ctx, token, parts) => keepTokenState(items, base, token, parts) } },
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims, header, client) =>
      checkAssertion(
        claims,
        header,
        { id: client.clientId, ...(client.jwksUri === undefined ? {} : { keysAt: client.jwksUri }) },
        Math.floor(Date.now() / 1000),
      ),
    fetch: (url: string | URL | Request) => fetchKeys(String(url), trustedKeyHosts),
    renderError: (ctx, out) => errorPage(ctx, out.error),
    discovery: { service_documentation: undefined, ui_locales_supported: ['vi', 'en'] },
  }
}

const features = (base: string): NonNullable<Configuration['features']> => ({
  devInteractions: { enabled: false },
  dPoP: { enabled: false },
  pushedAuthorizationRequests: { enabled: false },
  rpInitiatedLogout: { enabled: false },
  userinfo: { enabled: false },
  clientCredentials: { enabled: true },
  introspection: {
    enabled: true,
    allowedPolicy: (_ctx, client, token) =>
      token.clientId === client.clientId || (client as { lanh_introspects?: boolean })['lanh_introspects'] === true,
  },
  revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
  resourceIndicators: {
    enabled: true,
    defaultResource: () => base,
    useGrantedResource: () => true,
    getResourceServerInfo: (ctx, resource) => resourceServer(ctx, resource, base),
  },
})

/** The one thing tokens are for. Its scopes are those that this client may have and asks for, or was granted. */
function resourceServer(ctx: KoaContextWithOIDC, resource: string, base: string) {
  if (resource !== base) throw new errors.InvalidTarget('resource is not the FHIR endpoint of this server')
  const { params, client, entities } = ctx.oidc
  const isBackend = params?.['grant_type'] === 'client_credentials'
  const granted = scopeList(entities.Grant?.getResourceScope(base))
  const asked = isBackend ? backendScopes(ctx) : scopeList(params?.['scope'] as string | undefined)
  const { allowed } = scopesOf(client)
  return {
    audience: base,
    scope: [...new Set([...granted, ...asked])].filter((scope) => isAllowed(scope, allowed)).join(' '),
    accessTokenTTL: LIFE.token,
    accessTokenFormat: 'jwt' as const,
    jwt: { sign: { alg: 'ES256' as const } },
  }
}

/** A grant lives as long as its context does; its refresh tokens no longer, however often they are renewed. */
const TTL: NonNullable<Configuration['ttl']> = {
  AccessToken: LIFE.token,
  ClientCredentials: LIFE.token,
  AuthorizationCode: LIFE.code,
  IdToken: LIFE.token,
  Interaction: LIFE.interaction,
  Session: LIFE.interaction,
  Grant: LIFE.offline,
  RefreshToken: (ctx, token) => {
    const grant = ctx?.oidc.entities.Grant
    const left = grant?.exp === undefined ? LIFE.online : grant.exp - Math.floor(Date.now() / 1000)
    return Math.max(1, Math.min(left, token.scopes.has('offline_access') ? LIFE.offline : LIFE.online))
  },
}

type Source = { readonly grantId?: unknown } | undefined

async function findAccount(
  items: Items,
  base: string,
  readerOf: OAuthOptions['readerOf'],
  account: string,
  source: unknown,
) {
  const grant = (source as Source)?.grantId
  const context = typeof grant === 'string' ? await items.context(grant) : undefined
  const reader = context && (await currentReader(context, readerOf))
  // At the end of an authorization there is no token yet and nothing to say about the person.
  if (source !== undefined && !reader) return undefined
  return {
    accountId: account,
    claims: async () => ({
      sub: account,
      ...(reader ? { name: reader.name, fhirUser: `${base}/${reader.agent}` } : {}),
    }),
  }
}

/**
 * The reader of a grant as they stand now; null when the account or the session the grant hangs on is over. How they had
 * signed in when they granted it, and what for, stays: a grant becomes no stronger by waiting.
 */
export async function currentReader(
  { reader, online }: GrantContext,
  readerOf: OAuthOptions['readerOf'],
): Promise<GrantContext['reader'] | null> {
  if (!readerOf || reader.account === null) return reader
  const now = await readerOf(reader.account, online ? reader.session : null)
  return now && { ...now, session: reader.session, purpose: reader.purpose, factors: reader.factors }
}
