import { availableParallelism } from 'node:os'
import { type CpuReading, busyOf, cpuBetween, cpuOf } from './process-meter.ts'

/** What one measurement at one number of connections gave. */
export interface Figures {
  readonly connections: number
  readonly perSecond: number
  /** milliseconds */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** milliseconds of CPU (user and system) for one request; NaN where the system does not tell */
  readonly serverCpu: number
  readonly databaseCpu: number
  /** that of the load generator */
  readonly clientCpu: number
  /** share of the machine that other programs used meanwhile, 0 to 1: above a few per cent the figures are too low */
  readonly others: number
  /** mean length of the answers */
  readonly bytes: number
}

export type CpuFigures = Pick<Figures, 'serverCpu' | 'databaseCpu' | 'clientCpu' | 'others'>

export const NO_CPU_FIGURES: CpuFigures = { serverCpu: NaN, databaseCpu: NaN, clientCpu: NaN, others: NaN }

/** Two readings of the CPU meters, at the edges of the counted time. */
export interface Meters {
  read(): void
  /** what was used between the two readings, for each of `count` things */
  per(count: number): CpuFigures
}

interface Reading {
  readonly at: number
  readonly server: CpuReading
  readonly database: CpuReading
  readonly client: CpuReading
  readonly machine: number
}

/** @param readings what the server and PostgreSQL have used so far */
export function metersOver(readings: () => Pick<Reading, 'server' | 'database'>): Meters {
  const taken: Reading[] = []
  return {
    read: () => taken.push({ at: performance.now(), client: cpuOf(process.pid), machine: busyOf(), ...readings() }),
    per(count) {
      const [begin, end] = taken
      if (!begin || !end) return NO_CPU_FIGURES
      const server = cpuBetween(begin.server, end.server)
      const database = cpuBetween(begin.database, end.database)
      const client = cpuBetween(begin.client, end.client)
      const others = end.machine - begin.machine - server - database - client
      return {
        serverCpu: server / count,
        databaseCpu: database / count,
        clientCpu: client / count,
        others: Math.max(0, others) / ((end.at - begin.at) * availableParallelism()),
      }
    },
  }
}

/** Per second, if nothing else ran on the machine and all of its CPU time went into such requests. */
export const cpuLimit = ({ serverCpu, databaseCpu, clientCpu }: CpuFigures): number =>
  (1000 * availableParallelism()) / (serverCpu + databaseCpu + clientCpu)

/** Latencies in ms to the three percentiles. */
export function percentiles(latencies: readonly number[]): { p50: number; p95: number; p99: number } {
  const sorted = Float64Array.from(latencies).toSorted()
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
