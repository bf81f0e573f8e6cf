import { hashOf, after, MINUTE } from './tokens.ts'
import type { Place, SignIn } from './types.ts'

const GOOD_FOR = 5 * MINUTE

/** @param purpose `sign-in`, or who a passkey is added to */
export async function keepChallenge(
  { query, facility, now }: SignIn,
  challenge: string,
  purpose: string,
  { device }: Place,
): Promise<void> {
  await query('insert into challenge (facility, hash, purpose, device, expires) values ($1, $2, $3, $4, $5)', [
    facility,
    hashOf(challenge),
    purpose,
    device,
    after(now(), GOOD_FOR),
  ])
}

/** Takes the challenge away, so that its answer counts once. @returns false when it is not one of ours for that, or late */
export async function takeChallenge(
  { query, facility, now }: SignIn,
  challenge: string,
  purpose: string,
  { device }: Place,
): Promise<boolean> {
  const [row] = await query<{ expires: Date }>(
    'delete from challenge where facility = $1 and hash = $2 and purpose = $3 and device = $4 returning expires',
    [facility, hashOf(challenge), purpose, device],
  )
  return row !== undefined && row.expires > now()
}

/** The challenge in what the browser signed; '' where there is none, or where the page was framed by another site's. */
export function challengeIn(clientDataJSON: unknown): string {
  try {
    const data = new Map(
      Object.entries(JSON.parse(Buffer.from(String(clientDataJSON), 'base64url').toString()) as object),
    )
    return data.get('crossOrigin') === true || data.has('topOrigin') ? '' : String(data.get('challenge') ?? '')
  } catch {
    return ''
  }
}
