/**
 * SMART's public apps refresh without saying who they are (the token is all they have, and a client_id proves nothing).
 * oidc-provider wants the name: it is taken from the token. Apps that can prove themselves must still do it.
 * @source https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#refresh-access-token
 */
import type { KoaContextWithOIDC } from 'oidc-provider'
import { findClient } from './clients.ts'
import { formOf, readAgain } from './form-body.ts'
import type { Items } from './items.ts'

export function nameRefreshes(items: Items) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    if (ctx.path !== '/token' || ctx.get('authorization') !== '') return next()
    const form = await formOf(ctx)
    const [token, ...more] = form?.getAll('refresh_token') ?? []
    if (!form || token === undefined || more.length > 0 || form.has('client_id') || form.has('client_assertion')) {
      return next()
    }
    const item = await items.find('RefreshToken', token)
    const client = await findClient(items, String(item?.payload['clientId']))
    if (client?.proof === 'public') {
      form.set('client_id', client.id)
      readAgain(ctx, form)
    }
    return next()
  }
}
