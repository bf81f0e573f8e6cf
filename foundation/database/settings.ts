import { availableParallelism, totalmem } from 'node:os'

const MiB = 2 ** 20

/** What the machine (or its container) gives. */
export interface Machine {
  /** bytes */
  readonly memory: number
  readonly cores: number
}

export const thisMachine = (): Machine => ({
  memory: Math.min(process.constrainedMemory() || Infinity, totalmem()),
  cores: availableParallelism(),
})

/** Durability is never traded, not even by a hospital's own settings: these stand on PostgreSQL's command line. */
export const FIXED_SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  listen_addresses: '127.0.0.1',
}

const clamp = (low: number, value: number, high: number): number => Math.round(Math.min(Math.max(value, low), high))
const mebibytes = (bytes: number): string => `${Math.round(bytes / MiB)}MB`

/**
 * `lanh.conf` of our own PostgreSQL, derived from the machine; read before `postgresql.auto.conf`, so that ALTER
 * SYSTEM has the last word for all but the fixed settings.
 */
export function settingsFor({ memory, cores }: Machine): Readonly<Record<string, string>> {
  const buffers = clamp(128 * MiB, memory / 8, 8192 * MiB)
  return {
    shared_buffers: mebibytes(buffers),
    effective_cache_size: mebibytes(Math.max(memory / 2, buffers)),
    work_mem: mebibytes(clamp(8 * MiB, memory / 512, 64 * MiB)),
    maintenance_work_mem: mebibytes(clamp(64 * MiB, memory / 32, 1024 * MiB)),
    max_connections: '64',
    // Short statements by the thousand: compiling or spreading one costs more than running it.
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: String(clamp(1, cores / 2, 4)),
    // Solid-state disks: a random page costs about as much as the next one.
    random_page_cost: '1.1',
    // Few checkpoints, because after each of them the first change of a page writes the whole page to the log.
    checkpoint_timeout: '15min',
    max_wal_size: mebibytes(clamp(512 * MiB, memory / 6, 8192 * MiB)),
    min_wal_size: '256MB',
    wal_compression: 'on',
    // One server, no replicas unless the hospital asks for them.
    wal_buffers: '16MB',
    // Statements, their values and the keys they collide on are patient data; the log of the server has none.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    log_timezone: 'UTC',
    timezone: 'UTC',
  }
}

export const settingsFile = (settings: Readonly<Record<string, string>>): string =>
  '# Written by lanh at every start. Change a setting with ALTER SYSTEM, not here.\n' +
  Object.entries(settings)
    .map(([name, value]) => `${name} = '${value}'\n`)
    .join('')
