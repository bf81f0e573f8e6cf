import { readlink } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning } from './lock.ts'
import { launch, launchAnywhere, type LaunchParts } from './launch.ts'
import { findOrphan, stopPostmaster, type Postmaster } from './postmaster.ts'
import { DatabaseProblem, reasonOf } from './problem.ts'

export interface Server {
  readonly port: number
  /** '' when only loopback is available */
  readonly socketFolder: string
  /** fast shutdown; nothing is lost and nothing needs recovery */
  stop(): Promise<void>
}

/** How often the server is looked at, ms. One look is two system calls. */
const WATCH_INTERVAL = 200

/**
 * Starts PostgreSQL on the data, or takes over the one that a killed app left running. Should it be killed while we
 * run, it is started again at the same address, where the pools reconnect.
 * @param onLost called when it cannot be started again
 */
export async function startServer(parts: LaunchParts, onLost: (problem: DatabaseProblem) => void): Promise<Server> {
  let current = (await takeOver(parts)) ?? (await launchAnywhere(parts))
  const { port, socketFolder } = current
  const stopping = new AbortController()

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await sleep(WATCH_INTERVAL, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined)
      if (stopping.signal.aborted || isRunning(current.pid)) continue
      parts.log.warn('PostgreSQL ended unexpectedly and is started again')
      current = await launch(parts, { port, socketFolder })
    }
  }
  const watching = watch().catch((error: unknown) => {
    onLost(error instanceof DatabaseProblem ? error : new DatabaseProblem(reasonOf(error)))
  })

  return {
    port,
    socketFolder,
    async stop() {
      stopping.abort()
      await watching
      await stopPostmaster(current.pid)
    },
  }
}

/** The server of a killed app, once it is ready; null when there is none or it is of another version (then stopped). */
async function takeOver({ data, binaries, log }: LaunchParts): Promise<Postmaster | null> {
  let orphan = await findOrphan(data)
  if (!orphan) return null
  const program = await readlink(`/proc/${orphan.pid}/exe`).catch(() => '')
  if (program !== binaries.postgres) {
    await stopPostmaster(orphan.pid)
    return null
  }
  log.info('Taking over the PostgreSQL that an earlier lanh left running')
  while (orphan && !orphan.ready) {
    await sleep(50)
    orphan = await findOrphan(data)
  }
  return orphan
}
