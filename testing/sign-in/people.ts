/** People who come in, as tests need them. */
import type { RoleGiven } from '#apps/server'
import type { Browser } from './browser.ts'
import type { SignInServer } from './sign-in-server.ts'

export const PASSWORD = 'phở bò tái chín 7 giờ'

/** Where in an answer something has to be for a test to go on. */
const text = (body: Readonly<Record<string, unknown>>, name: string): string => {
  const value = body[name]
  if (typeof value !== 'string') throw new Error(`the answer has no ${name}: ${JSON.stringify(body)}`)
  return value
}

/** The first administrator of a hospital without accounts, by passkey, on a browser of their own. */
export async function administratorOf(server: SignInServer): Promise<Browser> {
  const browser = server.browser()
  const token = await server.firstToken()
  const who = { token, name: 'quan.tri', display: 'Trần Thị Bình', passkeyName: 'Khóa của Bình' }
  const { body } = await browser.make('/sign-in/link/passkey/options', '/sign-in/link/passkey', who)
  text(body, 'state')
  return browser
}

export interface Member {
  readonly browser: Browser
  /** of the authenticator app, where they came in by password */
  readonly secret: string
  readonly account: string
  readonly recoveryCodes: readonly string[]
}

/** A member of staff with an account that an administrator makes. @param by how they come in */
export async function memberOf(
  server: SignInServer,
  administrator: Browser,
  name: string,
  by: 'passkey' | 'password' = 'password',
  roles: readonly RoleGiven[] = [{ role: 'doctor', department: 'Organization/khoa-medicine' }],
): Promise<Member> {
  await administrator.touch()
  const agent = `Practitioner/${name}`
  const made = await administrator.post('/administration/accounts', { name, display: `Lê Văn ${name}`, agent, roles })
  const token = text(made.body, 'link').split('#')[1] ?? ''
  const browser = server.browser()
  const account = (made.body['account'] as { id: string }).id
  if (by === 'passkey') {
    const came = await browser.make('/sign-in/link/passkey/options', '/sign-in/link/passkey', {
      token,
      passkeyName: 'A',
    })
    text(came.body, 'state')
    return { browser, secret: '', account, recoveryCodes: came.body['recoveryCodes'] as string[] }
  }
  const secret = text((await browser.post('/sign-in/link/password/options', { token })).body, 'secret')
  const came = await browser.post('/sign-in/link/password', { token, password: PASSWORD, code: server.code(secret) })
  text(came.body, 'state')
  return { browser, secret, account, recoveryCodes: came.body['recoveryCodes'] as string[] }
}
