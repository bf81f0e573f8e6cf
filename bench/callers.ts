/** Integrations that call the product with tokens of their own: for measuring with sign-in, policies and audit. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { startChild, untilEnded } from './child.ts'

const CLI = 'apps/server/cli.ts'
/** so many different callers share the load */
const CALLERS = 4
const ALG = 'ES384'
const SCOPES = 'system/*.cruds'

export interface Callers {
  /** a fresh `Authorization` value for each caller */
  tokens(port: number): Promise<readonly string[]>
}

/** Lets callers in, as `lanh client add` does. @param data folder of the hospital; nothing runs on it */
export async function addCallers(data: string, folder: string): Promise<Callers> {
  mkdirSync(folder, { recursive: true })
  const callers: { readonly id: string; readonly key: CryptoKey }[] = []
  for (let i = 0; i < CALLERS; i += 1) {
    const { publicKey, privateKey } = await generateKeyPair(ALG, { extractable: true })
    const file = join(folder, `caller-${i}.json`)
    const jwk = { ...(await exportJWK(publicKey)), alg: ALG, use: 'sig', kid: `caller-${i}` }
    writeFileSync(file, JSON.stringify({ keys: [jwk] }))
    const words = ['client', 'add', `caller ${i}`, '--backend', '--scopes', SCOPES, '--jwks', file, '--data', data]
    const { printed } = await untilEnded(startChild(CLI, words, { env: { DATABASE_URL: '' } }), performance.now())
    const id = /client_id\s+(\S+)/.exec(printed)?.[1]
    if (id === undefined) throw new Error(`lanh client add did not say a client_id:\n${printed.slice(-1000)}`)
    callers.push({ id, key: privateKey as CryptoKey })
  }
  return {
    tokens: (port) =>
      Promise.all(callers.map(({ id, key }, i) => tokenOf(`http://localhost:${port}`, id, key, `caller-${i}`))),
  }
}

/** @source http://hl7.org/fhir/smart-app-launch/STU2.2/client-confidential-asymmetric.html */
async function tokenOf(origin: string, client: string, key: CryptoKey, kid: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const assertion = await new SignJWT({ jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: ALG, kid })
    .setIssuer(client)
    .setSubject(client)
    .setAudience(`${origin}/oauth/token`)
    .setIssuedAt(now)
    .setExpirationTime(now + 240)
    .sign(key)
  const response = await fetch(`${origin}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: SCOPES,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }),
  })
  const body = (await response.json()) as { access_token?: string }
  if (body.access_token === undefined) throw new Error(`no token: ${response.status} ${JSON.stringify(body)}`)
  return `Bearer ${body.access_token}`
}
