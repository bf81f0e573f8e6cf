/** Passkeys of this browser: the ceremonies between the server's options and its answer. */
import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
} from '@simplewebauthn/browser'
import { ServerProblem } from '../server/index.ts'
import { tellSignIn } from './ask-session.ts'

/** Whether passkeys can be used at all: the browser knows them, and the address may have them. */
export const canUsePasskeys = (): boolean => window.isSecureContext && browserSupportsWebAuthn()

/** The person passed over the browser's question, or there was no answer in time. */
export class NoPasskey extends Error {
  override readonly name = 'NoPasskey'
}

const orNone = (error: unknown): never => {
  throw error instanceof ServerProblem ? error : new NoPasskey('the browser gave no passkey', { cause: error })
}

/**
 * Asks for a passkey and shows it to the server.
 * @param path what it is shown for: `passkey` to sign in, `confirm/passkey` to confirm
 * @throws {NoPasskey} @throws {ServerProblem}
 */
export async function showPasskey<T>(path: 'passkey' | 'confirm/passkey'): Promise<T> {
  const optionsJSON = await tellSignIn<PublicKeyCredentialRequestOptionsJSON>('passkey/options')
  const response = await startAuthentication({ optionsJSON }).catch(orNone)
  return tellSignIn<T>(path, { response })
}

/**
 * Lets the browser offer passkeys in the field of the login, where it can; resolves when one is chosen.
 * @returns null where the browser cannot, or something else was done meanwhile
 */
export async function offerPasskeys<T>(): Promise<T | null> {
  if (!canUsePasskeys() || !(await browserSupportsWebAuthnAutofill())) return null
  const optionsJSON = await tellSignIn<PublicKeyCredentialRequestOptionsJSON>('passkey/options')
  const response = await startAuthentication({ optionsJSON, useBrowserAutofill: true }).catch(() => null)
  return response && tellSignIn<T>('passkey', { response })
}

/** The browser stops offering: the page that asked is gone. */
export const stopOffering = (): void => WebAuthnAbortService.cancelCeremony()

/** Makes a passkey. @returns RegistrationResponseJSON @throws {NoPasskey} */
export const makePasskey = (optionsJSON: PublicKeyCredentialCreationOptionsJSON): Promise<unknown> =>
  startRegistration({ optionsJSON }).catch(orNone)
