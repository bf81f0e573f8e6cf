import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf } from './problem.ts'
import { isRunning } from './lock.ts'
import { run } from './run-as.ts'

/** Where `postmaster.pid` says `ready`, counted from 0. */
const STATUS_LINE = 7

/** A server that runs on our data, as its `postmaster.pid` describes it. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  /** folder of the Unix socket, '' when it listens on loopback only */
  readonly socketFolder: string
  readonly ready: boolean
}

/** @source https://www.postgresql.org/docs/18/storage-file-layout.html postmaster.pid; its lines are in miscadmin.h */
export async function readPostmaster(data: string): Promise<Postmaster | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n').map((line) => line.trim())
  const [pid, , , port, socketFolder = ''] = lines
  if (!(Number(pid) > 0)) return null
  return { pid: Number(pid), port: Number(port), socketFolder, ready: lines[STATUS_LINE] === 'ready' }
}

/** The server that still runs on our data after its app was killed, or null. */
export async function findOrphan(data: string): Promise<Postmaster | null> {
  const found = await readPostmaster(data)
  return found && (await isPostgresOn(found.pid, data)) ? found : null
}

/**
 * PostgreSQL refuses to start while the number in `postmaster.pid` is in use, be it by some other program that got the
 * number of the dead server, or by the dead server itself that nobody has collected. It does not mind the number of its
 * own parent, which we are about to be. All else in the file stays: by it PostgreSQL knows that children of the dead
 * one, which may live on for a moment, are not yet gone, and waits for them. Two generations at work on the same data
 * would destroy them.
 */
export async function disownDead(data: string): Promise<void> {
  const found = await readPostmaster(data)
  if (!found || found.pid === process.pid || (await isPostgresOn(found.pid, data))) return
  const file = join(data, 'postmaster.pid')
  const lines = (await readFile(file, 'utf8')).split('\n')
  lines[0] = String(process.pid)
  if (lines.length > STATUS_LINE) lines[STATUS_LINE] = 'dead'
  await writeFile(file, lines.join('\n'))
}

/** Looks at the command line of the process: ours carries the data folder. */
async function isPostgresOn(pid: number, data: string): Promise<boolean> {
  if (!isRunning(pid)) return false
  const fromProc = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  const command = fromProc
    ? fromProc.split('\0').join(' ')
    : (await run('/bin/ps', ['-o', 'command=', '-p', String(pid)], {})).printed
  return command.includes('postgres') && command.includes(data)
}

/**
 * Fast shutdown: connections are ended, everything is written, nothing needs recovery afterwards.
 * @param patience ms; then the server is told to stop at once, which costs a recovery at the next start and no data
 */
export async function stopPostmaster(pid: number, patience = 60_000): Promise<void> {
  signal(pid, 'SIGINT')
  if (await isGone(pid, patience)) return
  signal(pid, 'SIGQUIT')
  await isGone(pid, 10_000)
}

async function isGone(pid: number, patience: number): Promise<boolean> {
  const until = Date.now() + patience
  while (isRunning(pid)) {
    if (Date.now() > until) return false
    await sleep(10)
  }
  return true
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error
  }
}
