/** What an answer of the person does: the grant, exactly of what was asked for and not crossed out, or nothing. */
import type Provider from 'oidc-provider'
import type { Asked, Interactions } from './asked.ts'
import { mayOpen } from './launch.ts'
import { LIFE } from './provider.ts'
import { resourceScope } from './scopes.ts'
import type { GrantContext } from './types.ts'

/** Whether a person may cross it out. */
export const isOptional = (scope: string): boolean => resourceScope(scope) !== undefined || scope === 'offline_access'

const no = (rule: string) => ({ ok: false, rule }) as const

/** What goes back to the provider, and whom it is about; or the rule that refuses. */
export type Done =
  | {
      readonly ok: true
      readonly result: Parameters<Provider['interactionResult']>[2]
      readonly patient: string | null
    }
  | { readonly ok: false; readonly rule: string }

/** The person said no. The launch is used up: the app has to be opened anew. */
export async function refuseApp({ items }: Interactions, { launchId }: Asked): Promise<Done> {
  if (launchId !== undefined) await items.consume('Launch', launchId)
  const result = { error: 'access_denied', error_description: 'the person refused' }
  return { ok: true, result, patient: null }
}

/** Makes the grant, exactly of what was asked for and not crossed out. */
export async function grantApp(parts: Interactions, asking: Asked, fields: URLSearchParams): Promise<Done> {
  const { items, options, provider } = parts
  const { reader, clientId, launchId, launch, picks } = asking
  const patient = picks ? fields.get('patient') : (launch?.patient ?? null)
  if (!picks && fields.has('patient')) return no('OAUTH-10')
  if (picks && patient === null) return no('OAUTH-4')
  if (patient !== null && !/^Patient\/[A-Za-z0-9.-]{1,64}$/.test(patient)) return no('OAUTH-4')
  if (patient !== null && !(await mayOpen(reader, patient, options.describePatient))) return no('OAUTH-5')
  // Of two answers at once only one uses the launch.
  if (launchId !== undefined) {
    const used = await items.consume('Launch', launchId)
    if (used === undefined || used === 'used') return no('OAUTH-2')
  }
  const kept = new Set(fields.getAll('scope'))
  const granted = asking.scopes.filter((scope) => !isOptional(scope) || kept.has(scope))
  const isOnline = !granted.includes('offline_access')
  const made = new (provider().Grant)({
    accountId: reader.account!,
    clientId,
    ...(isOnline ? { expiresIn: LIFE.online } : {}),
  })
  const rejected = asking.scopes.filter((scope) => !granted.includes(scope))
  made.addOIDCScope(granted.join(' '))
  made.addResourceScope(options.base, granted.join(' '))
  if (rejected.length > 0) {
    made.rejectOIDCScope(rejected.join(' '))
    made.rejectResourceScope(options.base, rejected.join(' '))
  }
  const grantId = await made.save()
  const context: GrantContext = {
    client: clientId,
    reader,
    patient,
    encounter: launch?.encounter ?? null,
    fromChart: launch !== undefined && launch.patient !== null,
    online: isOnline,
  }
  await items.put({
    kind: 'Context',
    id: grantId,
    payload: { ...context },
    grant: grantId,
    client: clientId,
    account: reader.account,
    session: reader.session,
    lifetime: isOnline ? LIFE.online : LIFE.offline,
  })
  const result = { login: { accountId: reader.account!, remember: false }, consent: { grantId } }
  return { ok: true, result, patient }
}
