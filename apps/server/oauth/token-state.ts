/**
 * Access tokens are signed statements that oidc-provider forgets. Here one is remembered by the hash of its id, so that
 * it can be revoked and asked about like any other token, without its text ever being stored.
 */
import type { Items } from './items.ts'

interface Issued {
  readonly kind: string
  readonly grantId?: string
  readonly accountId?: string
  readonly gty?: string
}

/** Called while a token is being signed; what it will say is `payload`. */
export async function keepTokenState(
  items: Items,
  base: string,
  token: unknown,
  { payload }: { payload: Readonly<Record<string, unknown>> },
): Promise<undefined> {
  const { kind, grantId, accountId, gty } = token as Issued
  const { jti, iat, exp, scope, client_id: client, aud } = payload
  const context = grantId === undefined ? undefined : await items.context(grantId)
  const shown = context && {
    ...(context.patient === null ? {} : { patient: context.patient.split('/')[1] }),
    ...(context.encounter === null ? {} : { encounter: context.encounter.split('/')[1] }),
    fhirUser: `${base}/${context.reader.agent}`,
  }
  await items.put({
    kind,
    id: String(jti),
    payload: { kind, iat, exp, scope, aud, clientId: client, accountId, grantId, gty, extra: shown ?? {} },
    grant: grantId,
    client: String(client),
    lifetime: Number(exp) - Math.floor(Date.now() / 1000),
  })
}
