/**
 * The authorization request as SMART writes it: `aud`, `launch`, scopes about resources. Runs inside oidc-provider, after
 * the client and its redirect address are known, so that a refusal goes back to the app.
 * @source https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#obtain-authorization-code
 */
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { Items } from './items.ts'
import { isAllowed, scopeList } from './scopes.ts'

/** Characters of any one parameter; a `state` or an assertion is far shorter. */
export const LONGEST_PARAMETER = 8192

/** Parameters of SMART that oidc-provider does not know. */
export type SmartParameter = 'aud' | 'launch'

/** Opens a launch for one client: @returns what the chart said, or undefined when it is used, over, or another app's */
export async function openLaunch(items: Items, launch: string, client: string): Promise<Launch | undefined> {
  const item = await items.find('Launch', launch)
  if (!item || item.consumed !== null) return undefined
  const payload = item.payload as unknown as Launch
  return payload.client === client && payload.until > Date.now() ? payload : undefined
}

/** What an EHR launch was made for. */
export interface Launch {
  readonly client: string
  readonly patient: string | null
  readonly encounter: string | null
  readonly account: string
  /** ms since 1970 */
  readonly until: number
}

type Check = (ctx: KoaContextWithOIDC, value: string | undefined) => Promise<void>

/** @param base the only audience there is */
export function smartChecks(items: Items, base: string): Readonly<Record<SmartParameter, Check>> {
  return {
    async aud(ctx, value) {
      refuseUnusual(ctx)
      if (value === undefined) throw new errors.InvalidRequest('aud must be given')
      if (value !== base) throw new errors.InvalidTarget('aud is not the FHIR endpoint of this server')
      checkScopes(ctx)
    },
    async launch(ctx, value) {
      const asked = scopeList(ctx.oidc.params?.['scope'] as string | undefined)
      if ((value !== undefined) !== asked.includes('launch')) {
        throw new errors.InvalidRequest('launch and the scope launch come together')
      }
      if (value !== undefined && !(await openLaunch(items, value, ctx.oidc.client!.clientId))) {
        throw new errors.InvalidRequest('launch is not known, over, used, or of another app')
      }
    },
  }
}

function refuseUnusual({ oidc }: KoaContextWithOIDC): void {
  const { params } = oidc
  if (!params) return
  const mode = params['response_mode']
  if (mode !== undefined && mode !== 'query') {
    // Whatever was asked for, the answer comes by query.
    params['response_mode'] = undefined
    throw new errors.InvalidRequest('response_mode must be query')
  }
  if (params['max_age'] !== undefined) throw new errors.InvalidRequest('max_age is not supported')
  if (params['acr_values'] !== undefined) throw new errors.InvalidRequest('acr_values is not supported')
  if (params['id_token_hint'] !== undefined) throw new errors.InvalidRequest('id_token_hint is not supported')
}

/** A client gets what it is registered for or nothing: no scope is dropped silently, none is added. */
function checkScopes({ oidc }: KoaContextWithOIDC): void {
  const asked = scopeList(oidc.params?.['scope'] as string | undefined)
  if (asked.length === 0) throw new errors.InvalidScope('scope must be given', '')
  const { allowed } = scopesOf(oidc.client)
  const refused = asked.find((scope) => scope.startsWith('system/') || !isAllowed(scope, allowed))
  if (refused !== undefined) throw new errors.InvalidScope('requested scope is not allowed', refused)
  const dropped = asked.includes('openid')
    ? undefined
    : asked.find((scope) => scope === 'fhirUser' || scope === 'profile')
  if (dropped !== undefined) throw new errors.InvalidScope('this scope needs openid', dropped)
}

/** What a client is registered for. */
export const scopesOf = (client: unknown): { allowed: readonly string[] } => ({
  allowed: scopeList((client as { lanh_scopes?: string } | undefined)?.lanh_scopes),
})

/** Scopes of a backend service: at least one, all of them `system/…` and registered. @throws InvalidScope */
export function backendScopes({ oidc }: KoaContextWithOIDC): readonly string[] {
  const asked = scopeList(oidc.params?.['scope'] as string | undefined)
  const { allowed } = scopesOf(oidc.client)
  const refused = asked.find((scope) => !scope.startsWith('system/') || !isAllowed(scope, allowed))
  if (asked.length === 0 || refused !== undefined) {
    throw new errors.InvalidScope('requested scope is not allowed', refused ?? '')
  }
  return asked
}
