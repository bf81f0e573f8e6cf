/** `lanh client add|list|remove`: which apps there are. Each change is an entry of the audit log. */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { auditEntry, type AuditFacts, openAuditLog } from '#foundation/audit-log'
import { withHospital } from '../open-hospital.ts'
import { type Settings, WrongUse } from '../settings.ts'
import { auditOfClient } from './audit.ts'
import { addClient, type ClientWish, listClients } from './clients.ts'
import { Items } from './items.ts'

/** The one facility of an installation. */
const FACILITY = 1

/** @returns the exit code */
type Work = (items: Items, audit: (facts: AuditFacts) => Promise<void>) => Promise<number>

const withClients = (settings: Settings, work: Work): Promise<number> =>
  withHospital(settings, async ({ database }) => {
    const pool = new pg.Pool({ ...database.connection, max: 2 })
    pool.on('error', () => undefined)
    const log = openAuditLog(database.connection)
    try {
      return await work(new Items(pool, FACILITY), (facts) => log.append(auditEntry(facts)))
    } finally {
      await Promise.all([pool.end(), log.close()])
    }
  })

/** `lanh client add NAME --redirect URI… --scopes …`: prints the id and, this once, the secret. */
export async function clientAddCommand(settings: Settings, words: readonly string[]): Promise<number> {
  const wish = await wishOf(settings, words)
  return withClients(settings, async (items, audit) => {
    const made = await addClient(items, wish)
    if (!made.ok) {
      for (const { rule, message } of made.refusals) console.error(`lanh: ${rule} ${message.en} (${message.vi})`)
      return 1
    }
    const { id, secret } = made.value
    await audit(auditOfClient(id, randomUUID()))
    console.log(`client_id      ${id}`)
    if (secret !== undefined)
      console.log(`client_secret  ${secret}   (shown this once; keep it where secrets are kept)`)
    return 0
  })
}

async function wishOf(settings: Settings, words: readonly string[]): Promise<ClientWish> {
  const [name, ...more] = words
  if (name === undefined || more.length > 0) throw new WrongUse('lanh client add takes one NAME, in quotation marks')
  const { redirects, scopes, jwks, launchAddress, backend, confidential, introspects } = settings
  if (confidential && jwks !== '') throw new WrongUse('--confidential gives a secret and --jwks takes keys: choose one')
  return {
    name,
    redirects: redirects.split(/\s+/).filter(Boolean),
    scopes,
    launch: launchAddress === '' ? undefined : launchAddress,
    proof: jwks === '' ? (confidential ? 'secret' : 'public') : 'keys',
    backend,
    keys: jwks === '' ? undefined : await keysOf(jwks),
    introspects,
  }
}

/** An address is kept as one and fetched when needed; a file is read now. */
async function keysOf(place: string): Promise<ClientWish['keys']> {
  if (/^https?:/.test(place)) return { url: place }
  try {
    return { jwks: JSON.parse(await readFile(place, 'utf8')) as unknown }
  } catch {
    throw new WrongUse(`--jwks must be an https address or a file with a JSON key set, and ${place} is neither`)
  }
}

/** `lanh client list`: one line a client. */
export const clientListCommand = (settings: Settings): Promise<number> =>
  withClients(settings, async (items) => {
    for (const { id, name, proof, backend, scopes, redirects } of await listClients(items)) {
      console.log([id, backend ? 'backend' : proof, name, scopes.join(' '), redirects.join(' ')].join('\t'))
    }
    return 0
  })

/** `lanh client remove ID`: with all its grants and tokens. */
export async function clientRemoveCommand(settings: Settings, words: readonly string[]): Promise<number> {
  const [id, ...more] = words
  if (id === undefined || more.length > 0) throw new WrongUse('lanh client remove takes one ID: see lanh client list')
  return withClients(settings, async (items, audit) => {
    if (!(await items.removeClient(id))) throw new WrongUse(`there is no client ${id}: see lanh client list`)
    await audit(auditOfClient(id, randomUUID()))
    console.log(`${id} is removed; its tokens end within five seconds`)
    return 0
  })
}
