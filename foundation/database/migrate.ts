import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client, type ClientConfig } from 'pg'
import { DatabaseProblem, reasonOf, type Log } from './problem.ts'

export interface Migration {
  readonly number: number
  /** file name without its ending: `0001-record-log` */
  readonly name: string
  readonly sql: string
  /** SHA-256 of the text, line ends as on Unix */
  readonly hash: string
}

export interface MigrateOptions {
  /** of the schema's owner */
  readonly admin: ClientConfig
  /** what `current_setting('lanh.app_role')` says inside a migration, to grant to */
  readonly appRole: string
  /** folder of `0001-name.sql`, `0002-name.sql` … without gaps; default: the record store's */
  readonly folder?: string
  readonly log: Log
}

/** The schema of the product. */
export const MIGRATIONS = fileURLToPath(new URL('../record-store/migrations', import.meta.url))

/** One key for all of them: whoever migrates this database waits for the other. */
const LOCK = 0x6c616e68

/**
 * Brings the schema to the newest version: each migration that was not applied yet runs in one transaction with the
 * note that it was. Forward only. Runs at every start; several starts at once wait for each other.
 * @returns how many were applied
 * @throws DatabaseProblem when an applied migration has changed or is missing (the database is of a newer lanh)
 */
export async function migrate({ admin, appRole, folder = MIGRATIONS, log }: MigrateOptions): Promise<number> {
  const migrations = await readMigrations(folder)
  const client = new Client(admin)
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(
      `select set_config('lanh.app_role', $1, false), set_config('client_min_messages', 'warning', false)`,
      [appRole],
    )
    await client.query(`create table if not exists lanh_migration (
      number integer primary key, name text not null, hash text not null, applied_at timestamptz not null default now())`)
    const applied = await client.query<{ number: number; name: string; hash: string }>(
      'select number, name, hash from lanh_migration order by number',
    )
    const open = missing(migrations, applied.rows)
    for (const migration of open) await apply(client, migration, log)
    return open.length
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Reads the folder in order. @throws when a number is missing or given twice: a fault of the product, not of the data */
export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  return Promise.all(
    files.map(async (file, index) => {
      const number = Number(/^(\d{4})-/.exec(file)?.[1])
      if (number !== index + 1) throw new Error(`Migration ${file}: number ${index + 1} was expected here`)
      const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n')
      return { number, name: file.slice(0, -4), sql, hash: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

function missing(
  migrations: readonly Migration[],
  applied: readonly { number: number; name: string; hash: string }[],
): readonly Migration[] {
  for (const { number, name, hash } of applied) {
    const known = migrations[number - 1]
    if (!known) {
      throw new DatabaseProblem(
        `The database was written by a newer lanh (migration ${name} is not known here): start that one`,
      )
    }
    if (known.hash !== hash) {
      throw new DatabaseProblem(
        `Migration ${known.name} is not the one that was applied to this database (${name}): applied migrations never change`,
      )
    }
  }
  return migrations.slice(applied.length)
}

async function apply(client: Client, { number, name, sql, hash }: Migration, log: Log): Promise<void> {
  log.info(`Applying migration ${name}`)
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into lanh_migration (number, name, hash) values ($1, $2, $3)', [number, name, hash])
    await client.query('commit')
  } catch (error) {
    throw new DatabaseProblem(`Migration ${name} failed and was taken back: ${reasonOf(error)}`)
  }
}
