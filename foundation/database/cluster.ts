import { appendFile, chown, mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { DatabaseProblem, type Log } from './problem.ts'
import { markCreated, type Place } from './place.ts'
import { run, type RunAs } from './run-as.ts'

/** The role that owns everything and runs the migrations. */
export const ADMIN_ROLE = 'lanh_admin'

/**
 * Creates the cluster unless it is there. It is made under another name and renamed when it is complete, so that a
 * kill in the middle leaves nothing that looks like a database.
 */
export async function ensureCluster(place: Place, binaries: Binaries, as: RunAs, log: Log): Promise<void> {
  if (await isCluster(place, binaries)) {
    if (!place.created) await markCreated(place)
    return
  }
  log.info(`Creating the database in ${place.data}`)
  const parent = dirname(place.data)
  await removeDrafts(parent, basename(place.data))
  const draft = `${place.data}.new-${process.pid}`
  const passwordFile = `${draft}.password`
  try {
    await mkdir(draft, { mode: 0o700 })
    await writeFile(passwordFile, place.adminPassword + '\n', { mode: 0o600 })
    if (as.uid !== undefined && as.gid !== undefined) {
      await chown(draft, as.uid, as.gid)
      await chown(passwordFile, as.uid, as.gid)
    }
    await initialise(draft, passwordFile, binaries, as)
    await appendFile(join(draft, 'postgresql.conf'), "\ninclude_if_exists = 'lanh.conf'\n")
    await rename(draft, place.data)
    await syncFolder(parent)
    await markCreated(place)
  } finally {
    await rm(passwordFile, { force: true })
    await rm(draft, { recursive: true, force: true })
  }
}

async function isCluster({ data }: Place, binaries: Binaries): Promise<boolean> {
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => null)
  if (version === null) {
    const there = await stat(data).catch(() => null)
    if (there && (await readdir(data)).length > 0) {
      throw new DatabaseProblem(
        `${data} is not a PostgreSQL data folder and not empty: choose another folder with --data`,
      )
    }
    return false
  }
  const [major] = binaries.version.split('.')
  if (version.trim() !== major) {
    throw new DatabaseProblem(
      `The data in ${data} are of PostgreSQL ${version.trim()} and this lanh carries ${binaries.version}: start the lanh that wrote them and export, or run that PostgreSQL yourself and set DATABASE_URL`,
    )
  }
  return true
}

/** UTF-8 and byte order: a comparison is a memcmp, and the same on every machine. Vietnamese folding is ours. */
async function initialise(draft: string, passwordFile: string, binaries: Binaries, as: RunAs): Promise<void> {
  const { code, printed } = await run(
    binaries.initdb,
    [
      `--pgdata=${draft}`,
      `--username=${ADMIN_ROLE}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      '--no-instructions',
    ],
    as,
  )
  if (code !== 0)
    throw new DatabaseProblem(`The database could not be created in ${dirname(draft)}: ${lastReason(printed)}`)
}

async function removeDrafts(parent: string, name: string): Promise<void> {
  const left = (await readdir(parent)).filter((entry) => entry.startsWith(`${name}.new-`))
  for (const entry of left) await rm(join(parent, entry), { recursive: true, force: true })
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/** What PostgreSQL gives as the reason: the last of its error lines, without time and process number. */
export function lastReason(printed: string): string {
  const lines = printed
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const errors = lines.filter((line) => /\b(PANIC|FATAL|ERROR|error):/.test(line))
  const line = errors.at(-1) ?? lines.at(-1) ?? 'it ended without a word'
  const reason = line.replace(/^.*?\b(PANIC|FATAL|ERROR|error):\s*/, '')
  return /No space left on device/.test(reason) ? `the disk is full (${reason})` : reason
}
