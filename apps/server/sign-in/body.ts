/** Reading what was sent: a member that has not the expected form refuses the request, at its name. */

/** What was sent has not the form that api.ts says. */
export class Misshapen extends Error {
  override readonly name = 'Misshapen'
  readonly at: string

  constructor(at: string) {
    super('a request does not have the expected form')
    this.at = at
  }
}

export type Members = Readonly<Record<string, unknown>>

export function membersOf(body: unknown, at = ''): Members {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Misshapen(at)
  return body as Members
}

const LONGEST = 1024

export function textIn(members: Members, name: string): string {
  const value = members[name]
  // The database keeps no NUL.
  if (typeof value !== 'string' || value.length > LONGEST || value.includes('\0')) throw new Misshapen(name)
  return value
}

/** '' for a member that is not there. */
export const textOrNone = (members: Members, name: string): string =>
  members[name] === undefined ? '' : textIn(members, name)

export function oneOfIn<T extends string>(members: Members, name: string, allowed: readonly T[]): T {
  const value = allowed.find((one) => one === members[name])
  if (value === undefined) throw new Misshapen(name)
  return value
}

export function listIn(members: Members, name: string): readonly Members[] {
  const value = members[name]
  if (!Array.isArray(value) || value.length > LONGEST) throw new Misshapen(name)
  return value.map((one) => membersOf(one, name))
}

/** An instant, or null where there is none. */
export function instantOrNone(members: Members, name: string): Date | null {
  const value = members[name]
  if (value === undefined || value === null) return null
  const instant = typeof value === 'string' ? new Date(value) : new Date(Number.NaN)
  const year = instant.getUTCFullYear()
  if (!(year >= 1900 && year < 2200)) throw new Misshapen(name)
  return instant
}

/**
 * What a browser says of a passkey, as its package has it. The package that judges it takes nothing for granted, so only
 * that it is an object with a response is looked at here.
 */
export function passkeyIn<T>(members: Members, name: string): T {
  const value = membersOf(members[name], name)
  textIn(value, 'id')
  membersOf(value['response'], name)
  return value as T
}
