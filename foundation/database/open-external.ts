import { Client, type ClientConfig } from 'pg'
import { codeOf, DatabaseProblem, reasonOf, type Log } from './problem.ts'
import type { Database } from './database.ts'

const OLDEST = 15
const NEWEST = 18

/** What a server must be like before a hospital's records go there; each row is one setting PostgreSQL reports. */
const NEEDED: readonly { setting: string; value: string; why: string }[] = [
  { setting: 'server_encoding', value: 'UTF8', why: 'Vietnamese names need it: create database lanh encoding UTF8' },
  { setting: 'fsync', value: 'on', why: 'without it a power cut destroys records that were acknowledged' },
  { setting: 'full_page_writes', value: 'on', why: 'without it a power cut destroys records that were acknowledged' },
]

/** Opens a server of the hospital. Never names the password in a sentence. @param isGuest for a command */
export async function openExternal(url: string, log: Log, isGuest: boolean): Promise<Database> {
  const connection = parse(url)
  const client = new Client({ ...connection, connectionTimeoutMillis: 10_000 })
  // Without a listener a connection that breaks later would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect().catch((error: unknown) => {
      throw new DatabaseProblem(`DATABASE_URL: ${unreachable(error, client)}`)
    })
    const version = await checkServer(client, log)
    // A command beside a running lanh says nothing of what its start has said already.
    if (!isGuest) await checkFence(client, log)
    const { rows } = await client.query<{ role: string }>('select current_user as role')
    return { connection, admin: connection, appRole: rows[0]?.role ?? '', version, close: async () => undefined }
  } finally {
    await client.end().catch(() => undefined)
  }
}

function parse(url: string): ClientConfig {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new DatabaseProblem('DATABASE_URL must look like postgres://user:password@host:5432/database')
  }
  try {
    // Asks for synchronous commit whatever the server's default is.
    new URL(url)
    return { connectionString: url, options: '-c synchronous_commit=on' }
  } catch {
    throw new DatabaseProblem('DATABASE_URL is not a valid address: postgres://user:password@host:5432/database')
  }
}

function unreachable(error: unknown, { host, port, database }: Client): string {
  const server = `the PostgreSQL at ${host}:${port}`
  const reasons: Readonly<Record<string, string>> = {
    ECONNREFUSED: `nothing listens at ${host}:${port}`,
    ENOTFOUND: `the host ${host} is not known`,
    '28P01': `${server} refuses the user or the password`,
    '28000': `${server} refuses the user`,
    '3D000': `${server} has no database "${database}"`,
    '53300': `${server} has no free connections`,
  }
  return reasons[codeOf(error)] ?? `${server} cannot be reached: ${reasonOf(error)}`
}

async function checkServer(client: Client, log: Log): Promise<string> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1)',
    [['server_version', 'server_version_num', ...NEEDED.map((need) => need.setting)]],
  )
  const found = new Map(rows.map(({ name, setting }) => [name, setting]))
  const version = (found.get('server_version') ?? '').split(' ')[0] ?? ''
  const major = Math.floor(Number(found.get('server_version_num')) / 10_000)
  if (!(major >= OLDEST)) {
    throw new DatabaseProblem(`DATABASE_URL: PostgreSQL ${version} is too old; ${OLDEST} to ${NEWEST} are supported`)
  }
  if (major > NEWEST) log.warn(`PostgreSQL ${version} is newer than what lanh is tested with (${OLDEST} to ${NEWEST})`)
  for (const { setting, value, why } of NEEDED) {
    if (found.get(setting) !== value)
      throw new DatabaseProblem(`DATABASE_URL: ${setting} must be ${value} there: ${why}`)
  }
  return version
}

/** What the row policies of the record need of the server, beside themselves. See docs/guide/own-server.md. */
async function checkFence(client: Client, log: Log): Promise<void> {
  const { rows } = await client.query<{ around: boolean; trusted: boolean }>(
    `select (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as around,
            (select bool_and(proleakproof) from pg_proc
             where oid in ('arraycontains(anyarray,anyarray)'::regprocedure,
                           'arrayoverlap(anyarray,anyarray)'::regprocedure)) as trusted`,
  )
  const [found] = rows
  if (found?.around) log.warn('DATABASE_URL: this role walks around row policies; use one that is no superuser')
  // A superuser says so by itself, when the schema is made.
  if (!found?.trusted && !found?.around)
    log.warn('DATABASE_URL: searches will be slow until a superuser marks two functions: docs/guide/own-server.md')
}
