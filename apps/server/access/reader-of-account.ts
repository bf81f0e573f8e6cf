import type { Reader } from '#foundation/access-control'
import { accountList, type SignIn } from '#foundation/sign-in'

/**
 * Who an account is now, without its session: for tokens that outlive it and for the policy simulator.
 * @returns null where it is closed or does not exist
 */
export async function readerOfAccount(
  signIn: SignIn,
  account: string,
  { session, network }: { readonly session: string | null; readonly network: string },
): Promise<Reader | null> {
  const entry = (await accountList(signIn)).find(({ id }) => id === account)
  if (entry === undefined || entry.state !== 'active') return null
  const now = signIn.now()
  const held = entry.roles.filter(({ since, until }) => since <= now && (until === null || until > now))
  const scopes = [...new Set(held.flatMap(({ scope }) => scope ?? []))]
  const roles = [...new Set(held.map(({ role }) => role))]
  const patients = scopes.filter((scope) => scope.startsWith('Patient/'))
  const isPatient = entry.agent.startsWith('Patient/')
  return {
    account: entry.id,
    agent: entry.agent,
    name: entry.display,
    roles,
    departments: scopes.filter((scope) => !scope.startsWith('Patient/')),
    session,
    client: null,
    scopes: null,
    patients: isPatient ? [entry.agent] : roles.includes('representative') ? patients : null,
    purpose: isPatient || roles.includes('representative') ? 'PATRQT' : 'TREAT',
    factors: 2,
    network,
  }
}
