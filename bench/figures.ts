import { type CpuReading, cpuBetween } from './process-meter.ts'

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
  /** mean length of the answers */
  readonly bytes: number
}

/** Two readings of the CPU meters of the server and of PostgreSQL, at the edges of the counted time. */
export interface Meters {
  read(): void
  /** ms of CPU between the two readings, for each of `count` things */
  per(count: number): { serverCpu: number; databaseCpu: number }
}

/** @param readings what the server and PostgreSQL have used so far */
export function metersOver(readings: () => { server: CpuReading; database: CpuReading }): Meters {
  const taken: { server: CpuReading; database: CpuReading }[] = []
  return {
    read: () => taken.push(readings()),
    per(count) {
      const [begin, end] = taken
      if (!begin || !end) return { serverCpu: NaN, databaseCpu: NaN }
      return {
        serverCpu: cpuBetween(begin.server, end.server) / count,
        databaseCpu: cpuBetween(begin.database, end.database) / count,
      }
    },
  }
}

/** Latencies in ms to the three percentiles. */
export function percentiles(latencies: readonly number[]): { p50: number; p95: number; p99: number } {
  const sorted = Float64Array.from(latencies).toSorted()
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
