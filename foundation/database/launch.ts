import { spawn, type ChildProcess } from 'node:child_process'
import { chown, open, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { lastReason } from './cluster.ts'
import { disownDead, readPostmaster, type Postmaster } from './postmaster.ts'
import { DatabaseProblem, type Log } from './problem.ts'
import { cleanEnvironment, type RunAs } from './run-as.ts'
import { FIXED_SETTINGS, settingsFile } from './settings.ts'

export interface LaunchParts {
  /** the cluster's folder */
  readonly data: string
  /** PostgreSQL's own log */
  readonly logFile: string
  readonly binaries: Binaries
  readonly as: RunAs
  readonly settings: Readonly<Record<string, string>>
  readonly log: Log
}

export interface Address {
  readonly port: number
  /** '' when the server listens on loopback only */
  readonly socketFolder: string
}

/** The name of a Unix socket must fit 107 bytes, `.s.PGSQL.65535` included. */
const LONGEST_SOCKET_FOLDER = 107 - '/.s.PGSQL.65535'.length

/** PostgreSQL's own log grows little; beyond this it begins anew and one old file is kept. */
const LONGEST_LOG = 10 * 2 ** 20

/** Complaints that pass: the port was taken between our look and the start; a killed server's children still end. */
const PASSING = /Address already in use|could not bind|pre-existing shared memory block/

/** Starts PostgreSQL on a free port. */
export async function launchAnywhere(parts: LaunchParts): Promise<Postmaster> {
  return launch(parts, { port: await freePort(), socketFolder: socketFolderFor(parts.data) })
}

/** Starts PostgreSQL at that address and waits until it is ready, recovery included, however long that takes. */
export async function launch(parts: LaunchParts, address: Address): Promise<Postmaster> {
  const settings = join(parts.data, 'lanh.conf')
  await writeFile(settings, settingsFile(parts.settings))
  if (parts.as.uid !== undefined && parts.as.gid !== undefined) await chown(settings, parts.as.uid, parts.as.gid)
  const until = Date.now() + 60_000
  for (;;) {
    const outcome = await attempt(parts, address)
    if (typeof outcome !== 'string') return outcome
    if (!PASSING.test(outcome) || Date.now() > until) {
      throw new DatabaseProblem(
        `PostgreSQL cannot start on ${parts.data}: ${lastReason(outcome)} (more in ${parts.logFile})`,
      )
    }
    await sleep(100)
  }
}

/** One start. @returns the ready server, or what it printed when it ended */
async function attempt(parts: LaunchParts, address: Address): Promise<Postmaster | string> {
  await disownDead(parts.data)
  const { child, printed } = await spawnServer(parts, address)
  let ended = false
  child.on('exit', () => (ended = true)).on('error', () => (ended = true))
  const began = Date.now()
  for (let nextNotice = 10_000; ; await sleep(10)) {
    if (ended) return printed()
    const found = await readPostmaster(parts.data)
    if (found?.pid === child.pid && found?.ready) return found
    if (Date.now() - began > nextNotice) {
      parts.log.info('PostgreSQL recovers what was in flight when it was last ended')
      nextNotice += 10_000
    }
  }
}

async function spawnServer(
  { data, logFile, binaries, as }: LaunchParts,
  { port, socketFolder }: Address,
): Promise<{ child: ChildProcess; printed: () => Promise<string> }> {
  const before = await rotate(logFile)
  const output = await open(logFile, 'a', 0o600)
  const fixed = {
    ...FIXED_SETTINGS,
    port: String(port),
    unix_socket_directories: socketFolder,
    logging_collector: 'off',
  }
  try {
    const child = spawn(
      binaries.postgres,
      ['-D', data, ...Object.entries(fixed).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      {
        ...as,
        cwd: '/',
        env: cleanEnvironment(),
        stdio: ['ignore', output.fd, output.fd],
        // Ctrl-C reaches a whole group of processes; the app ends its own requests before PostgreSQL ends.
        detached: true,
      },
    )
    child.unref()
    return { child, printed: async () => (await readFile(logFile)).subarray(before).toString() }
  } finally {
    await output.close()
  }
}

/** @returns the size the log has now, where this start's lines will begin */
async function rotate(logFile: string): Promise<number> {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  )
  if (size < LONGEST_LOG) return size
  await rename(logFile, `${logFile}.1`)
  return 0
}

function socketFolderFor(data: string): string {
  // The setting is a list with quotes of its own; a folder with such characters is reached by loopback instead.
  const usable = Buffer.byteLength(data) <= LONGEST_SOCKET_FOLDER && !/[",]/.test(data)
  return usable && process.platform !== 'win32' ? data : ''
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
