import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf } from './problem.ts'
import { isRunning } from './lock.ts'
import { run } from './run-as.ts'

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
  const [pid, , , port, socketFolder = '', , , status = ''] = text.split('\n').map((line) => line.trim())
  if (!(Number(pid) > 0)) return null
  return { pid: Number(pid), port: Number(port), socketFolder, ready: status === 'ready' }
}

/**
 * The server that still runs on our data after its app was killed, or null. A `postmaster.pid` whose process is gone,
 * or is some other program that got the same number, is removed: PostgreSQL would refuse to start because of it.
 */
export async function findOrphan(data: string): Promise<Postmaster | null> {
  const found = await readPostmaster(data)
  if (!found) return null
  if (isRunning(found.pid) && (await isPostgresOn(found.pid, data))) return found
  await rm(join(data, 'postmaster.pid'), { force: true })
  return null
}

/** Looks at the command line of the process: ours carries the data folder. */
async function isPostgresOn(pid: number, data: string): Promise<boolean> {
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
