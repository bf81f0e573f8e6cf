/**
 * What a client's own signed statement may say (`private_key_jwt`), beyond what oidc-provider checks.
 * @source https://hl7.org/fhir/smart-app-launch/STU2.2/client-confidential-asymmetric.html
 */
import { errors } from 'oidc-provider'

/** seconds */
const LIFE = 300
/** seconds by which clocks may differ */
const SKEW = 15

type Json = Readonly<Record<string, unknown>>

const isSecond = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

/** Members of a header that would let the sender choose the key. */
const FOREIGN_KEYS = ['jwk', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'crit'] as const

/**
 * @param now seconds since 1970
 * @param keysAt the registered address of the client's key set, where there is one
 * @throws InvalidClientAuth
 */
export function checkAssertion(claims: Json, header: Json, client: { id: string; keysAt?: string }, now: number): void {
  const { exp, iat, nbf, sub, jti, aud } = claims
  const faults = [
    FOREIGN_KEYS.some((member) => header[member] !== undefined) &&
      'the key is the registered one, not one that is sent',
    header['jku'] !== undefined && header['jku'] !== client.keysAt && 'jku is not the registered address',
    typeof header['kid'] !== 'string' && 'kid must be given',
    header['typ'] !== undefined && !/^(application\/)?jwt$/i.test(String(header['typ'])) && 'typ must be JWT',
    sub !== client.id && 'sub must be the client_id',
    typeof jti !== 'string' && 'jti must be a string',
    typeof aud !== 'string' && 'aud must be one address',
    !isSecond(exp) && 'exp must be a number',
    isSecond(exp) && exp > now + LIFE + SKEW && 'exp is more than five minutes ahead',
    iat !== undefined && (!isSecond(iat) || iat > now + SKEW) && 'iat lies ahead',
    iat !== undefined &&
      isSecond(iat) &&
      isSecond(exp) &&
      exp - iat > LIFE + SKEW &&
      'it lives longer than five minutes',
    nbf !== undefined && !isSecond(nbf) && 'nbf must be a number',
  ]
  const fault = faults.find((each) => typeof each === 'string')
  if (fault) throw new errors.InvalidClientAuth(fault)
}
